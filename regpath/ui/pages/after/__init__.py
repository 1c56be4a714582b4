"""The After page and its parts, one file each."""
