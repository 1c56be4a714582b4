"""Working sets for many features: groups of lambdas solved on the features in play."""
