"""Telling whoever waits how far a long run has come."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], None]
"""Told the share of the work that is done, from zero to one."""


def silent(share: float) -> None:
    """Nobody waits."""
    del share
