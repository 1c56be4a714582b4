"""The parts of the Data page: what was read, what it means, and what would mislead."""
