"""Dask: workers of a cluster that people already have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

from regpath.engines.engine import EngineError
from regpath.errors import ParameterError

RETRIES = 3  # of a part whose worker was lost; Dask itself counts three lost workers as enough
SCHEME = "dask://"


def _distributed() -> Any:
    # By its name: regpath can be used, and its types checked, where Dask is not installed.
    try:
        return import_module("distributed")
    except ImportError as error:
        raise ParameterError(
            "The engine 'dask' needs Dask, which is not installed.", "pip install 'regpath[dask]'"
        ) from error


class Dask:
    """Workers of a Dask cluster.

    Parameters
    ----------
    where : distributed.Client or str
        A client of your own, or the scheduler's address: "dask://HOST:PORT". "dask" uses the
        client that is open, or starts a cluster on this machine.
    """

    def __init__(self, where: Any = "dask") -> None:
        self._library = _distributed()
        self._own, self._cluster = True, None
        if isinstance(where, self._library.Client):
            self.client, self._own = where, False
        elif where == "dask":
            self._open_here()
        else:
            address = "tcp://" + str(where).removeprefix(SCHEME).removeprefix("tcp://")
            self.client = self._connected(address)

    def _open_here(self) -> None:
        try:
            self.client, self._own = self._library.get_client(), False
        except ValueError:  # no client is open
            self._cluster = self._library.LocalCluster(
                threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
            )
            self.client = self._connected(self._cluster)

    def _connected(self, where: Any) -> Any:
        try:
            return self._library.Client(where, set_as_default=False)
        except (OSError, TimeoutError) as error:
            raise EngineError(
                f"No Dask scheduler answers at {where}.", "Start it, or correct the address."
            ) from error

    @property
    def workers(self) -> int:
        """Threads of all workers."""
        return max(1, sum(self.client.nthreads().values()))

    def map_blocks(self, function: Callable[[Any], Any], parts: Sequence[Any]) -> list[Any]:
        """Futures of all parts."""
        # The function holds all questions: it travels once to each worker, not with each part. As
        # the answer of a task, unlike what is scattered, it is there again when workers are lost.
        shared = self.client.submit(_itself, function, pure=False)
        futures = self.client.map(_call, parts, function=shared, pure=False, retries=RETRIES)
        return list(futures)

    def gather(self, ticket: list[Any]) -> Iterator[Any]:
        """The answers in their order."""
        lost = (self._library.scheduler.KilledWorker, self._library.CancelledError, OSError)
        for k, future in enumerate(ticket):
            try:
                answer = future.result()
            except lost as error:
                raise EngineError(
                    f"Dask could not finish part {k + 1} of {len(ticket)}: {error}",
                    "Look at the scheduler and the memory of its workers, and run it again.",
                ) from error
            future.release()
            yield answer

    def cancel(self, ticket: list[Any]) -> None:
        """Give up what is not done."""
        left = [future for future in ticket if future.status == "pending"]
        if left:
            self.client.cancel(left)

    def close(self) -> None:
        """Leave the cluster; end it if it was started here."""
        if self._own:
            self.client.close()
        if self._cluster is not None:
            self._cluster.close()


def _itself(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return function


def _call(part: Any, function: Callable[[Any], Any]) -> Any:
    return function(part)
