"""Text to rows of cells: encoding, dialect, records."""
