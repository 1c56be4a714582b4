"""Tables in files of several row groups, and the same in memory."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


def planted(family, n=400, p=3, seed=0, gaps=False, weights=False):
    """Numbers and words with a signal for a family."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) @ (np.eye(p) + 0.3) * rng.uniform(0.5, 3.0, p) + 1.0
    city = rng.choice(["Bonn", "Oslo", "Rom"], n, p=[0.2, 0.5, 0.3])
    eta = X @ rng.normal(size=p) / np.sqrt(p)
    eta = (eta - eta.mean()) / eta.std() + 0.5 * (city == "Rom")
    frame = pd.DataFrame(X, columns=[f"c{j}" for j in range(p)])
    frame["city"] = city
    if family == "gaussian":
        y = eta + rng.normal(size=n)
    elif family == "binomial":
        y = np.where(eta + rng.logistic(size=n) > 0.0, "yes", "no")
    elif family == "multinomial":
        y = np.array(list("abc"))[np.digitize(eta + rng.normal(size=n), [-0.5, 0.5])]
    else:
        y = rng.poisson(np.exp(0.3 + 0.5 * eta))
    if gaps:
        frame.loc[rng.random(n) < 0.1, "c0"] = np.nan
        frame.loc[rng.random(n) < 0.1, "city"] = None
    if weights:
        frame["w"] = rng.uniform(0.2, 2.0, n)
    frame["y"] = y
    return frame


def written(frame, file, rows=130):
    """The frame in row groups of so many rows."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(table, file, row_group_size=rows)
    return file
