"""Selections on complementary halves of the rows, and what they are worth."""
