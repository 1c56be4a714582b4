"""An R script that fits the same model again with glmnet, and compares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from regpath.core.problems.encoder import OTHER, Encoder, Feature
from regpath.core.problems.problem import Problem
from regpath.errors import ParameterError
from regpath.export.r_literals import r_comment, r_flags, r_text, r_value, r_vector
from regpath.export.reading_lines import columns_in_use
from regpath.study import Study

TEMPLATE = r"""# A model chosen with regpath, fitted again with glmnet.
#
# Usage: Rscript {script_name} [TABLE.csv] [PREDICTIONS.csv]
# Needs the package glmnet, and the table as regpath read it, repairs made: the button "Table as
# read" of the app, or regpath.export.table_csv. Prints the coefficients and how far they are from
# the certified ones of regpath; writes a prediction for every row if it is told where to.

library(glmnet)
glmnet.control(fdev = 0, devmax = 1)

given <- commandArgs(trailingOnly = TRUE)
DATA <- if (length(given) > 0) given[1] else {data}
TARGET <- {target}
LAMBDA <- {lam}  # of (1/n) sum(loss) + lambda * (l1_ratio * |b| + (1 - l1_ratio) / 2 * b^2)
L1_RATIO <- {l1_ratio}
N_ROWS <- {n_rows}
# The rows of the fit: four to a digit, the first of them in its lowest bit.
FIT <- {fit}

# Every cell as text; an apostrophe keeps spreadsheets from running what it stands before.
cells <- read.csv(
  DATA, header = FALSE, colClasses = "character", na.strings = character(),
  encoding = "UTF-8", blank.lines.skip = FALSE
)
cells[] <- lapply(cells, function(x) sub("^'('*[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-])", "\\1", x))
rows <- cells[-1, , drop = FALSE]
names(rows) <- unlist(cells[1, ])
absent <- setdiff({needed}, names(rows))
if (length(absent) > 0) {{
  stop("the table lacks columns that the model needs: ", paste(absent, collapse = ", "))
}}
if (nrow(rows) != N_ROWS) {{
  stop("the table has ", nrow(rows), " rows, and regpath read ", N_ROWS)
}}
digits <- strtoi(strsplit(FIT, "")[[1]], 16L)
in_fit <- as.vector(sapply(digits, function(d) bitwAnd(d, c(1L, 2L, 4L, 8L)) > 0))[seq_len(N_ROWS)]

number <- function(name, fill) {{
  x <- rows[[name]]
  x[x %in% c("True", "False")] <- c(False = "0", True = "1")[x[x %in% c("True", "False")]]
  x <- as.numeric(ifelse(x == "", NA, x))
  ifelse(is.na(x), fill, x)
}}
words <- function(name, fill, from = character(), to = character()) {{
  x <- rows[[name]]
  x <- ifelse(x %in% from, to[match(x, from)], x)
  ifelse(x == "", fill, x)
}}
is_gap <- function(name) 1 * (rows[[name]] == "")

# What stands in the place of gaps was learned by regpath from the rows of the fit.
columns <- list()
{columns}
x <- cbind(
{features}
)
{products}colnames(x) <- {names}
{response}
{weights}{exposure}
# glmnet rescales penalty factors to a mean of 1{scaling}.
FACTORS <- {factors}
share <- {share}
lambda <- LAMBDA * share * mean(FACTORS)
# glmnet wants two columns, so one of zeros is added; the grid above lambda warms the start.
# It stops where a sweep changes less than thresh, which rounding may keep it from.
for (thresh in c({thresholds})) {{
  fit <- suppressWarnings(glmnet(
    cbind(x, 0)[in_fit, ], y[in_fit], family = "{family}", weights = w[in_fit]{offset},
    alpha = L1_RATIO / share, lambda = lambda * 2^(6:0), standardize = {standardize},
    penalty.factor = c(FACTORS, mean(FACTORS)), thresh = thresh, maxit = 1e6
  ))
  if (length(fit$lambda) == 7) break
}}
if (length(fit$lambda) < 7) stop("glmnet did not converge")
at <- coef(fit, s = lambda)
at <- lapply(if (is.list(at)) at else list(coefficient = at), function(b) as.matrix(b)[, 1])
found <- do.call(cbind, at)[seq_len(ncol(x) + 1), , drop = FALSE]
rownames(found) <- c("(Intercept)", colnames(x))
print(found, digits = 6)

