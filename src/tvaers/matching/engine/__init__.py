"""Who fits an order, in what order, and why. Knows numpy and numba; knows no Django."""
