"""Rows to one table: where it begins, its header, its rows, what stands below."""
