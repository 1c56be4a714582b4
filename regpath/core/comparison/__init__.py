"""Several penalties beside each other."""
