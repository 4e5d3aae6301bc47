"""Tværs: recruiting unemployed people to companies across municipal borders, provably."""
