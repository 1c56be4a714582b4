import numpy as np
import pandas as pd

import regpath
from regpath.export import coefs_csv, path_csv
from regpath.export.tables import neutral, to_csv


def test_formulas_become_text_and_numbers_stay_numbers():
    frame = pd.DataFrame({"=1+1": [-1.5, 2.0]}, index=pd.Index(["@cmd", "-x"], name="feature"))
    lines = to_csv(frame, index=True).decode().splitlines()
    assert lines == ["feature,'=1+1", "'@cmd,-1.5", "'-x,2.0"]
    assert neutral("age") == "age"


def test_every_digit_survives(make_small):
    path = regpath.fit_path(make_small("multinomial"), n_lambdas=7)
    back = regpath.read_table(path_csv(path)).frame.drop(columns="certified")
    expected = path.to_frame().drop(columns="certified")
    assert list(back.columns) == list(expected.columns)
    assert np.array_equal(back.to_numpy(float), expected.to_numpy(float))


def test_coefficients_of_one_point(make_small):
    path = regpath.fit_path(make_small("binomial"), n_lambdas=7)
    content = coefs_csv(path, path.lambdas[4], "standardized")
    back = regpath.read_table(content).frame
    assert back["feature"].tolist() == list(path.feature_names)
    assert np.array_equal(back["coefficient"], path.coefs("standardized")[:, 4])
