"""Scores of predictions, how sure they are, and what keeps a test honest."""
