"""Cells to typed columns: numbers, dates, words, and what is missing."""
