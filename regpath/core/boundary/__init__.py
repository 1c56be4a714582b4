"""A decision boundary of two features: drawn points, and what their whole path says."""
