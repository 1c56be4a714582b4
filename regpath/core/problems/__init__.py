"""From a table to what is to be fit, and which of its rows are for what."""
