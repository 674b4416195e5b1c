"""JSON that a person can read and a machine writes fast: one line for each item of the outer levels.

Indenting every level would put each number of a span on a line of its own, and Python's encoder does it five
times slower.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from json import encoder

_LEVELS = 2

quote: Callable[[str], str] = encoder.encode_basestring
"""A text as JSON has it, quotes and all."""


class Written(tuple[str, ...]):
    """A list whose items are JSON already: made as text where there is one for each line of a document."""

    __slots__ = ()


def _made() -> Callable[[object], str]:
    """What writes a value on one line: one encoder for all, where Python has the one written in C."""
    make = getattr(encoder, "c_make_encoder", None)
    if make is None:
        return json.JSONEncoder(ensure_ascii=False).encode
    # `JSONEncoder.encode` makes a new one for each value, which takes as long as to write a short one.
    encode = make(None, _refuse, encoder.encode_basestring, None, ": ", ", ", False, False, True)
    return lambda value: "".join(encode(value, 0))


def _refuse(value: object) -> object:
    raise TypeError(f"{type(value).__name__} is no value of JSON")


json_line = _made()
"""A value on one line."""


def json_text(data: object, *, levels: int = _LEVELS) -> str:
    """A document; `levels` of its structure are laid out over lines, what lies deeper stands on one."""
    return f"{_laid(data, levels, 1)}\n"


def _laid(data: object, levels: int, depth: int) -> str:
    items: Sequence[str]
    if isinstance(data, str):
        # The encoder takes thrice as long to find out that it is a text.
        return quote(data)
    if not data or isinstance(data, (int, float)):
        return json_line(data)
    if isinstance(data, Written):
        marks, items = "[]", data
        if not levels:
            return f"[{', '.join(items)}]"
    elif not levels:
        return json_line(data)
    elif isinstance(data, (dict, Mapping)):
        marks, items = (
            "{}",
            [f"{quote(str(key))}: {_laid(value, levels - 1, depth + 1)}" for key, value in data.items()],
        )
    elif isinstance(data, (list, tuple)):
        marks, items = (
            "[]",
            (
                [_laid(value, levels - 1, depth + 1) for value in data]
                if levels > 1
                else [*map(json_line, data)]
            ),
        )
    else:
        return json_line(data)
    space = "\n" + " " * depth
    return f"{marks[0]}{space}{f',{space}'.join(items)}{space[:-1]}{marks[1]}"
