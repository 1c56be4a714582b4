import regpath
from regpath import charts
from regpath.charts import DARK
from regpath.core.leakage.leak import leak_gap


def test_calibration_and_threshold(study, cv):
    told = cv.out_of_fold(study.train, cv.lambda_1se)
    curve = regpath.calibration_curve(study.train, told)
    _, bins = charts.calibration_figure(curve, look=DARK).data
    assert bins.x.tolist() == curve["predicted"].tolist()
    assert bins.y.tolist() == curve["observed"].tolist()
    found = regpath.choose_threshold(cv, study.train, cv.lambda_1se)
    line, mark = charts.precision_figure(found.curve, look=DARK, at=7, base=0.4).data
    known = found.curve.dropna(subset="precision")
    assert line.x.tolist() == known["true_positive_rate"].tolist()
    assert line.y.tolist() == known["precision"].tolist()
    assert mark.y[0] == found.curve["precision"][7]


def test_classes_and_bands(study):
    scores = regpath.scores_by_class(study.path, study.test)
    drawn = charts.classes_figure(scores, "recall", look=DARK).data
    assert [trace.name for trace in drawn] == list(study.path.classes)
    assert drawn[1].y.tolist() == scores["recall"][scores["class"] == "malignant"].tolist()
    band = regpath.bootstrap_band(study.path, study.test, n_boot=20)
    figure = charts.band_figure(band, "log_loss", look=DARK, index=3, base=0.6)
    area, line = figure.data
    assert line.y.tolist() == band["score"].tolist()
    assert area.y.tolist() == [*band["high"], *band["low"][::-1]]


def test_leaks_and_peeking(study, cv):
    gap = leak_gap(study.train, study.path, cv, n_selected=5)
    honest, leaking = charts.gap_figure(
        gap.lambdas, gap.honest, gap.leaked, gap.measure, look=DARK
    ).data
    assert honest.y.tolist() == gap.honest.tolist()
    assert leaking.y.tolist() == gap.leaked.tolist()
    frame = regpath.peeking(n_rounds=2, n_looks=3)
    looked, _ = charts.peeking_figure(frame, look=DARK).data
    assert looked.y.tolist() == frame.groupby("look")["test_accuracy"].mean().tolist()
