"""What the heads of tables mean, as help beside their names."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from regpath.core.metrics.measures import MEASURES
from regpath.glossary import glossary

HEADS = {
    "base rate": "What always saying the commonest class, or the mean, would score.",
    "baseline": "What is predicted before any feature is added: the intercept at mean values.",
    "bin": "The number of the group of rows with similar predictions.",
    "boundary": "Whether the row lies on the border between the classes.",
    "by_chance": "How often chance alone would show as large an index if nothing had changed.",
    "C": glossary()["C"],
    "certified": "Whether a proof, computed from the data, shows that nothing does better.",
    "class": "The class that the numbers of this row are about.",
    "coefficient": glossary()["coefficient"],
    "column": "The column of the table; one with words has a feature for each of its levels.",
    "contribution": "What the feature adds to the prediction, before it becomes a probability.",
    "dev_ratio": "Deviance explained in the training rows: 0 without features, 1 if they are met.",
    "direction": "What the feature is multiplied by in the combination that parts the classes.",
    "estimate": "The coefficient, fit without a penalty on rows that did not choose the features.",
    "example": "One of the values that no row of the fit had.",
    "expected": "What the model expects.",
    "factor": "How often a row of this class counts.",
    "feature": glossary()["feature"],
    "features kept": "How many features are used: their coefficients are not 0.",
    "filled": "The columns whose gaps were filled.",
    "finite": "Whether a fit of these features without a penalty exists.",
    "fold": glossary()["fold"],
    "gaining": "Whether the row's class becomes surer as coefficients grow.",
    "gap": "Observed less predicted, on average over the group.",
    "group": "The value of the chosen column.",
    "high": "The upper end of the range that is plausible, given this many rows.",
    "intercept": "What is predicted where all features are 0.",
    "intercept_at_base_rate": "The intercept that predicts classes as often as they are seen.",
    "l1_ratio": "The mix of the penalty: 1 is L1 (lasso), 0 is L2 (ridge).",
    "lambda": glossary()["lambda"],
    "largest": "The largest share of half samples in which it is kept, over all strengths.",
    "level": "The place on the scale that the penalties have in common.",
    "log_odds": "How much likelier one of the two is kept where the other is not (logarithm).",
    "low": "The lower end of the range that is plausible, given this many rows.",
    "margin": "How far the row lies on its own class's side.",
    "mean": "The mean over the folds.",
    "mean_predicted": "The mean of the predicted probabilities.",
    "measure": "What the predictions are judged by.",
    "n_missing": "How many rows have a gap there.",
    "n_new": "How many rows have a level never seen, or a number outside the range of the fit.",
    "n_nonzero": "How many features are used: their coefficients are not 0.",
    "n_rows": "How many rows.",
    "n_scored": "How many rows were judged.",
    "new": "The columns with a level or a value that no row of the fit had.",
    "normal": "Where it would lie in a normal distribution.",
    "not scored": "Why there is no prediction for the row.",
    "observed": "What is seen in the data.",
    "penalty": glossary()["penalty"],
    "phi": "Correlation of being kept, over half samples: -1 if only ever one of the two is kept.",
    "predicted": "What the model says.",
    "prediction": "What the model says.",
    "residual": "Observed less expected.",
    "row": "The number of the row in the file.",
    "rule": "A way to choose the strength; what it compares stands in its formula.",
    "score": "The measure that is shown, on rows that were not fit on where it says so.",
    "score lost": "How much worse than the best strength.",
    "se": "Standard error. " + glossary()["standard error"],
    "share": "The share of the rows.",
    "shrinkage": "The length of the coefficients, as a share of the longest on the path.",
    "slope": "1 if probabilities are as sure as they should be; below 1 they are too sure.",
    "slope_se": "Standard error of the slope. " + glossary()["standard error"],
    "stability_index": "How far its shares have moved: from 0.10 a shift, from 0.25 a large one.",
    "stable_from": "The strongest penalty from which on it is kept in that share of half samples.",
    "standardized": "The residual over its usual size: beyond 3 is rare.",
    "test": "On rows that took no part in the fit.",
    "train": "On the rows of the fit.",
    "unique": "Whether there is only one such fit.",
    "validation": glossary()["cross-validation"],
    "weighted_share": "The share of the rows, with their weights.",
}


def heads_of(frame: pd.DataFrame) -> dict[str, ColumnConfig]:
    """Help for those columns of a table whose names are ours; `name[of what]` is found by its name.

    Examples
    --------
    >>> heads_of(pd.DataFrame({"dev_ratio": [0.5], "age": [30.0]}))["dev_ratio"]["help"]
    'Deviance explained in the training rows: 0 without features, 1 if they are met.'
    """
    found = {str(name): _meaning(str(name)) for name in frame}
    return {
        name: st.column_config.Column(help=meaning) for name, meaning in found.items() if meaning
    }


def _meaning(name: str) -> str:
    head = name.partition("[")[0]
    measure = MEASURES.get(head.removeprefix("train_").removeprefix("test_"))
    return HEADS.get(head, "") or ("" if measure is None else measure.help)
