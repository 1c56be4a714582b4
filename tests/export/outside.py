"""Six studies whose exports are run outside, one of a file with every kind of repair."""

import numpy as np

import regpath
from tests.responses import visits

ROWS = 100


def repaired_file(n=180, seed=11):
    """A German file: title, decimal commas, units, gaps in many spellings, repeats, dates."""
    rng = np.random.default_rng(seed)
    size, dose = rng.normal(172.0, 9.0, n).round(1), rng.gamma(2.0, 900.0, n).round(2)
    share, city = rng.uniform(2.0, 60.0, n).round(1), ["Köln", "Bonn", "Ulm", "Trier", "Hof"]
    where = rng.choice(city, n, p=[0.4, 0.3, 0.2, 0.06, 0.04])
    pain, smokes = rng.integers(0, 3, n), rng.random(n) < 0.4
    days = np.datetime64("2021-02-03") + rng.integers(0, 700, n)
    probes, lactate = rng.poisson(1.4, n), rng.normal(1.6, 0.4, n).round(2)
    signal = (size - 172.0) / 9.0 + dose / 1800.0 + smokes + 0.6 * pain + (where == "Köln")
    ill = signal + rng.logistic(size=n) > 2.6

    def german(value, digits):
        return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))

    lines = ["Studie Süd;;;;;;;;;;;", "", ";".join(HEADER)]
    for i in range(n):
        day = days[i].astype(object).strftime("%d.%m.%Y")
        cells = [
            f"K{907 * (i + 3)}",
            "k.A." if i % 13 == 4 else f"{german(size[i], 1)} cm",
            f"{german(dose[i], 2)} €",
            "" if i % 17 == 6 else f"{german(share[i], 1)} %",
            "?" if i % 19 == 3 else where[i],
            ("mild", "mittel", "schwer")[pain[i]],
            day,
            "" if i % 23 == 5 else "Ja" if smokes[i] else "nein",
            "-" if probes[i] == 0 else str(probes[i]),
            "-999" if i % 29 == 8 else german(lactate[i], 2),
            str(1 + i % 3),
            "" if i % 31 == 7 else "krank" if ill[i] else "gesund",
        ]
        lines.append(";".join(cells))
    lines += lines[3:9]  # six rows once more
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


HEADER = (
    "Nr",
    "Größe",
    "Dosis",
    "Anteil",
    "Stadt",
    "Schmerz",
    "Besuch",
    "Raucher",
    "Proben",
    "Laktat",
    "Gewicht",
    "Ergebnis",
)
SAID = (
    regpath.ReadOptions()
    .saying("Schmerz", kind="ordinal", levels=("mild", "mittel", "schwer"))
    .saying("Besuch", parts=("days", "month"))
    .saying("Proben", zero=("-",))
    .saying("Laktat", missing=("-999",))
)
EVERY_REPAIR = {
    "target": "Ergebnis",
    "classes": ("krank", "gesund"),
    "missing": "indicator",
    "duplicates": "drop",
    "min_level_count": 14,
    "level_groups": (("Stadt", "Rhein", ("Köln", "Bonn")),),
    "terms": ("Größe × Dosis", "Laktat^2"),
    "weights": "Gewicht",
    "l1_ratio": 0.5,
}


def studies(folder):
    """Name to study, a strength beside the grid, and the file of the data."""
    bundled = {
        "two classes, balanced": ("breast_cancer", {"class_weight": "balanced"}),
        "amounts, elastic net": ("diabetes", {"l1_ratio": 0.5}),
        "several classes, gaps and words": ("penguins", {"missing": "mean", "l1_ratio": 0.7}),
        "softmax, ridge": ("iris", {"l1_ratio": 0.0}),
    }
    found = {}
    for name, (data, choices) in bundled.items():
        target = regpath.datasets.entry_of(data).target
        recipe = regpath.Recipe(target, n_lambdas=20, **choices)
        file = folder / f"{data}.csv"
        file.write_bytes(regpath.datasets.read_bytes(data))
        found[name] = regpath.run_study(regpath.datasets.load(data), recipe), file
    file = folder / "counts.csv"
    visits().assign(times=1 + np.arange(240) % 3).to_csv(file, index=False)
    counted = {"family": "poisson", "exposure": "days", "weights": "times", "l1_ratio": 0.5}
    recipe = regpath.Recipe("visits", n_lambdas=20, **counted)
    found["counts, exposure, weights"] = regpath.run_study(regpath.read_table(file), recipe), file
    file = folder / "every repair.csv"
    file.write_bytes(repaired_file())
    table = regpath.read_table(file, options=SAID)
    study = regpath.run_study(table, regpath.Recipe(n_lambdas=20, **EVERY_REPAIR))
    found["every repair"] = study, file
    made = {}
    for name, (study, file) in found.items():
        lam = strength_of(study)
        made[name] = study.with_strength(lam), lam, file
    return made


def strength_of(study):
    """One between two of the grid, written with few digits."""
    return float(f"{np.sqrt(study.path.lambdas[11] * study.path.lambdas[12]):.4g}")
