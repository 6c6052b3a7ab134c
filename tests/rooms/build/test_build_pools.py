"""Workers that stay from one build to the next, and those that end with their work."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest
from processes import is_there

from mathbook.build.pools import FRESH, LastingPools
from mathbook.diagnostics import Collector
from mathbook.document.theme import Theme
from mathbook.theme.load import load_theme


def theme_named(name: str) -> Theme:
    theme = load_theme(name, None, Collector())
    assert theme
    return theme


@pytest.fixture(scope="module")
def lecture() -> Theme:
    return theme_named("lecture")


@pytest.fixture
def pools() -> Iterator[LastingPools]:
    with closing(LastingPools()) as lasting:
        yield lasting


def worker(pools: LastingPools, theme: Theme) -> int:
    with pools.of(1, 1, theme) as pool:
        return int(pool.submit(os.getpid).result())


def test_a_lasting_pool_keeps_its_workers_until_it_is_closed(pools: LastingPools, lecture: Theme):
    first = worker(pools, lecture)
    assert worker(pools, lecture) == first
    pools.close()
    assert not is_there(first)


def test_another_theme_has_other_workers(pools: LastingPools, lecture: Theme):
    assert worker(pools, lecture) != worker(pools, theme_named("seminar"))


def test_a_worker_that_died_is_replaced(pools: LastingPools, lecture: Theme):
    first = worker(pools, lecture)
    os.kill(first, signal.SIGKILL)
    assert worker(pools, lecture) != first


def test_work_that_is_broken_off_ends_the_workers(pools: LastingPools, lecture: Theme):
    first = worker(pools, lecture)
    with pytest.raises(KeyboardInterrupt), pools.of(1, 1, lecture):
        raise KeyboardInterrupt
    assert not is_there(first)
    assert worker(pools, lecture) != first


def test_a_fresh_pool_ends_with_its_work(lecture: Theme):
    with FRESH.of(1, 1, lecture) as pool:
        process = pool.submit(os.getpid).result()
    assert not is_there(process)


def has_room(room: str) -> bool:
    return room in sys.modules


def test_workers_that_are_ready_have_imported_the_rooms(
    pools: LastingPools, lecture: Theme, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("mathbook.build.pools._can_fork", lambda: False)  # a double has what its process has
    assert not pools.are_there
    pools.get_ready(1, lecture, ["mathbook.epub"])
    assert pools.are_there
    with pools.of(1, 1, lecture) as pool:
        assert pool.submit(has_room, "mathbook.epub.compile").result()
        assert not pool.submit(has_room, "mathbook.deck.compile").result()
