"""How far long work is: told as a share from zero to one."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], None]
"""Hears the share done."""


def silent(share: float) -> None:
    """Tell nobody how far the work is."""
    del share
