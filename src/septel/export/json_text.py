"""JSON that a person can read and a machine writes fast: one line for each item of the outer levels.

Indenting every level would put each number of a span on a line of its own, and Python's encoder does it five
times slower.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

_LEVELS = 2
_flat = json.JSONEncoder(ensure_ascii=False).encode
"""One encoder for all: `json.dumps` makes a new one for each value."""


def json_text(data: object, *, levels: int = _LEVELS) -> str:
    """A document; `levels` of its structure are laid out over lines, what lies deeper stands on one."""
    return "".join(_pieces(data, levels, 1)) + "\n"


def _pieces(data: object, levels: int, depth: int) -> Iterator[str]:
    if levels and isinstance(data, Mapping) and data:
        opening, closing = "{", "}"
        items = [(f"{_flat(str(key))}: ", value) for key, value in data.items()]
    elif levels and isinstance(data, list | tuple) and data:
        opening, closing = "[", "]"
        items = [("", value) for value in data]
    else:
        yield _flat(data)
        return
    space = "\n" + " " * depth
    yield opening
    for number, (key, value) in enumerate(items):
        yield f"{',' if number else ''}{space}{key}"
        yield from _pieces(value, levels - 1, depth + 1)
    yield f"{space[:-1]}{closing}"
