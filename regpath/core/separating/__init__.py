"""Where no finite or no single answer exists: separation, exact relations, uniqueness."""
