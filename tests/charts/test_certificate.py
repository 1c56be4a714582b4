from dataclasses import replace

import numpy as np

import regpath
from regpath.charts import LIGHT, certificate_figure
from regpath.core.objective import CERTIFIED


def test_both_proofs_are_drawn_against_their_limit(make_small, family):
    path = regpath.fit_path(make_small(family), n_lambdas=15)
    figure = certificate_figure(path, look=LIGHT)
    drawn = {trace.name: trace for trace in figure.data}
    assert set(drawn) == {"KKT violation", "relative duality gap"}
    frame = path.to_frame()
    for name, column in (("KKT violation", "kkt_violation"), ("relative duality gap", "dual_gap")):
        assert drawn[name].x.tolist() == frame["lambda"].tolist()
        assert [cells[0] for cells in drawn[name].customdata] == frame[column].tolist()
        assert min(drawn[name].y) > 0.0
    (limit,) = figure.layout.shapes  # and no cursor
    assert limit.y0 == limit.y1 == CERTIFIED
    (word,) = [note for note in figure.layout.annotations if note.text == "limit"]
    assert word.y == np.log10(CERTIFIED)  # on a logarithmic axis a note stands at the logarithm


def test_points_without_proof_are_hollow(make_small):
    path = regpath.fit_path(make_small("gaussian"), n_lambdas=15)
    bad = np.zeros(15, bool)
    bad[[2, 5]] = True
    figure = certificate_figure(replace(path, converged=~bad), look=LIGHT)
    (hollow,) = [trace for trace in figure.data if trace.mode == "markers"]
    assert hollow.marker.symbol == "circle-open"
    assert hollow.x.tolist() == path.lambdas[bad].tolist()
