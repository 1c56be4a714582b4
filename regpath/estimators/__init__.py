"""scikit-learn estimators over the same core: certified paths in pipelines and searches.

`import regpath` does not load this room, since it loads much of scikit-learn;
`regpath.PathClassifier` and its kin do, when first asked for.
"""

from regpath.estimators.classifier import PathClassifier
from regpath.estimators.counts import PathPoissonRegressor
from regpath.estimators.regressor import PathRegressor

__all__ = ["PathClassifier", "PathPoissonRegressor", "PathRegressor"]
