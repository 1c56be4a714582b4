"""A bound of bytes for all stores together."""

import gc

import numpy as np

from regpath.ui.session.shelf import Shelf
from regpath.ui.session.store import Store

BLOCK = 10_000


def block():
    return np.zeros(BLOCK // 8)


def test_the_least_used_results_of_all_stores_go_first():
    shelf = Shelf(3 * BLOCK + 500)
    one, other = Store(99, shelf), Store(99, shelf)
    one.put("a", block())
    other.put("b", block())
    one.put("c", block())
    one.get("a", block)  # used
    other.put("d", block())
    assert ["a" in one, "b" in other, "c" in one, "d" in other] == [True, False, True, True]
    assert shelf.n_bytes <= shelf.most


def test_what_results_share_counts_once_and_until_the_last_of_them_goes():
    shelf = Shelf(10 * BLOCK)
    store, shared = Store(99, shelf), block()
    for name in "abc":
        store.put(name, {"shared": shared})
    assert BLOCK <= shelf.n_bytes < 1.2 * BLOCK
    store.put("a", 0)
    store.put("b", 0)
    assert shelf.n_bytes >= BLOCK
    store.put("c", 0)
    assert shelf.n_bytes < BLOCK / 2


def test_the_last_result_stays_even_where_it_is_too_large_for_all():
    shelf = Shelf(BLOCK)
    store = Store(99, shelf)
    store.put("small", 0)
    store.put("huge", [block() for _ in range(5)])
    assert "huge" in store
    assert "small" not in store
    store.put("next", 0)
    assert "huge" not in store
    assert shelf.n_bytes < BLOCK


def test_a_store_that_is_gone_gives_its_room_back():
    shelf = Shelf(2 * BLOCK + 500)
    kept, gone = Store(99, shelf), Store(99, shelf)
    kept.put("a", block())
    gone.put("b", block())
    del gone
    gc.collect()
    assert shelf.n_bytes < 1.2 * BLOCK
    kept.put("c", block())
    assert "a" in kept


def test_the_count_of_results_is_bounded_too_and_counted_out():
    shelf = Shelf(100 * BLOCK)
    store = Store(2, shelf)
    for name in "abc":
        store.put(name, block())
    assert "a" not in store
    assert shelf.n_bytes < 2.2 * BLOCK
