"""A real Dask cluster over TCP on this machine: the same answers, also when a worker is killed."""

import os
import signal
import sys
from types import ModuleType

import numpy as np
import pytest

import regpath
from regpath.engines.dask import Dask
from regpath.engines.engine import Engine, EngineError
from tests.rows.stored import planted, written

distributed = pytest.importorskip("distributed", reason="Dask is not installed.")
dask = pytest.importorskip("dask")
SAME = 1e-10  # of a coefficient, whoever added up the sums
# What Dask's own threads say while workers come and go is not ours.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def plain_main():
    """Workers import the main module of who starts them, which tests of the app make the app."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        yield


@pytest.fixture(scope="module")
def cluster(plain_main):
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=50,
    ) as found:
        yield found


def fail(x):
    raise regpath.DataError(f"part {x} is bad", "mend it")


def test_answers_come_in_order_and_errors_are_told(cluster):
    engine = Dask("dask://" + cluster.scheduler_address.removeprefix("tcp://"))
    assert isinstance(engine, Engine)
    assert engine.workers == 2
    assert list(engine.gather(engine.map_blocks(abs, range(-5, 0)))) == [5, 4, 3, 2, 1]
    with pytest.raises(regpath.DataError, match="part 0 is bad mend it"):
        list(engine.gather(engine.map_blocks(fail, [0, 1])))
    engine.close()


class Killer(Dask):
    """Kills a worker of the cluster in the midst of some passes."""

    passes = 0

    def map_blocks(self, function, parts):
        ticket = super().map_blocks(function, parts)
        self.passes += 1
        if self.passes in (2, 4):
            alive = [nanny.pid for nanny in self.client.cluster.workers.values() if nanny.pid]
            os.kill(alive[0], signal.SIGKILL)
        return ticket


def test_a_path_and_its_folds_are_the_same_when_workers_are_killed_twice(cluster, tmp_path):
    file = written(planted("binomial"), tmp_path / "t.parquet", rows=50)
    here = regpath.read_rows(file, "y")
    quiet = regpath.fit_path(here, n_lambdas=20)
    expected = regpath.cross_validate(here, quiet, n_folds=3)
    with distributed.Client(cluster, set_as_default=False) as client:
        engine = Killer(client)
        rows = regpath.read_rows(file, "y", engine=engine)
        path = regpath.fit_path(rows, n_lambdas=20, engine=engine)
        cv = regpath.cross_validate(rows, path, n_folds=3, engine=engine)
        engine.close()
        assert client.status == "running"  # whoever brings a client closes it
    assert engine.passes > 4
    assert np.abs(path.coefs("standardized") - quiet.coefs("standardized")).max() <= SAME
    assert cv.fold_scores == pytest.approx(expected.fold_scores, rel=SAME)
    assert rows.digest == here.digest


def test_a_scheduler_that_is_not_there_is_said():
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(EngineError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9"),
    ):
        Dask("dask://127.0.0.1:9")
