"""What may be said after selection: refits, intervals from other rows, predictions taken apart."""