# What regpath proved: relative duality gap {gap}, KKT violation {kkt}.
CERTIFIED <- matrix({certified}, ncol = {n_outputs})
spread <- apply(x[in_fit, , drop = FALSE], 2, function(v) sqrt(mean((v - mean(v))^2)))
difference <- max(abs(spread * (found[-1, , drop = FALSE] - CERTIFIED)))
cat(sprintf("largest difference from regpath, per SD: %.2e\n", difference))

eta <- cbind(1, x) %*% found
{answer}
if (length(given) > 1) write.csv(answer, given[2], row.names = FALSE, fileEncoding = "UTF-8")
"""
# The first is met on most data, and brings predictions within 1e-7 of ours; where classes of iris
# have small penalties, rounding alone changes more than that.
THRESHOLDS = ("1e-20", "1e-16", "1e-13", "1e-10")


def r_script(
    study: Study, lam: float, file: str | Path | None = None, *, file_name: str = "regpath_model.R"
) -> str:
    """Write the script that fits the model at one point of the grid with R's glmnet.

    Parameters
    ----------
    study : Study
        What `run_study` gave.
    lam : float
        A value of `study.path.lambdas`; `study.with_strength` puts any there.
    file : str or Path, default=None
        Where to write it. None writes nothing.
    file_name : str, default="regpath_model.R"
        What the script says it is called, if it is not written.

    Returns
    -------
    str
        R source in ASCII, which takes the table that `table_csv` writes. Names and values of the
        data stand in it as quoted text only.

    Raises
    ------
    ParameterError
        If `lam` is not on the grid, glmnet does not have the family, or R cannot hold a name.

    Notes
    -----
    The script fills, merges, codes and multiplies columns, chooses the same rows, weights and
    exposures, and converts lambda for a gaussian target, which glmnet divides by its standard
    deviation. Random splits of scikit-learn cannot be drawn again in R, so the rows of the fit
    stand in the script, four to a digit.

    References
    ----------
    Friedman, Hastie and Tibshirani (2010), Regularization paths for generalized linear models via
    coordinate descent, Journal of Statistical Software 33(1).

    Examples
    --------
    >>> import regpath
    >>> study = regpath.run_study(
    ...     regpath.datasets.load("iris"), regpath.Recipe("species", n_lambdas=20)
    ... )
    >>> source = regpath.export.r_script(study, study.path.lambdas[9])
    >>> "library(glmnet)" in source, source.isascii()
    (True, True)
    """
    path, encoder = study.path, study.path.encoder
    if not path.loss.glmnet:
        raise ParameterError(
            f"glmnet has no counterpart of the {path.family} family.", "Save the model instead."
        )
    if encoder is None:
        raise ParameterError("The study has no columns to code.", "Save the model instead.")
    index = path.index_of(lam)
    name = Path(file).name if file is not None else file_name
    # Over 40 lines: an argument for each blank of the template.
    source = TEMPLATE.format(
        script_name=r_comment(name),
        data=r_text(f"{Path(study.table.name).stem or 'table'}_table.csv"),
        target=r_text(path.target),
        lam=repr(float(path.lambdas[index])),
        l1_ratio=repr(float(path.l1_ratio)),
        n_rows=len(study.table.frame),
        needed=r_vector(columns_in_use(study)),
        fit=r_flags(study.table.frame.index.isin(_frame(study.train).index)),
        columns="\n".join(_columns(encoder)),
        features=",\n".join(f"  {_feature(each, encoder)}" for each in encoder.base_features),
        products=_products(encoder),
        names=r_vector(path.feature_names),
        response=_response(study),
        **_weights(study),
        **_shares(study),
        family=path.loss.glmnet,
        standardize=r_value(bool(path.standardize)),
        thresholds=", ".join(THRESHOLDS),
        gap=f"{path.dual_gap[index]:.1e}",
        kkt=f"{path.kkt_violation[index]:.1e}",
        certified=r_vector(
            float(f"{value:.12g}") for value in path.coef_path[..., index].reshape(-1)
        ),
        n_outputs=path.loss.n_outputs(len(path.classes)),
        answer=ANSWERS[path.loss.query].replace(
            "{watched}", " * exposure" if path.exposure_name else ""
        ),
    )
    if file is not None:
        Path(file).write_text(source, encoding="ascii", newline="\n")
    return source


def _frame(problem: Problem) -> pd.DataFrame:
    assert problem.frame is not None, "a problem with an encoder has columns"
    return problem.frame


def _columns(encoder: Encoder) -> list[str]:
    """A line for each column: its values without gaps."""
    lines = []
    for column, kind in encoder.kinds.items():
        name, fill = r_text(column), encoder.fills[column]
        if kind == "numeric":
            lines.append(f"columns[[{name}]] <- number({name}, {_number(fill)})")
            continue
        groups = [(new, old) for of, new, old in encoder.coding.level_groups if of == column]
        old = [level for _, levels in groups for level in levels]
        new = [merged for merged, levels in groups for _ in levels]
        same = f", {r_vector(old)}, {r_vector(new)}" if old else ""
        lines.append(f"columns[[{name}]] <- words({name}, {_word(fill)}{same})")
    return lines


def _number(fill: Any) -> str:
    return "NA" if fill is None or np.isnan(fill) else repr(float(fill))


def _word(fill: Any) -> str:
    return '""' if fill is None else r_text(str(fill))


def _feature(feature: Feature, encoder: Encoder) -> str:
    name = r_text(feature.column)
    if feature.is_gap:
        return f"is_gap({name})"
    if feature.level is None:
        return f"columns[[{name}]]"
    if feature.column in encoder.pooled and feature.level == OTHER:
        known = [level for level in encoder.levels[feature.column] if level != OTHER]
        return f"1 * !(columns[[{name}]] %in% {r_vector(known) if known else 'character()'})"
    return f"1 * (columns[[{name}]] == {r_text(feature.level)})"


def _products(encoder: Encoder) -> str:
    if not encoder.product_factors:
        return ""
    lines = [
        "  " + " * ".join(f"x[, {j + 1}]" for j in factors) for factors in encoder.product_factors
    ]
    return "x <- cbind(\n  x,\n" + ",\n".join(lines) + "\n)\n"


def _response(study: Study) -> str:
    """Lines that make the response of the target's cells."""
    path = study.path
    if not path.classes:
        return "y <- number(TARGET, NA)"
    problem = study.problem
    cells = study.table.frame[path.target].loc[_frame(problem).index]
    numeric = pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells)
    plain = cells.astype(float) if numeric else cells.astype(str)
    seen = dict(zip(plain.tolist(), problem.y.tolist(), strict=True))
    own = "number(TARGET, NA)" if numeric else "rows[[TARGET]]"
    labels = r_vector(str(label) for label in path.classes)
    return (
        f"CLASSES <- {labels}\n"
        f"known <- {r_vector(seen)}\n"
        f"class_of <- {r_vector(int(k) + 1 for k in seen.values())}\n"
        f"y <- factor(CLASSES[class_of[match({own}, known)]], levels = CLASSES)"
    )


