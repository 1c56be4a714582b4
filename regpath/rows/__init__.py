"""Rows that stay where they lie: read block by block, never whole, and summed up by an engine."""
