"""Stability selection: selections on complementary pairs of half-samples, and error bounds."""
