"""The Choose page and its parts, one file each."""
