"""The parts of the Compare page, one file each."""
