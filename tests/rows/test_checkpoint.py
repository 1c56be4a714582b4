"""A run that is stopped goes on from its last finished pass, and from no other run's."""

import os
import signal
import subprocess
import sys
import textwrap

import numpy as np
import pytest

import regpath
from regpath.engines.processes import Processes
from regpath.engines.serial import Serial
from regpath.engines.watched import Watched
from regpath.errors import DataError
from regpath.rows.checkpoint import Checkpoint, exact_digest
from tests.rows.stored import planted, written

FAMILIES = ("gaussian", "binomial", "multinomial", "poisson")


class StoppedError(Exception):
    """Stands for whatever ends a run."""


class Stopping(Serial):
    """Ends the run in the midst of a pass; None means never."""

    def __init__(self, at=None):
        self.passes, self.at = 0, at

    def map_blocks(self, function, parts):
        self.passes += 1
        return super().map_blocks(function, parts)

    def gather(self, ticket):
        for part, answer in enumerate(super().gather(ticket)):
            if self.passes == self.at and part == 1:
                raise StoppedError
            yield answer


def run(file, checkpoint, engine, family="binomial", **said):
    rows = regpath.read_rows(file, "y", family=family, engine=engine, checkpoint=checkpoint, **said)
    path = regpath.fit_path(rows, n_lambdas=12, l1_ratio=0.5, engine=engine)
    return path, regpath.cross_validate(rows, path, n_folds=3, engine=engine)


def same(one, two):
    (path, cv), (other, second) = one, two
    assert (path.coef_path == other.coef_path).all()
    assert (path.dual_gap == other.dual_gap).all()
    assert (cv.fold_scores == second.fold_scores).all()
    assert (path.passes, cv.passes) == (other.passes, second.passes)


@pytest.fixture
def file(tmp_path):
    return written(planted("binomial"), tmp_path / "t.parquet")


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_run_that_is_stopped_in_any_pass_ends_as_if_it_had_not_been(tmp_path, family, gaps):
    file = written(planted(family, gaps=gaps), tmp_path / "t.parquet")
    whole = Stopping()
    expected = run(file, None, whole, family)
    for at in range(2, whole.passes + 1, 3):
        checkpoint = tmp_path / f"at{at}"
        with pytest.raises(StoppedError):
            run(file, checkpoint, Stopping(at), family)
        again = Stopping()
        same(run(file, checkpoint, again, family), expected)
        assert again.passes == 1 + whole.passes - (at - 1)  # the first one knows the rows


def test_a_finished_run_takes_no_pass_but_the_one_that_knows_the_rows(file, tmp_path):
    expected = run(file, tmp_path / "c", Stopping())
    again = Stopping()
    same(run(file, tmp_path / "c", again), expected)
    assert again.passes == 1


def test_what_was_begun_by_one_engine_goes_on_by_another(tmp_path):
    frame = planted("gaussian", n=600, gaps=True)
    file = written(frame, tmp_path / "t.parquet", rows=20)
    expected = run(file, tmp_path / "c", Stopping(), "gaussian", missing="mean")
    seen = []
    engine = Processes(2)
    try:
        watched = Watched(engine, seen.append)
        same(run(file, tmp_path / "c", watched, "gaussian", missing="mean"), expected)
        assert watched.count == 1  # what knows the rows
    finally:
        engine.close()


def test_another_penalty_finds_nothing_that_is_not_its_own(file, tmp_path):
    run(file, tmp_path / "c", Stopping())
    rows = regpath.read_rows(file, "y", checkpoint=tmp_path / "c")
    other = regpath.fit_path(rows, n_lambdas=9, l1_ratio=1.0)
    expected = regpath.fit_path(regpath.read_rows(file, "y"), n_lambdas=9, l1_ratio=1.0)
    assert (other.coef_path == expected.coef_path).all()
    assert other.converged.all()


@pytest.mark.parametrize(
    "said",
    [{"features": ["c0", "city"]}, {"missing": "indicator"}, {"weights": "c2"}, {"family": "x"}],
)
def test_a_checkpoint_of_other_choices_is_refused_in_words(tmp_path, said):
    frame = planted("binomial", gaps=True)
    frame["c2"] = frame["c2"].abs() + 1.0
    if said == {"family": "x"}:
        frame["y"], said = (frame["y"] == "yes").astype(float), {"family": "gaussian"}
    file = written(frame, tmp_path / "t.parquet")
    kept = tmp_path / "c"
    regpath.fit_path(regpath.read_rows(file, "y", checkpoint=kept), n_lambdas=5)
    before = kept.read_bytes()
    with pytest.raises(DataError, match=r"'c' is of other rows.*Delete it to begin anew"):
        regpath.read_rows(file, "y", checkpoint=kept, **said)
    assert kept.read_bytes() == before


