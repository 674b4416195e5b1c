"""A process that parses many telegrams."""

from __future__ import annotations

import gc
from functools import lru_cache

from septel.lexicon import Lexicon
from septel.telegram.parsing import parser

_THRESHOLD = 50_000


@lru_cache(maxsize=1)
def prepare() -> None:
    """Make this process ready to parse very many telegrams; it may be called any number of times.

    A parsed telegram holds no reference cycles, so it is freed as soon as nobody holds it. Python's collector
    of cycles would nevertheless walk over every new tree, and over the lexicon, again and again: it is told
    to leave alone what is loaded by now, and to look for cycles less often. Memory stays as it was
    (`septel bench parse`).
    """
    Lexicon.shipped()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_THRESHOLD, 20, 100)


def is_compiled() -> bool:
    """Whether the parser was compiled when Septel was installed (docs/telegram.md): then it is faster."""
    return not str(parser.__file__).endswith(".py")
