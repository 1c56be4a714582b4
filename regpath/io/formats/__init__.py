"""What a file is by its bytes, and the readers of those that are no text."""
