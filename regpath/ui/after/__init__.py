"""The parts of the After page, one file each."""
