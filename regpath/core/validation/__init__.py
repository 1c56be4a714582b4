"""Cross-validation: folds of every kind, their paths and their scores."""
