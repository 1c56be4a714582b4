"""The Data page and its parts, one file each."""
