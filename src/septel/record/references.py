"""Finds what a telegram refers to: numbered telegrams, series, airgrams, and words such as SEPTEL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from septel.lexicon import Lexicon
from septel.record.strip import Strip
from septel.telegram import Telegram
from septel.text import Locus, Reading


class ReferenceKind(StrEnum):
    """What a reference points to, as far as its own form says."""

    TELEGRAM = "telegram"
    """A post and a number: `MOSCOW 4321`."""
    SERIES = "series"
    """A number in a delegation's run: `TOSALT 005`."""
    SEPARATE = "separate telegram"
    """SEPTEL: sent apart, its number not given."""
    REFTEL = "reference telegram"
    """REFTEL, REF A: what the reference line names."""
    BY_PARTY = "telegram by party"
    """DEPTEL, EMBTEL, URTEL, OURTEL, MYTEL with or without a number: who sent it must be worked out."""
    AIRGRAM = "airgram"
    """A-150."""
    BY_TIME = "message by date-time group"
    """A sender and the time of sending, mostly military."""
    OTHER = "other"
    """Something on the reference line that is no message: a letter, a telephone conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One mention of another document.

    Attributes:
        kind: what it points to.
        raw: as it stands.
        normal: the normal form, for example `LA PAZ 7697`, `TOSALT 005`, `A-150`.
        locus: where it stands in the source.
        paragraph: the path of the paragraph, `summary`, `opening`, or `heading` for the reference line.
        post: the post of the lexicon whose run the number belongs to, where it is named.
        number: the number, without leading noughts, or None; series numbers keep theirs.
        letter: the letter of the reference line (A, B, ...) that it bears or cites.
        part: the paragraph of the other document that is meant (`PARA 2 REFTEL`), or None.
        year: the year where the text gives it.
        not_to_all: whether NOTAL stands with it.
    """

    kind: ReferenceKind
    raw: str
    normal: str
    locus: Locus
    paragraph: str
    post: str | None = None
    number: str | None = None
    letter: str | None = None
    part: str | None = None
    year: int | None = None
    not_to_all: bool = False


_MONTH = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)[A-Z]*"


def _part(n: int) -> str:
    # A pattern can't use one group name twice.
    return rf"(?:(?:PARA(?:GRAPH)?S?\.?|SUBPARA)\s*(?P<part{n}>\d{{1,2}}(?:\s?[A-Z]\b)?)[, ]+(?:OF |IN )?)?"


def _item(n: int) -> str:
    return rf"(?:\(?(?P<item{n}>[A-Z1-9])[.)]\)?\s*)?"


_NOT_POSTS = frozenset({"AGR", "COM", "MARCH", "MAY", "PUBLIC", "TITLE"})


def _spaced(word: str) -> str:
    return r"\s?".join(word)


@lru_cache(maxsize=64)
def _pattern(more: tuple[str, ...] = ()) -> re.Pattern[str]:
    """The pattern of all forms; `more` are series of this telegram that no list has."""
    lexicon = Lexicon.shipped()
    posts = "|".join(
        re.escape(name).replace(r"\ ", r"\s+") for name in lexicon.post_names if name not in _NOT_POSTS
    )
    series = "|".join(_spaced(name) for name in (*lexicon.series_names, *more))
    return re.compile(
        rf"{_part(1)}(?P<septel>\bSEPTELS?)"
        rf"|{_part(2)}\b(?:REFTELS?(?:\s+\(?(?P<reflet>[A-H])\b)?|REFAIR|REFS?\.?\s+\(?(?P<reflet2>[A-H])\b)"
        rf"|{_part(3)}\b(?P<party>DEPTEL|EMBTEL|URTEL|OURTEL|MYTEL|CIRTEL|CONTEL|YOURTEL|DEPCIRTEL|USUNTEL)S?"
        rf"(?:\s+(?:NO\.?\s*)?(?P<partyno>\d{{1,6}}))?"
        rf"|{_item(4)}\b(?P<series>{series})\s+(?:NO\.?\s*)?(?P<seriesno>\d[\d ]{{0,5}}\d|\d)\b"
        rf"|{_item(1)}(?:\b(?P<year>[67]\d)\s+)?\b(?P<apost>{posts})?['S]{{0,2}}\s*\b(?P<air>A-?\s?(?P<airno>\d{{1,4}}))\b(?!\s*[.]\d)"
        rf"|{_item(2)}\b(?P<sender>[A-Z][A-Z/]{{3,}}(?: (?:{posts}))?)\s+"
        r"(?:MSG\.?\s+|MESSAGE\s+)?(?:DTG\s+|DTD\s+)?(?:[ZOPR]\s+)?"
        rf"(?P<dtg>\d{{6}}(?:Z\s?(?:{_MONTH})?|\s?{_MONTH})(?:\s?\d{{2,4}})?)\b"
        rf"|{_item(3)}(?:\b(?P<year2>[67]\d)\s+)?\b(?P<post>{posts})\s+(?:NO\.?\s*|#)?(?P<number>\d{{2,6}})\b"
    )


# Brackets alone (a portion mark, NOTAL) are no reference.
_SUBSTANCE = re.compile(r"[A-Z]{2,}(?![^(]*\))")
_NOTAL = re.compile(r"\s*,?\s*\(?NOTAL\b")
_OF_YEAR = re.compile(
    rf"\s*,?\s*\(?(?:OF\s+|DTD\s+|DATED\s+)?(?:{_MONTH}\s+\d{{1,2}},?\s+(?P<y4>19\d\d)|\d{{1,2}}/\d{{1,2}}/(?P<y2>\d\d)\b)"
)


