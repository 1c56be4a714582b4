"""Cross-validation of rows elsewhere: every fold is scored on the rows that it has not seen."""

from __future__ import annotations

from functools import partial

import numpy as np

from regpath.core.elsewhere import ValidationChoice
from regpath.core.fit import Points
from regpath.core.metrics.measure import Measure
from regpath.core.metrics.measures import MEASURES, check_measure, measures_of
from regpath.core.progress import part_of, tell
from regpath.core.regpath import RegPath
from regpath.core.row_path import RowPath
from regpath.core.threads import team
from regpath.core.validation.cv_result import CVResult
from regpath.core.validation.folds import Fold
from regpath.core.validation.one_standard_error import best_and_one_se, mean_and_error
from regpath.engines.engine import Engine
from regpath.errors import ParameterError
from regpath.rows.folds import Dealing
from regpath.rows.passes import RowPasses
from regpath.rows.queries import RowQuery
from regpath.rows.stored_folds import StoredFolds, refuse_other
from regpath.rows.stored_rows import StoredRows
from regpath.wording import listed

LEARNED, FITTED = 0.1, 0.8  # of the work, roughly; the rest is scoring


@team()
def validate_stored_rows(
    rows: StoredRows, path: RegPath, how: ValidationChoice, engine: Engine
) -> CVResult:
    """Score every point of a path on rows that its fit has not seen."""
    refuse_other(rows, path, "cross_validate")
    measure = check_row_measure(how.measure, path.family)
    folds = StoredFolds(
        rows, path, Dealing(how.n_folds, how.seed), RowPasses(engine, rows.coding, rows.checkpoint)
    )
    folds.learn()
    numbers = range(how.n_folds)
    fits = _fits(folds, how)
    row_measure = measure.root_of or measure
    scores, nulls, masses = _scores(folds, fits, row_measure)
    if measure is not row_measure:
        scores, nulls = np.sqrt(scores), np.sqrt(nulls)
    tell(how.progress, 1.0)
    repeats = np.zeros(how.n_folds, dtype=np.intp)
    weights = masses * rows.n_obs
    mean, se = mean_and_error(scores, weights, repeats, measure)
    index_min, index_1se = best_and_one_se(mean, se, measure.larger_is_better)
    nowhere = np.zeros(0, dtype=np.intp)
    paths = tuple(folds.path_of(m, fit) for m, fit in enumerate(fits))
    return CVResult(
        lambdas=path.lambdas,
        fold_scores=scores,
        mean=mean,
        se=se,
        fold_weights=weights,
        measure=measure.name,
        larger_is_better=measure.larger_is_better,
        folds=tuple(Fold(nowhere.copy(), nowhere.copy()) for _ in numbers),
        fold_paths=paths,
        path=path,
        index_min=index_min,
        index_1se=index_1se,
        notes=_notes(paths),
        kind="random",
        repeats=repeats,
        null_score=float(np.average(nulls, weights=weights)),
        passes=folds.passes.count + folds.more_passes,
    )


def check_row_measure(name: str, family: str) -> Measure:
    """The measure of a name, or of "auto", if it is a mean over rows or the root of one."""
    measure = check_measure(name, family, "cross_validate")
    if not (measure.root_of or measure).of_one_row:
        known = [MEASURES[name] for name in measures_of(family)]
        able = [each.name for each in known if (each.root_of or each).of_one_row]
        raise ParameterError(
            f"{measure.name} needs all held-out rows at once, and these are read block by block.",
            f"Use a mean over rows: {listed(able)}.",
        )
    return measure


def _notes(paths: tuple[RegPath, ...]) -> tuple[str, ...]:
    total = sum(len(path.lambdas) for path in paths)
    missed = total - int(sum(path.converged.sum() for path in paths))
    return (f"{missed} of {total} points of the folds are not certified.",) if missed else ()


def _fits(folds: StoredFolds, how: ValidationChoice) -> list[RowPath]:
    """The path of the rows outside each fold."""
    tell(how.progress, LEARNED)
    solved = np.zeros(how.n_folds)  # share of each fold's strengths
    told = part_of(how.progress, LEARNED, FITTED)
    fits = folds.passes.together(
        [partial(folds.fit, m, partial(solved.__setitem__, m)) for m in range(how.n_folds)],
        after_pass=lambda: tell(told, float(solved.mean())),
    )
    tell(how.progress, FITTED)
    return fits


def _scores(
    folds: StoredFolds, fits: list[RowPath], measure: Measure
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores of folds (M, L), of their models without features (M,), and weights held out."""
    queries = []
    for held, fit in zip(folds.held, fits, strict=True):
        points = Points(*held.design.from_raw_units(*fit.proven.points, held.origin))
        null = Points(fit.null.intercept[None], np.zeros_like(points.coefs[:1]))
        both = Points(*(np.concatenate(pair) for pair in zip(points, null, strict=True)))
        named = (both, measure.name, folds.rows.family, folds.rows.classes)
        queries.append(RowQuery("scores", held, named))
    found = [answer.sums for answer in folds.passes.ask(queries)]
    masses = np.array([mass for _, mass in found])
    scores = np.stack([total / mass for total, mass in found])
    return scores[:, :-1], scores[:, -1], masses