def _weights(study: Study) -> dict[str, str]:
    recipe = study.recipe
    lines = f"w <- {f'number({r_text(recipe.weights)}, 0)' if recipe.weights else 'rep(1, N_ROWS)'}"
    if recipe.class_weight is not None:  # each class weighs the same in all
        lines += "\nw[in_fit] <- w[in_fit] / ave(w[in_fit], y[in_fit], FUN = sum)"
    exposure = study.path.exposure_name
    return {
        "weights": f"{lines}\n",
        "exposure": f"exposure <- number({r_text(exposure)}, NA)\n" if exposure else "",
        "offset": ", offset = log(exposure[in_fit])" if exposure else "",
    }


def _shares(study: Study) -> dict[str, str]:
    """How lambda and l1_ratio are told to glmnet."""
    path = study.path
    factors = [float(factor) for factor in path.penalty_factor]
    alike = len(set(factors)) == 1
    found = {
        "scaling": "",
        "share": "1",
        "factors": f"rep({factors[0]!r}, ncol(x))" if alike else r_vector(factors),
    }
    if path.loss.quadratic and path.l1_ratio < 1.0:
        found["scaling"] = ", and divides y by its standard deviation"
        found["share"] = (
            "L1_RATIO + (1 - L1_RATIO) * sqrt(\n"
            "  weighted.mean((y[in_fit] - weighted.mean(y[in_fit], w[in_fit]))^2, w[in_fit])\n)"
        )
    return found


_LABELS = """\
colnames(shares) <- paste("probability of", CLASSES)
answer <- data.frame(prediction = CLASSES[best], shares, check.names = FALSE)"""
# By the `query` of a family: from linear predictors to a frame of predictions.
ANSWERS: dict[str, str] = {
    "identity": "answer <- data.frame(prediction = as.vector(eta))",
    "exponential": "answer <- data.frame(prediction = exp(as.vector(eta)){watched})",
    "logistic": "shares <- cbind(plogis(-eta), plogis(eta))\n"
    f"best <- ifelse(eta > 0, 2, 1)\n{_LABELS}",
    "softmax": "shares <- exp(eta - apply(eta, 1, max))\n"
    "shares <- shares / rowSums(shares)\n"
    f'best <- max.col(eta, ties.method = "first")\n{_LABELS}',
}
