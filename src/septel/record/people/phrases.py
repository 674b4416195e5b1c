"""What a noun phrase names, by its head: a document, a body, a person by office, a thing."""

from __future__ import annotations

import csv
import re
from enum import StrEnum
from functools import cache
from importlib.resources import files


class NounKind(StrEnum):
    """What the head of a phrase is."""

    DOCUMENT = "document"
    BODY = "body"
    PERSON = "person"
    THING = "thing"


@cache
def _nouns() -> dict[str, NounKind]:
    text = (files("septel.record") / "data" / "nouns.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {word: NounKind(row["kind"]) for row in rows for word in row["words"].split()}


@cache
def function_words(kind: str) -> frozenset[str]:
    """The function words of a kind, in upper case, as the shipped table has them."""
    text = (files("septel.record") / "data" / "function_words.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return next(frozenset(row["words"].split()) for row in rows if row["kind"] == kind)


@cache
def _common() -> frozenset[str]:
    text = (files("septel.record") / "data" / "common_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


def is_common(word: str) -> bool:
    """Whether a word in upper case is one that prints write small: no name, unless a title says so."""
    return word in _common()


_ABSTRACT = re.compile(r".{2,}(?:TION|TIONS|MENT|MENTS|NESS|ITY|ITIES|ISM|SHIP|LOGY|CRACY)$")
_ABSTRACT_OR_NAME = re.compile(r".{2,}(?:ENCE|ANCE|URE|AGE|ING|INGS|SIS|ETH)$")
"""Endings that names have as well (`Topping`, `McClure`): of a thing where prints write the word small."""
_AGENT = re.compile(r".{3,}(?:ISTS?|MEN|MAN|CRATS?|EERS?|IANS?)$")
_ONE_AGENT = re.compile(r".{3,}(?:ER|OR|WOMAN)$")


@cache
def noun_kind(word: str) -> NounKind | None:
    """The kind of a noun in upper case; None where it may be a name."""
    found = _nouns().get(word) or (_nouns().get(word[:-1]) if word.endswith("S") and len(word) > 4 else None)
    if found is None and (_ABSTRACT.match(word) or (_ABSTRACT_OR_NAME.match(word) and is_common(word))):
        return NounKind.THING
    return found


@cache
def may_be_agent(word: str, *, one: bool = False) -> bool:
    """Whether a common noun, by its ending, is of persons (`LOYALISTS`; `BANKER`, where it is of one)."""
    return _AGENT.match(word) is not None or (one and _ONE_AGENT.match(word) is not None)


_HEADLESS = re.compile(r"\s(?:OF|AT|IN|FOR|TO|ON|FROM|WITH|BY)\s.*$")


def head_of(phrase: str) -> str:
    """The head of a noun phrase in upper case: its last word before a preposition."""
    words = _HEADLESS.sub("", phrase).split()
    while len(words) > 1 and re.fullmatch(r"[IVX]+|\d+", words[-1]):
        words.pop()
    return words[-1].removesuffix("'S").strip(".'") if words else ""


_OWNER = re.compile(r"^(?P<owner>.+?)(?:'S|S')\s+(?P<owned>.+)$")


def owner_of(phrase: str) -> tuple[str, str] | None:
    """Owner and what is owned (`EVRON'S TELEGRAM`); None where nothing is owned."""
    found = _OWNER.match(phrase)
    return (found.group("owner"), found.group("owned")) if found else None