@pytest.mark.parametrize("change", ["cell", "order", "row", "blocks"])
def test_a_checkpoint_of_data_that_have_changed_is_refused(tmp_path, change):
    frame = planted("binomial")
    file = written(frame, tmp_path / "t.parquet")
    run(file, tmp_path / "c", None)
    if change == "cell":
        frame.loc[17, "c1"] += 1e-9
    elif change == "order":
        frame = frame.iloc[::-1]
    elif change == "row":
        frame = frame.iloc[:-1]
    written(frame, file, rows=90 if change == "blocks" else 130)
    with pytest.raises(DataError, match="is of other rows"):
        run(file, tmp_path / "c", None)


def test_a_checkpoint_of_another_version_is_refused(file, tmp_path, monkeypatch):
    run(file, tmp_path / "c", None)
    monkeypatch.setattr(regpath, "__version__", "99.0")
    with pytest.raises(DataError, match="another version of regpath"):
        run(file, tmp_path / "c", None)


def test_a_damaged_checkpoint_is_refused_wherever_it_is_damaged(file, tmp_path):
    kept = tmp_path / "c"
    run(file, kept, None)
    whole = kept.read_bytes()
    places = np.linspace(0, len(whole) - 1, 40).astype(int)
    damaged = [whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :] for at in places]
    damaged += [whole[: len(whole) // 2], whole + b"\0", b""]
    for content in damaged:
        kept.write_bytes(content)
        with pytest.raises(DataError, match=r"is damaged|is no checkpoint"):
            regpath.read_rows(file, "y", checkpoint=kept)
        assert kept.read_bytes() == content


def test_a_place_where_nothing_can_be_written_is_refused_before_any_pass(file, tmp_path):
    engine = Stopping()
    for place in (tmp_path, tmp_path / "none" / "c"):
        with pytest.raises(DataError, match="No checkpoint can be written at"):
            run(file, place, engine)
    assert engine.passes == 0


def test_a_disk_that_is_full_ends_no_run_and_is_said_once(file, tmp_path, monkeypatch):
    expected = run(file, None, None)

    def full(*places):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("regpath.rows.checkpoint.Path.replace", full)
    with pytest.warns(RuntimeWarning, match="cannot be written .No space left") as told:
        same(run(file, tmp_path / "c", None), expected)
    assert len(told) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["t.parquet"]


KILLED = """
    import os, signal
    import regpath
    from regpath.engines.serial import Serial

    class Killing(Serial):
        passes = 0

        def gather(self, ticket):
            self.passes += 1
            for part, answer in enumerate(super().gather(ticket)):
                if self.passes == {at} and part == 1:
                    os.kill(os.getpid(), signal.{signal})
                yield answer

    if __name__ == "__main__":
        # Who was started behind a shell's back was told to ignore it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        engine = Killing()
        rows = regpath.read_rows({file!r}, "y", engine=engine, checkpoint={kept!r})
        path = regpath.fit_path(rows, n_lambdas=12, l1_ratio=0.5, engine=engine)
        regpath.cross_validate(rows, path, n_folds=3, engine=engine)
"""


@pytest.mark.parametrize("name", ["SIGKILL", "SIGINT"])
def test_a_process_that_is_killed_leaves_what_goes_on(file, tmp_path, name):
    kept, whole = tmp_path / "c", Stopping()
    expected = run(file, None, whole)
    at = whole.passes - 2
    code = textwrap.dedent(KILLED).format(at=at, signal=name, file=str(file), kept=str(kept))
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert ended.returncode in (-getattr(signal, name), 130), ended.stderr.decode()
    again = Stopping()
    same(run(file, kept, again), expected)
    assert again.passes == 1 + whole.passes - (at - 1)


def test_the_draft_of_one_who_was_killed_while_writing_is_never_read(file, tmp_path):
    kept = tmp_path / "c"
    run(file, kept, None)
    (tmp_path / f"c.{os.getpid()}.part").write_bytes(b"half of it")
    assert len(Checkpoint(kept)) > 2


def test_values_that_differ_in_a_bit_or_a_kind_have_other_digests():
    x = np.linspace(0.0, 1.0, 5)
    values = [x, np.nextafter(x, 2.0), x[:4], x[:, None], x.astype(np.float32), list(x), [x], {}]
    values += [0.0, -0.0, 0, False, None, "0", ("a", "b"), ("ab",), {"a": 1}, {"a": 2}]
    assert len({exact_digest(value) for value in values}) == len(values)
    assert exact_digest(x) == exact_digest(x.copy())
    assert exact_digest(np.float64(0.1)) == exact_digest(0.1)
