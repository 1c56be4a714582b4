import numpy as np

import regpath


def test_a_direction_is_named_with_its_signs(make_table, alarms_of):
    frame = make_table(n=200)
    frame["y"] = np.where(frame["x1"] - 2 * frame["x2"] > 0, "yes", "no")
    frame = frame[np.abs(frame["x1"] - 2 * frame["x2"]) > 0.05]
    (alarm,) = alarms_of(frame, "separation")
    assert alarm.severity == "warning"
    assert {"x1", "x2"} <= set(alarm.columns)
    assert "'x2' (-), 'x1' (+)" in alarm.what


def test_a_rare_level_is_named_with_its_rows(make_table, alarms_of, goes):
    frame = make_table(n=200).set_axis(range(2, 202), axis=0)
    frame["stage"] = np.random.default_rng(0).choice(["I", "II", "III"], 200)
    sick = frame.index[frame["y"] == "sick"][[2, 5, 9]]
    frame.loc[sick, "stage"] = "IV"
    (alarm,) = alarms_of(frame, "rare_level_separates")
    assert f"'stage=IV' is 0 but in 3 rows ({', '.join(map(str, sick))}), all with y = 'sick'" in (
        alarm.what
    )
    assert alarm.columns == ("stage",)
    assert goes(frame, alarm)


def test_overlap_and_amounts_do_not_fire(make_table, alarms_of):
    for kind in ("binomial", "multinomial", "gaussian"):
        found = alarms_of(make_table(kind, n=200))
        assert not [a for a in found if a.kind in ("separation", "rare_level_separates")]


def test_a_leak_is_not_told_twice(make_table, alarms_of):
    frame = make_table()
    frame["z"] = (frame["y"] == "sick").astype(int)
    assert not alarms_of(frame, "separation")


def test_more_features_than_rows_is_a_hint(make_table, alarms_of):
    (alarm,) = alarms_of(make_table(n=40, p=60), "separation")
    assert alarm.severity == "hint"


def test_it_is_what_the_detector_says():
    for name in ("breast_cancer", "iris", "rare_feature", "blobs", "election_1996"):
        entry = next(e for e in regpath.datasets.catalog() if e.name == name)
        table = regpath.datasets.load(name)
        kinds = {a.kind for a in regpath.find_alarms(table, regpath.Recipe(entry.target))}
        expected = bool(regpath.find_separation(regpath.make_problem(table, entry.target)))
        assert bool(kinds & {"separation", "rare_level_separates"}) == expected
