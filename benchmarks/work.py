"""Work: one path to compute, as every solver gets it, and how it travels between processes."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import scipy.sparse as sp

ARRAYS = ("y", "lambdas", "folds")


@dataclass(frozen=True, eq=False)
class Work:
    """Features of spread 1, a response and a grid of strengths.

    Attributes
    ----------
    name : str
    family : {"gaussian", "binomial", "multinomial"}
    X : ndarray or sparse matrix of shape (n, p)
        Columns of 1/n standard deviation 1; dense ones have mean 0. Sparse ones are not centred:
        the free intercept makes that the same problem.
    y : ndarray of shape (n,)
        Gaussian: of 1/n standard deviation 1, so that glmnet's lambda is ours for every l1_ratio.
        Otherwise the class as a float: 0.0, 1.0, ...
    lambdas : ndarray of shape (L,)
    l1_ratio : float
    folds : ndarray of shape (n,)
        Fold of each row, for cross-validation.
    """

    name: str
    family: str
    X: np.ndarray | sp.spmatrix
    y: np.ndarray
    lambdas: np.ndarray
    l1_ratio: float
    folds: np.ndarray

    @property
    def sparse(self) -> bool:
        """Whether X is sparse."""
        return sp.issparse(self.X)

    @property
    def n_outputs(self) -> int:
        """Number of linear predictors: classes for multinomial, else 1."""
        return int(self.y.max()) + 1 if self.family == "multinomial" else 1

    def one_hot(self) -> np.ndarray:
        """Response of shape (n, K): one-hot for multinomial."""
        if self.family == "multinomial":
            return np.eye(self.n_outputs)[self.y.astype(int)]
        return self.y[:, None]

    def save(self, folder: Path) -> None:
        """Write everything as .npy files that R can read too: float64, column-major."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in ARRAYS:
            np.save(folder / f"{name}.npy", np.asarray(getattr(self, name), dtype=float))
        if self.sparse:
            csc = sp.csc_matrix(self.X)
            for name in ("data", "indices", "indptr"):
                np.save(folder / f"X_{name}.npy", getattr(csc, name).astype(float))
        else:
            np.save(folder / "X.npy", np.asfortranarray(self.X))
        facts = {"name": self.name, "family": self.family, "l1_ratio": self.l1_ratio}
        (folder / "work.json").write_text(json.dumps(facts | {"shape": self.X.shape}))

    @classmethod
    def load(cls, folder: Path, order: str) -> Work:
        """Read it back, laid out as the solver likes it: by column ("F") or by row ("C")."""
        facts = json.loads((folder / "work.json").read_text())
        shape = facts.pop("shape")
        arrays = {name: np.load(folder / f"{name}.npy") for name in ARRAYS}
        arrays["folds"] = arrays["folds"].astype(int)
        if (folder / "X.npy").exists():
            X = np.asarray(np.load(folder / "X.npy"), order=order)
        else:
            data = np.load(folder / "X_data.npy")
            places = [
                np.load(folder / f"X_{name}.npy").astype("i4") for name in ("indices", "indptr")
            ]
            X = sp.csc_matrix((data, *places), shape=shape)
            X = X if order == "F" else X.tocsr()
        return cls(X=X, **arrays, **facts)

    def at(self, l1_ratio: float, lambdas: np.ndarray) -> Work:
        """The same data under another penalty."""
        return replace(self, l1_ratio=l1_ratio, lambdas=lambdas)
