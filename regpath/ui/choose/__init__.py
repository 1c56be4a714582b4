"""The parts of the Choose page, one file each; each takes a study and what was computed of it."""
