"""The lessons, one page: a list, or one lesson from its question to what is taken away."""
