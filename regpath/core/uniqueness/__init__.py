"""Where no single answer exists: exact relations between features, and lasso ties."""
