"""Lines of a script that split rows and turn columns into features, as regpath did."""

from __future__ import annotations

import textwrap
from pprint import pformat

from regpath.core.problems.coding import Coding
from regpath.study import Study

# scikit-learn's own transformers fill with the median and code all levels; this does the rest.
CODER = '''

class Coder(TransformerMixin, BaseEstimator):
    """Fill, code and multiply columns; what is learned is learned from the rows of fit."""

    def fit(self, X, y=None):
        self.fills_, self.levels_, self.pooled_, self.gaps_ = {{}}, {{}}, set(), set()
        for column in X.columns:
            values = self.merged(X[column])
            if {indicator} and values.isna().any():
                self.gaps_.add(column)
            if column in NUMERIC:
                self.fills_[column] = values.astype(float).{centre}()
                continue
            counts = values.value_counts()
            levels = sorted(counts.index[counts >= {least}])
            if len(levels) < len(counts):
                self.pooled_.add(column)
                levels = [level for level in levels if level != "other"] + ["other"]
            self.levels_[column] = levels
            counts = self.pooled(values.dropna(), column).value_counts()
            self.fills_[column] = min(counts.index, key=lambda level: (-counts[level], level))
        return self

    def merged(self, values):
        new = SAME_LEVELS.get(values.name, {{}})
        return values.map(lambda level: new.get(level, level))

    def pooled(self, values, column):
        if column not in self.pooled_:
            return values
        return values.where(values.isin(self.levels_[column]), "other")

    def transform(self, X):
        coded = {{column: self.coded(X[column], column) for column in X.columns}}
        blocks = []
        for column in X.columns:
            blocks += coded[column]
            if column in self.gaps_:
                blocks.append(X[column].isna().to_numpy(float))
        for term in TERMS:
            powers = [[values**power for values in coded[c]] for c, power in term.items()]
            blocks += [np.prod(factors, axis=0) for factors in product(*powers)]
        return np.column_stack(blocks)

    def coded(self, values, column):
        values = self.merged(values)
        values = values.where(values.notna(), self.fills_[column])
        if column in NUMERIC:
            return [values.to_numpy(float)]
        levels = self.levels_[column]
        first = 1 if len(levels) == 2 or ({reference} and len(levels) > 1) else 0
        values = self.pooled(values, column)
        return [(values == level).to_numpy(float) for level in levels[first:]]
'''

_COLUMNS = """\
    ColumnTransformer(
        [
            ("numeric", SimpleImputer(strategy="median"), NUMERIC),
            (
                "categorical",
                make_pipeline(
                    SimpleImputer(strategy="most_frequent"),
                    OneHotEncoder(drop="if_binary", sparse_output=False{unknown}),
                ),
                CATEGORICAL,
            ),
        ]
    ),"""
# Coefficients are told by names that are those of the fit.
_LEVELS = """
LEVELS = {levels}
learned = {learned}
for column, levels in LEVELS.items():
    odd = sorted(set(map(str, learned[column])).symmetric_difference(levels))
    if odd:
        sys.exit(f"Column {{column!r}} has other levels than in the fit: {{odd}}.")
"""
_COUNTED = """
n_features = model[:-1].transform(X_train).shape[1]
if n_features != len(names):
    sys.exit(f"These rows give {n_features} features, and those of the fit {len(names)}.")
"""
_SKLEARN_IMPORTS = (
    "from sklearn.compose import ColumnTransformer\nfrom sklearn.impute import SimpleImputer"
)


def coding_of(study: Study) -> Coding:
    """The coding of a study; the usual one where it has no columns."""
    return study.train.encoder.coding if study.train.encoder else Coding()


def is_usual(study: Study) -> bool:
    """Tell whether scikit-learn's own transformers do all of it."""
    coding = coding_of(study)
    usual = coding.missing in ("impute", "drop") and coding.coding == "all"
    return usual and coding.min_level_count == 1 and not coding.level_groups and not coding.terms


def coder_parts(study: Study) -> dict[str, str]:
    """Imports, class and first step of the pipeline."""
    if is_usual(study):
        unknown = "" if study.test is None else ', handle_unknown="ignore"'
        return {
            "coder_imports": _SKLEARN_IMPORTS,
            "itertools": "",
            "onehot": "OneHotEncoder",
            "coder": "",
            "coding": _COLUMNS.format(unknown=unknown),
        }
    coding = coding_of(study)
    kinds = study.train.encoder.kinds if study.train.encoder else {}
    same: dict[str, dict[str, str]] = {}
    for column, new, levels in coding.level_groups:
        same.setdefault(column, {}).update(dict.fromkeys(levels, new))
    terms = [
        {column: term.count(column) for column in term}
        for term in coding.terms
        if set(term) <= set(kinds)
    ]
    written = CODER.format(
        indicator=coding.missing == "indicator",
        centre="mean" if coding.missing == "mean" else "median",
        least=coding.min_level_count,
        reference=coding.coding == "reference",
    )
    constants = f"\nSAME_LEVELS = {_shown(same)}\nTERMS = {_shown(terms)}\n"
    return {
        "coder_imports": "from sklearn.base import BaseEstimator, TransformerMixin",
        "itertools": "from itertools import product\n",
        "onehot": "",
        "coder": constants + written + "\n",
        "coding": "    Coder(),",
    }


