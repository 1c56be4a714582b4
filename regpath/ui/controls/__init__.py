"""The controls: they return plain values, and can be written into."""
