"""Compiled loops over arrays, and how they are compiled; only solvers know them."""
