"""How far long work is: told as a share from zero to one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Progress = Callable[[float], None]
"""Hears the share done."""


def silent(share: float) -> None:
    """Tell nobody how far the work is."""
    del share


Announced = Callable[[str], AbstractContextManager[Progress]]
"""Shows a person what long work is done, and how far it is."""


@contextmanager
def _unseen(what: str) -> Iterator[Progress]:
    del what
    yield silent


_shown: list[Announced] = [_unseen]


def show_with(announced: Announced) -> None:
    """Have long work shown that nobody asked for, as when an archive is brought up to date."""
    _shown[:] = [announced]


def announced(what: str) -> AbstractContextManager[Progress]:
    """Show such work; gives what hears the share done."""
    return _shown[0](what)
