"""Files in and out: spreadsheets from case systems, read row by row with what is wrong in them."""
