"""Make patients.csv, the invented table that the examples of these pages read.

    python docs/make_patients.py

It is written as a spreadsheet of a country with decimal commas would write it, so that the pages
can show what reading repairs and asks.
"""

import csv
from pathlib import Path

import numpy as np

ROWS = 120


def main() -> None:
    """Write the table beside this file."""
    rng = np.random.default_rng(20)
    age = rng.integers(28, 84, ROWS)
    dose = rng.choice([0.5, 1.0, 1.5, 2.0, 2.5], ROWS)
    crp = np.exp(rng.normal(1.2, 0.7, ROWS))
    ward = rng.choice(["north", "south", "west"], ROWS, p=[0.4, 0.35, 0.25])
    visit = np.datetime64("2023-01-02") + rng.integers(0, 360, ROWS)
    eta = 0.05 * (age - 56) + 0.8 * np.log(crp) - 0.9 * dose + 0.6 * (ward == "west")
    relapse = np.where(rng.random(ROWS) < 1 / (1 + np.exp(-eta)), "yes", "no")
    gaps = set(rng.choice(ROWS, 6, replace=False))
    with Path(__file__).with_name("patients.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, delimiter=";", lineterminator="\n")
        lines.writerow(["patient", "visit", "ward", "age", "dose", "crp", "relapse"])
        for i in range(ROWS):
            day = visit[i].item().strftime("%d.%m.%Y")
            value = "n.a." if i in gaps else f"{crp[i]:.1f}".replace(".", ",")
            numbers = [age[i], str(dose[i]).replace(".", ","), value]
            lines.writerow([1001 + i, day, ward[i], *numbers, relapse[i]])


if __name__ == "__main__":
    main()