def references(telegram: Telegram, reading: Reading) -> tuple[Reference, ...]:
    """All mentions of other documents, in the order of the text; the heading's reference line first."""
    found: list[Reference] = []
    pattern = _pattern(_own_series(telegram))
    for strip in _strips(telegram, reading):
        found += _in_strip(strip, pattern)
    if reading.edits:
        # A restorer that gave a word up leaves nothing of it; where the page itself shows it, it counts.
        for strip in _strips(telegram, Reading.of(reading.source)):
            for reference in _in_strip(strip, pattern):
                if not any(reference.locus.span.overlaps(one.locus.span) for one in found):
                    found.append(reference)
    for item in telegram.heading.references:
        covered = any(r.paragraph == "heading" and r.locus.span.overlaps(item.locus.span) for r in found)
        if not covered and _SUBSTANCE.search(item.value):
            found.append(
                Reference(
                    kind=ReferenceKind.OTHER,
                    raw=item.raw,
                    normal=item.value,
                    locus=item.locus,
                    paragraph="heading",
                )
            )
    return tuple(sorted(found, key=lambda r: (r.paragraph != "heading", r.locus.span.start)))


def _strips(telegram: Telegram, reading: Reading) -> Iterator[Strip]:
    lines = [p.line for p in telegram.places if p.part == "reference"]
    if lines:
        yield Strip.of(reading, lines, "heading")
    owners: dict[str, list[int]] = {}
    for place in telegram.places:
        if place.layer == "text" and place.part != "signature":
            owners.setdefault(place.part, []).append(place.line)
    for part, numbers in owners.items():
        yield Strip.of(reading, numbers, part)


def _own_series(telegram: Telegram) -> tuple[str, ...]:
    """The telegram's own series and its opposite direction: `RADTO` answers `TORAD`."""
    known = Lexicon.shipped().series_names
    names: set[str] = set()
    for field in telegram.heading.series:
        name = field.value.series
        stem = name[:-2] if name.endswith("TO") else name[2:]
        names |= {name, f"TO{stem}", f"{stem}TO"}
    return tuple(sorted(names - set(known)))


def _in_strip(strip: Strip, pattern: re.Pattern[str]) -> Iterator[Reference]:
    for match in pattern.finditer(strip.text):
        made = _reference(match, strip)
        if made is not None:
            yield made


def _reference(match: re.Match[str], strip: Strip) -> Reference | None:
    group = match.groupdict()
    heading = strip.paragraph == "heading"
    raw = match.group().strip()
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    kind, normal, post, number, letter = _named(group, heading)
    if kind is None:
        return None
    after = strip.text[match.end() : match.end() + 40]
    dated = _OF_YEAR.match(after)
    year = group.get("year") or group.get("year2")
    when = 1900 + int(year) if year else None
    if dated:
        when = int(dated.group("y4")) if dated.group("y4") else 1900 + int(dated.group("y2"))
    part = next(
        (g for n, g in group.items() if n.startswith("part") and n != "party" and n != "partyno" and g), None
    )
    return Reference(
        kind=kind,
        raw=raw,
        normal=normal,
        locus=strip.locus(start, match.end()),
        paragraph=strip.paragraph,
        post=post,
        number=number,
        letter=letter,
        part=part,
        year=when,
        not_to_all=bool(_NOTAL.match(after)),
    )


def _named(
    group: dict[str, str | None], heading: bool
) -> tuple[ReferenceKind | None, str, str | None, str | None, str | None]:
    lexicon = Lexicon.shipped()
    item = group["item1"] or group["item2"] or group["item3"] or group["item4"]
    if group["septel"]:
        return ReferenceKind.SEPARATE, "SEPTEL", None, None, None
    if group["series"]:
        name = "".join((group["series"] or "").split())
        number = "".join((group["seriesno"] or "").split())
        return ReferenceKind.SERIES, f"{name} {number}", None, number, item
    if group["party"]:
        word, sent = group["party"] or "", group["partyno"]
        return ReferenceKind.BY_PARTY, f"{word} {int(sent)}" if sent else word, None, sent, None
    if group["air"]:
        named = _post(lexicon, group["apost"])
        number = str(int(group["airno"] or "0"))
        if not named and "-" not in (group["air"] or "") and not heading:
            return None, "", None, None, None
        return ReferenceKind.AIRGRAM, f"{named} A-{number}" if named else f"A-{number}", named, number, item
    if group["dtg"]:
        sender = " ".join((group["sender"] or "").split())
        return ReferenceKind.BY_TIME, f"{sender} {' '.join((group['dtg'] or '').split())}", None, None, item
    if group["post"]:
        named = _post(lexicon, group["post"])
        figures = group["number"] or ""
        # `BONN 1973` in the text is a place and a year, on the reference line it is a telegram.
        if not heading and len(figures) == 4 and 1940 <= int(figures) <= 1985:
            return None, "", None, None, None
        if not heading and len(figures) < 3:
            return None, "", None, None, None
        number = str(int(figures))
        return ReferenceKind.TELEGRAM, f"{named} {number}", named, number, item
    letter = group["reflet"] or group["reflet2"]
    normal = f"REF {letter}" if letter else "REFTEL"
    return ReferenceKind.REFTEL, normal, None, None, letter


def _post(lexicon: Lexicon, name: str | None) -> str | None:
    if not name:
        return None
    post = lexicon.post(" ".join(name.split()))
    return post.name if post else None
