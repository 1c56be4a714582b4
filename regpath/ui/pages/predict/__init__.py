"""The Predict page: the chosen model on new rows."""
