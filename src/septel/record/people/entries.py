"""Entries of a list of participants that hold several persons: one for each."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from septel.record.layout import ListedParticipant
from septel.record.model import is_nation
from septel.record.people.phrases import is_common, noun_kind

_SEVERAL = re.compile(r"^(?:Messrs)\.?\s+(?P<names>.+)$")
_LONE_NAME = re.compile(r"(?:[A-Z]\.\s*)*[A-Z][\w'’-]+")
_PRESENT = re.compile(r"\s+(?:was|were)\s+(?:also\s+)?(?:present|in attendance)\b.*$", re.DOTALL)
_OFFICE_BEHIND = re.compile(r"\s*\([^)]*\)\s*$")
_VICE = re.compile(r"\s+vice\s+[^,;]+")
_BETWEEN = re.compile(
    r"[,;]\s*(?:and\s+)?|\s+and\s+|(?<=[a-z])\s+(?=(?:Mr|Mrs|Miss|Dr|Ambassador|General|Admiral)\.?\s+[A-Z])"
)
_ALONE = r"(?:Governor|Director|Judge|Under Secretary|Messrs)"


@cache
def _titled(titles: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:The )?(?:(?:Acting|Deputy|Assistant|Under|Soviet|British|U\.S\.) )*(?i:{titles}|{_ALONE})\.?\s+"
        r"(?:[A-Z]\.\s*)*[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
    )


@cache
def _both(titles: str) -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<first>.+?)\s+and\s+(?P<second>(?:(?:Soviet|British|U\.S\.) )*(?i:{titles})\b.+)$"
    )


def entries_of(entry: ListedParticipant, titles: str) -> tuple[ListedParticipant, ...]:
    """One entry for each person: `Dr. Kissinger and Ambassador Dobrynin` are two.

    A line of names with their titles (`Governor Harriman, Mr. Bell, Mr. Wilson vice Mr. Murrow`) is one
    each; the office in brackets behind them (`Mr. Behrman and Mr. George (Commerce)`) is that of all, and
    whoever somebody stands in for was not there.

    Args:
        entry: the entry.
        titles: the titles of persons, as a pattern.
    """
    words = entry.text.words.strip()
    several = _SEVERAL.match(words)
    if several:
        names = [n.strip() for n in re.split(r",\s*(?:and\s+)?|\s+and\s+", several.group("names"))]
        names = [n for n in names if _LONE_NAME.fullmatch(n)]
        if len(names) > 1:
            return tuple(_one(entry, f"Mr. {name}") for name in names)
    office = _OFFICE_BEHIND.search(words)
    line = _PRESENT.sub("", words[: office.start()] if office else words)
    parts = [part.strip() for part in _BETWEEN.split(_VICE.sub("", line)) if part.strip()]
    if len(parts) > 1 and all(_is_person(part, titles) for part in parts):
        behind = office.group().strip() if office else ""
        return tuple(_one(entry, f"{part} {behind}".strip()) for part in parts)
    both = _both(titles).match(words)
    if not both or "," in both.group("first"):
        return (entry,)
    return tuple(_one(entry, both.group(name)) for name in ("first", "second"))


def _is_person(words: str, titles: str) -> bool:
    """A title and a name: `General Krulak`, and not `Ambassador British Embassy` or `Director Personnel`."""
    if _titled(titles).fullmatch(words) is None:
        return False
    _, *name = re.findall(r"[\w'’-]{2,}", words.upper())
    civil = re.match(r"(?:The )?(?:Mr|Mrs|Miss|Dr|General|Gen|Colonel|Admiral|Messrs)\b", words) is not None
    return bool(name) and not any(
        is_nation(word) or noun_kind(word) is not None or (is_common(word) and not civil)
        for word in name[-1:]
    )


def _one(entry: ListedParticipant, words: str) -> ListedParticipant:
    return replace(entry, text=replace(entry.text, words=words))