def split_parts(study: Study) -> dict[str, str]:
    """Import and lines of the split into rows to learn from and rows to test on."""
    recipe = study.recipe
    if study.test is None:
        weights = "w_train = w\n" if recipe.weights else ""
        weights += "e_train = e\n" if recipe.exposure else ""
        return {"split_import": "", "split": f"X_train, y_train = X, y\n{weights}"}
    if recipe.time is not None:
        imports, rows = "", _time_lines(study)
    elif recipe.group is not None:
        imports = "\nfrom sklearn.model_selection import GroupShuffleSplit"
        rows = _tried(
            f"splitter = GroupShuffleSplit(n_splits=1, test_size={recipe.test_size!r}, "
            f"random_state={recipe.seed!r})\n"
            f"train, test = next(splitter.split(X, groups=frame[{recipe.group!r}]))\n"
        )
    else:
        imports = "\nfrom sklearn.model_selection import train_test_split"
        # By the labels, not by their places, which the script may have put in another order.
        stratify = ", stratify=frame[TARGET]" if study.path.classes else ""
        rows = _tried(
            "train, test = train_test_split(\n"
            f"    np.arange(len(X)), test_size={recipe.test_size!r}, random_state={recipe.seed!r}"
            f"{stratify}\n)\n"
        )
    rows += "X_train, X_test, y_train, y_test = X.iloc[train], X.iloc[test], y.iloc[train], "
    rows += "y.iloc[test]\n"
    if recipe.weights:
        rows += "w_train, w_test = w.iloc[train], w.iloc[test]\n"
    if recipe.exposure:
        rows += "e_train, e_test = e.iloc[train], e.iloc[test]\n"
    return {"split_import": imports, "split": rows}


def _tried(lines: str) -> str:
    """Lines of a split that scikit-learn refuses where there are too few rows."""
    refused = "These rows cannot be split as those of the fit were."
    return (
        f"try:\n{textwrap.indent(lines, '    ')}except ValueError as error:\n"
        f'    sys.exit(f"{refused} {{error}}")\n'
    )


def learned_lines(study: Study) -> str:
    """Lines that refuse rows whose columns taught other levels, so other features, than the fit."""
    encoder = study.train.encoder
    levels = encoder.levels if encoder else {}
    if not levels:
        return _COUNTED
    learned = "model[0].levels_"
    if is_usual(study):
        learned = (
            'dict(zip(CATEGORICAL, model[0].named_transformers_["categorical"][-1].categories_))'
        )
    said = {column: list(words) for column, words in levels.items()}
    return _LEVELS.format(levels=_shown(said), learned=learned) + _COUNTED


def _time_lines(study: Study) -> str:
    recipe = study.recipe
    begins = (
        f'.groupby(frame[{recipe.group!r}]).transform("min")' if recipe.group is not None else ""
    )
    return (
        f"times = frame[{recipe.time!r}]{begins}.to_numpy()\n"
        f"late = times >= np.sort(times)[-int(np.ceil({recipe.test_size!r} * len(times)))]\n"
        "train, test = np.flatnonzero(~late), np.flatnonzero(late)\n"
    )


def weight_parts(study: Study, step: str) -> dict[str, str]:
    """Lines about weights of rows and classes, and about exposures; `step` fits the model."""
    recipe = study.recipe
    column, balanced = recipe.weights, recipe.class_weight is not None
    exposed = f", {step}__exposure=e_train" if recipe.exposure else ""
    own = "" if recipe.exposure is None else f"e = frame[{recipe.exposure!r}].astype(float)\n"
    scored = ", sample_weight=w_test" if column else ""
    score = f"model.score(X_test, y_test{scored})"
    if recipe.exposure:
        score = f"model[-1].score(model[:-1].transform(X_test), y_test{scored}, exposure=e_test)"
    if column is None and not balanced:
        fit = f"model.fit(X_train, y_train{exposed})"
        ones = "np.ones(len(X_train))"
        return {"weigh": "", "w": own, "fit": fit, "score": score, "weights": ones}
    steps = [study.path.standardize and "standardscaler", step]
    passed = "".join(f", {step}__sample_weight=w_train" for step in steps if step) + exposed
    lines = "" if column else "w_train = pd.Series(1.0, index=y_train.index)\n"
    if balanced:  # each class weighs the same in all
        lines += 'w_train = w_train / w_train.groupby(y_train).transform("sum")\n'
    lines += f"w_train = w_train / w_train.mean()\nmodel.fit(X_train, y_train{passed})"
    return {
        "weigh": f"frame = frame[frame[{column!r}] > 0]\n" if column else "",
        "w": own + (f"w = frame[{column!r}]\n" if column else ""),
        "fit": lines,
        "score": score,
        "weights": "w_train",
    }


def _shown(value: object) -> str:
    return pformat(value, width=96, compact=True, sort_dicts=False)
