"""Cross-validation: folds of every kind, their paths, their scores, and what leaks would claim."""
