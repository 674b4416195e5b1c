"""Doing one thing to very many items in several processes, in order, with little in memory at a time."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 32
"""Items handed to a process at once: a parsed telegram costs less than handing it over."""


def mapped(do: Callable[[T], R], items: Iterable[T], *, jobs: int = 1, chunk: int = CHUNK) -> Iterator[R]:
    """What comes of each item, in the order of the items; taken and given as they are asked for.

    Memory stays flat however many items there are: at most two chunks per process are under way.

    Args:
        do: what is done; with more than one job a function that another process can import.
        items: any iterator; it is never taken whole.
        jobs: how many processes; one means this process and no other.
        chunk: how many items a process gets at once.
    """
    if jobs <= 1:
        yield from map(do, items)
        return
    source = iter(items)
    waiting: deque[Future[list[R]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        while True:
            while len(waiting) < 2 * jobs and (taken := list(islice(source, chunk))):
                waiting.append(pool.submit(_each, do, taken))
            if not waiting:
                return
            yield from waiting.popleft().result()


def _each(do: Callable[[T], R], items: list[T]) -> list[R]:
    return [do(item) for item in items]
