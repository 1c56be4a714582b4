"""Two coefficients as a picture: a loss as a valley, a penalty as a ball, and where they touch."""
