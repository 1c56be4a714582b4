"""The Explore page and its parts, one file each."""
