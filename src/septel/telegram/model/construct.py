"""Makes the records of the tree at less cost than their own classes do.

A frozen dataclass fills itself through `object.__setattr__`, field by field, since its own assignment is
shut. A telegram has some two hundred records, which made that a tenth of the work of parsing it. A maker
fills an open twin of the record, laid out alike, and then makes it the record: the result is the same in all
respects, and as frozen.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from septel.telegram.model.tree import (
    Addressee,
    DateTime,
    Distribution,
    Field,
    Heading,
    Mark,
    Number,
    PageHead,
    Paragraph,
    Passage,
    Section,
    Station,
    Telegram,
)
from septel.text import Locus, Span

P = ParamSpec("P")
R = TypeVar("R")


def constructor(record: Callable[P, R]) -> Callable[P, R]:
    """A function that makes what a frozen, slotted dataclass makes, from the same arguments.

    Raises:
        TypeError: the class isn't one, or a default of it is made anew for each record.
    """
    if not (isinstance(record, type) and dataclasses.is_dataclass(record) and "__slots__" in vars(record)):
        raise TypeError(f"{record!r} is no slotted dataclass")
    fields = dataclasses.fields(record)
    held: dict[str, object] = {"Record": record, "Twin": _twin(record)}
    ahead: list[str] = []
    named: list[str] = []
    for one in fields:
        if one.default_factory is not dataclasses.MISSING or not one.init:
            raise TypeError(f"{record.__name__}.{one.name} is made anew for each record")
        given = one.name
        if one.default is not dataclasses.MISSING:
            held[f"default_{one.name}"] = one.default
            given += f"=default_{one.name}"
        (named if one.kw_only else ahead).append(given)
    given = ", ".join([*ahead, *(["*", *named] if named else [])])
    body = [f"made.{one.name} = {one.name}" for one in fields]
    checked = ["made.__post_init__()"] if hasattr(record, "__post_init__") else []
    lines = ["made = Twin()", *body, "made.__class__ = Record", *checked, "return made"]
    exec(f"def make({given}):\n    " + "\n    ".join(lines), held)
    made = held["make"]
    return cast("Callable[P, R]", made)


def _twin(record: type) -> type:
    """An open class laid out as a record is."""
    names = tuple(one.name for one in dataclasses.fields(record))
    return types.new_class(
        record.__name__,
        getattr(record, "__orig_bases__", record.__bases__),
        exec_body=lambda body: body.update({"__slots__": names}),
    )


new_span = constructor(Span)
new_locus = constructor(Locus)
new_field = constructor(Field)
new_mark = constructor(Mark)
new_page_head = constructor(PageHead)
new_station = constructor(Station)
new_addressee = constructor(Addressee)
new_passage = constructor(Passage)
new_paragraph = constructor(Paragraph)
new_date_time = constructor(DateTime)
new_number = constructor(Number)
new_distribution = constructor(Distribution)
new_section = constructor(Section)
new_heading = constructor(Heading)
new_telegram = constructor(Telegram)
