from dataclasses import replace

import pytest

from regpath.charts import LIGHT, scores_figure
from regpath.charts.scores import default_scores, describe_scores


@pytest.mark.parametrize("test_size", [0.25, 0.0])
@pytest.mark.parametrize("family", ["gaussian", "binomial", "multinomial"])
def test_every_drawn_number_is_a_score(study_of, family, test_size):
    study = study_of(family, test_size)
    figure = scores_figure(study, index=5, look=LIGHT)
    shown = default_scores(study)
    assert shown == (("r2", "rmse") if family == "gaussian" else ("accuracy", "log_loss"))
    wanted = [(score, part) for score in shown for part in study.parts]
    assert len(figure.data) == len(wanted)
    for trace, (score, part) in zip(figure.data, wanted, strict=True):
        rows = study.scores[study.scores["part"] == part]
        assert trace.name == part
        assert trace.x.tolist() == rows["lambda"].tolist()
        assert trace.y.tolist() == rows[score].tolist()
    assert [t.name for t in figure.data if t.showlegend] == list(study.parts)
    assert [s.x0 for s in figure.layout.shapes] == [study.path.lambdas[5]]
    assert figure.layout.xaxis.range[0] > figure.layout.xaxis.range[1]


def test_train_and_test_differ_in_dash_too(study_of):
    figure = scores_figure(study_of("binomial"), index=0, look=LIGHT)
    dashes = {trace.name: trace.line.dash for trace in figure.data}
    assert dashes == {"train": "dash", "test": "solid"}


def test_a_terrible_r2_does_not_flatten_the_rest(study_of):
    study = study_of("gaussian")
    assert scores_figure(study, index=0, look=LIGHT).layout.yaxis.range is None
    scores = study.scores.copy()
    scores.loc[scores.index[-1], "r2"] = -50.0
    low, high = scores_figure(replace(study, scores=scores), index=0, look=LIGHT).layout.yaxis.range
    assert low == -1.0
    assert high > scores["r2"].max()
    scores["r2"] = float("nan")
    scores_figure(replace(study, scores=scores), index=0, look=LIGHT)


@pytest.mark.parametrize("test_size", [0.25, 0.0])
def test_the_description_tells_the_scores_at_the_cursor(study_of, test_size):
    study = study_of("binomial", test_size)
    text = describe_scores(study, 7)
    for part in study.parts:
        here = study.scores_of(part).iloc[7]
        assert f"{part} accuracy {here['accuracy']:.3f}, log-loss {here['log_loss']:.3f}" in text
    assert ("test accuracy" in text) == (test_size > 0.0)
