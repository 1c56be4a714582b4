"""Rows in two parts, each of which answers for itself: a toy of rows that lie elsewhere."""

import numpy as np

from regpath.core.design import coordinates, moments
from regpath.core.evidence import Sums
from regpath.core.fit import Points
from regpath.core.in_memory import ArrayRows
from regpath.core.row_data import FoldRows, HeldOut, NullSums


def pooled(pairs, masses):
    """Mean and scale of all rows from those of the parts."""
    share = np.array(masses) / np.sum(masses)
    means, scales = (np.stack(part) for part in zip(*pairs, strict=True))
    mean = share @ means
    return mean, np.sqrt(share @ (scales**2 + (means - mean) ** 2))


class AddedSums:
    """`ModelSums` of rows in parts: every answer is the sum of the parts' answers."""

    cheap = False

    def __init__(self, parts):
        self.parts, self.family, self.p = parts, parts[0].family, parts[0].p
        self.steepest = max(part.steepest for part in parts)

    def gradient(self, *where):
        found = [part.gradient(*where) for part in self.parts]
        return tuple(sum(each) for each in zip(*found, strict=True))

    def gradients_by_model(self, *where):
        found = [part.gradients_by_model(*where) for part in self.parts]
        return tuple(sum(each) for each in zip(*found, strict=True))

    def curvature(self, intercept, coefs, model, *, rough=False):
        return sum(part.curvature(intercept, coefs, model) for part in self.parts)

    def curvatures(self, intercepts, coefs, model, *, rough=False):
        return sum(part.curvatures(intercepts, coefs, model) for part in self.parts)

    def curvatures_by_model(self, intercept, beta):
        return sum(part.curvatures_by_model(intercept, beta) for part in self.parts)


class TwoParts:
    """`SplittableRows` that lie in parts. Nobody else sees an array of rows."""

    arrays = None

    def __init__(self, parts):
        self.parts, first = parts, parts[0]
        self.family, self.origin, self.design = first.family, first.origin, first.design
        self.n, self.p, self.n_outputs = sum(part.n for part in parts), first.p, first.n_outputs

    @classmethod
    def cut(cls, problem, at, standardize):
        """The rows of a problem, before and from row `at`."""
        rows = [slice(0, at), slice(at, None)]
        masses = [problem.weights[c].sum() for c in rows]
        each = [
            moments(problem.X[c], problem.weights[c] / mass)
            for c, mass in zip(rows, masses, strict=True)
        ]
        mean, scale = pooled(each, masses)
        return cls(
            [
                ArrayRows(
                    coordinates(problem.X[c], mean, scale, standardize),
                    problem.Y[c],
                    problem.weights[c],
                    problem.loss,
                    None if problem.offset is None else problem.offset[c],
                    problem.origin,
                )
                for c in rows
            ]
        )

    def null_sums(self):
        # Without an offset, the mean response says all that the intercept has to know.
        share = sum(part.weights @ part.Y for part in self.parts)
        intercept = self.family.null_intercept(share[None], np.ones(1))
        loss, squares = 0.0, 0.0
        for part in self.parts:
            eta = np.tile(intercept, (part.n, 1))
            loss += float(part.weights @ self.family.loss(part.Y, eta))
            squares = squares + part.weights @ np.square(part.Y - self.family.mean(eta))
        return NullSums(intercept, loss, float(np.sqrt(squares.max())))

    def curvature_along(self, point, step):
        return sum(part.curvature_along(point, step) for part in self.parts)

    def certificate_sums(self, penalized, points, known=None):
        found = [part.certificate_sums(penalized, points) for part in self.parts]
        return Sums(
            loss=sum(each.loss for each in found),
            z=sum(each.z for each in found),
            slope=sum(each.slope for each in found),
            corner=sum(each.corner for each in found),
            steepest=np.max([each.steepest for each in found], axis=0),
            reach=max(each.reach for each in found),
        )

    def model_sums(self):
        return AddedSums([part.model_sums() for part in self.parts])

    def for_folds(self, pattern, kinds, standardize):
        cuts = np.cumsum([part.n for part in self.parts])[:-1]
        own = np.split(pattern, cuts)
        rows = []
        for trained in kinds.T:
            counted = [
                part.weights * trained[which] for part, which in zip(self.parts, own, strict=True)
            ]
            masses = [weights.sum() for weights in counted]
            each = [
                moments(part.design.X, weights / mass)
                for part, weights, mass in zip(self.parts, counted, masses, strict=True)
            ]
            mean, scale = pooled(each, masses)
            rows.append(
                TwoParts(
                    [
                        part.weighed(
                            coordinates(part.design.X, mean, scale, standardize),
                            weights / sum(masses),
                        )
                        for part, weights in zip(self.parts, counted, strict=True)
                    ]
                )
            )
        return FoldRows(
            rows, FoldSums([fold.model_sums() for fold in rows], rows), [None] * len(rows)
        )

    def held_out(self, points, rows):
        cuts = np.cumsum([part.n for part in self.parts])[:-1]
        found = [
            part.held_out(points, mask)
            for part, mask in zip(self.parts, np.split(rows, cuts), strict=True)
        ]
        return HeldOut(sum(each.total for each in found), sum(each.mass for each in found))


class FoldSums:
    """`ModelSums` of many models: each is asked for its own."""

    cheap = False

    def __init__(self, models, rows):
        self.models, self.designs = models, [fold.design for fold in rows]
        self.family, self.p = models[0].family, models[0].p
        self.steepest = max(each.steepest for each in models)

    def _one(self, m):
        return np.zeros(1, dtype=np.intp) if np.isscalar(m) else np.zeros(len(m), dtype=np.intp)

    def gradient(self, intercepts, coefs, model):
        z, slope = np.empty(coefs.shape), np.empty(intercepts.shape)
        for m in np.unique(model):
            here = model == m
            found = self.models[m].gradient(intercepts[here], coefs[here], self._one(model[here]))
            z[here], slope[here] = found
        return z, slope

    def curvature(self, intercept, coefs, model, *, rough=False):
        return self.models[model].curvature(intercept, coefs, 0)

    def curvatures(self, intercepts, coefs, model, *, rough=False):
        points = zip(intercepts, coefs, model, strict=True)
        return np.stack([self.curvature(b0, b, m) for b0, b, m in points])

    def gradients_by_model(self, intercepts, betas):
        found = []
        for sums, design in zip(self.models, self.designs, strict=True):
            seen = Points(*design.from_raw_units(intercepts, betas, 0.0))
            found.append(sums.gradient(*seen, np.zeros(len(betas), dtype=np.intp)))
        return tuple(np.stack(each) for each in zip(*found, strict=True))

    def curvatures_by_model(self, intercept, beta):
        found = []
        for sums, design in zip(self.models, self.designs, strict=True):
            b0, b = design.from_raw_units(intercept[None], beta[None], 0.0)
            found.append(sums.curvature(b0[0], b[0], 0))
        return np.stack(found)
