"""The Compare page and its parts, one file each."""
