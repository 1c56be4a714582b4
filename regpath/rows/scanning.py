"""A pass over all blocks: in groups, by an engine, answers in the order of the blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from regpath.engines.engine import Engine
from regpath.rows.blocks import RowBlock

GROUPS = 4  # per worker, so that one that is late keeps the others waiting for little


class BlockGroup(tuple[RowBlock, ...]):
    """Blocks that one worker reads one after the other; they say which they are."""

    def __repr__(self) -> str:
        last = f" to {self[-1].name}" if len(self) > 1 else ""
        return f"{self[0].name}{last}"


def scan(
    engine: Engine, function: Callable[[RowBlock], Any], blocks: Sequence[RowBlock]
) -> Iterator[Any]:
    """Answers of `function`, added up within groups of blocks (`answer.add(other)`)."""
    count = min(len(blocks), GROUPS * engine.workers)
    edges = [len(blocks) * k // count for k in range(count + 1)]
    groups = [BlockGroup(blocks[low:high]) for low, high in pairwise(edges)]
    ticket = engine.map_blocks(partial(_added, function), groups)
    try:
        yield from engine.gather(ticket)
    finally:
        engine.cancel(ticket)


def _added(function: Callable[[RowBlock], Any], group: BlockGroup) -> Any:
    total = function(group[0])
    for block in group[1:]:
        total.add(function(block))
    return total
