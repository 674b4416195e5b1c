"""Nations and bodies for which one speaks, and the words that name them: one side a row, as data."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    text = (files("septel.record") / "data" / "nations.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(
        (row["side"], tuple(row["forms"].split("|")), tuple(c for c in row["capitals"].split("|") if c))
        for row in rows
    )


@cache
def _forms() -> dict[str, str]:
    """Each name of a nation or its people, in upper case, and its side."""
    return {form: side for side, forms, _ in _rows() for form in forms}


@cache
def _capitals() -> dict[str, str]:
    return {capital: side for side, _, capitals in _rows() for capital in capitals}


@cache
def _pattern() -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in sorted(_forms(), key=len, reverse=True))
    return re.compile(rf"(?<![\w.-])(?P<nation>{forms})(?![\w-]|(?<=\.)S\.)(?:'S?\b)?")


@cache
def nations_in(text: str) -> tuple[str, ...]:
    """The sides whose nations a phrase names, each once, in order; `text` in upper case."""
    return tuple(dict.fromkeys(_forms()[m.group("nation")] for m in _pattern().finditer(text)))


def nation_of(text: str) -> str | None:
    """The one side that a phrase names; None where it names none or several."""
    found = nations_in(text)
    return found[0] if len(found) == 1 else None


_AREA = re.compile(
    r"\b(?:(?:COUNTRY|DESK) (?:DIRECTOR|OFFICER)(?:,? (?:FOR|IN CHARGE OF)|,) [A-Z. -]{3,30}"
    r"|(?:DIRECTOR|OFFICER) FOR [A-Z. -]{3,30}$"
    r"|[A-Z-]+ (?:COUNTRY|DESK) (?:DIRECTOR|OFFICER)"
    r"|FOR [A-Z. -]{3,30} (?:NEGOTIATIONS|MATTERS)"
    r"|COMMISSION (?:ON|FOR) [A-Z ]{3,40}"
    r"|IN CHARGE(?: OF|,) [A-Z.,' -]{3,40}?AFFAIRS"
    r"|(?:(?!OF |FOR |THE |FOREIGN |MINIST|AMBASSADOR|SECRETARY|DIRECTOR|OFFICER|HEAD |CHIEF|DEPUTY|EMBASSY)"
    r"[A-Z][A-Z.-]+ (?:AND )?){1,3}AFFAIRS"
    r"|[A-Z][A-Z.-]+ (?:DESK|DIVISION|DIV|DEPT|SECTION|BRANCH|DEPARTMENT(?! OF\b)))\b"
)


def without_area(words: str) -> str:
    """A description in upper case without what its office deals with: that is no side.

    The director of North American affairs of a foreign ministry is not of North America.
    """
    return _AREA.sub(" ", words)


def is_nation(words: str) -> bool:
    """Whether a phrase in upper case is nothing but the name of a nation or its people."""
    return words in _forms()


def is_capital(words: str) -> bool:
    """Whether a phrase in upper case is a capital: a government, or the post of another there."""
    return words in _capitals()


def nation_of_place(words: str) -> str | None:
    """The side in whose land a place lies, by the name of the land or its capital."""
    return _capitals().get(words) or nation_of(words)


_ADJECTIVES = frozenset({"BRITISH"})
"""Adjectives that are not the name by which a side goes; of other nations the adjective is."""
_SHORT = frozenset({"UK", "U.K."})
_ALWAYS = frozenset({"US", "Soviet", "UN", "NATO"})


def side_key(side: str | None) -> str | None:
    """One name for a side, however documents write it: `British` and `UK` are one."""
    if side is None:
        return None
    return _forms().get(side.upper(), side)


def written(side: str, beside: Iterable[str]) -> str:
    """A side as a document writes it: `British` in one, `UK` in another.

    Args:
        side: the side.
        beside: descriptions of those who take part for it, in upper case; the first that names it tells.
    """
    if side in _ALWAYS or side not in _forms().values():
        return side
    for words in beside:
        for found in _pattern().finditer(words):
            form = found.group("nation")
            alone = words.strip() == form and len(form) > 3
            if _forms()[form] == side and (alone or form in _SHORT or form in _ADJECTIVES):
                return _singular(form, side)
    return side


def _singular(form: str, side: str) -> str:
    """The form as one writes it in a column: not `BRITISHERS` or `THAIS`, but what stands for one of them."""
    if form in _SHORT:
        return "UK"
    if form.endswith("S") and form[:-1] in _forms():
        form = form[:-1]
    return side if form == side.upper() else form.title()
