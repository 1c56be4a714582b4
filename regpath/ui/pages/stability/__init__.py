"""The Stability page and its parts, one file each."""
