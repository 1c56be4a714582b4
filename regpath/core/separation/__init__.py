"""Separation: where classes come apart, so that no finite fit without a penalty exists."""
