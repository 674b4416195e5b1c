"""Finds what a telegram refers to: numbered telegrams, series, airgrams, and words such as SEPTEL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from septel.lexicon import Lexicon
from septel.record.references_words import PARTIES
from septel.record.strip import Strip
from septel.telegram import Telegram
from septel.text import Locus, Reading, Span


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
    DESPATCH = "despatch"
    """A numbered despatch, the form before the airgram."""
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
        normal: the normal form, for example `LA PAZ 7697`, `TOSALT 005`, `A-150`, `USDAO LA PAZ 242015Z`.
        locus: where it stands in the source.
        paragraph: the path of the paragraph, `summary`, `opening`, or `heading` for the reference line.
        post: the post of the lexicon whose run the number belongs to. For a telegram named by its party
            (`URTEL 417`) it follows from the citing telegram's own addresses, where these leave but one.
        number: the number, without leading noughts, or None; series numbers keep theirs.
        series: the name of the series.
        letter: the letter of the reference line (A, B, ...) that it bears or cites.
        parts: the paragraphs of the other document that are meant (`PARA 2 REFTEL`), as paths.
        year: the year where the text gives it.
        dated: the date where the text gives it: `1973-11-09`, `1973-07` or, without a year, `--06-10`.
        sender: the sender of a message named by its date-time group, as written.
        time: that date-time group, as `day hour minute` figures with zone, month and year as far as given.
        not_to_all: whether NOTAL stands with it.
    """

    kind: ReferenceKind
    raw: str
    normal: str
    locus: Locus
    paragraph: str
    post: str | None = None
    number: str | None = None
    series: str | None = None
    letter: str | None = None
    parts: tuple[str, ...] = ()
    year: int | None = None
    dated: str | None = None
    sender: str | None = None
    time: str | None = None
    not_to_all: bool = False


# Brackets alone (a portion mark, NOTAL) are no reference.
_LETTERED = re.compile(r"\(?([A-J])[.)]\)?\s")
_SUBSTANCE = re.compile(r"[A-Z]{2,}(?![^(]*\))")


def references(telegram: Telegram, reading: Reading) -> tuple[Reference, ...]:
    """All mentions of other documents, in the order of the text; the heading's reference line first."""
    from septel.record.references_scan import scan

    parties = _Parties.of(telegram)
    own_series = _own_series(telegram)
    found: list[Reference] = []
    for strip in _strips(telegram, reading):
        found += scan(strip, own_series=own_series)
    if reading.edits:
        # A restorer that gave a word up leaves nothing of it; where the page itself shows it, it counts.
        for strip in _strips(telegram, Reading.of(reading.source)):
            for reference in scan(strip, own_series=own_series):
                if not any(reference.locus.span.overlaps(one.locus.span) for one in found):
                    found.append(reference)
    found = [parties.named(reference) for reference in found]
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
                    letter=lead.group(1) if (lead := _LETTERED.match(item.value)) else None,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parties:
    """Who writes to whom: what DEPTEL, EMBTEL, URTEL and OURTEL mean in this telegram."""

    sender: str | None
    receiver: str | None

    @classmethod
    def of(cls, telegram: Telegram) -> _Parties:
        heading = telegram.heading
        sender = heading.originator.value.post if heading.originator else None
        if sender is None and heading.number:
            sender = heading.number.value.post
        action = {a.station.post for a in heading.action}
        return cls(sender=sender, receiver=action.pop() if len(action) == 1 else None)

    def named(self, reference: Reference) -> Reference:
        """The reference with the post that its words mean here."""
        if reference.post is not None or reference.kind not in _BY_PARTY:
            return reference
        word = reference.normal.partition(" ")[0]
        role = PARTIES.get(word, "")
        posts = {
            "department": "STATE",
            "own": self.sender if self.sender != "STATE" else self.receiver,
            "sender": self.sender,
            "receiver": self.receiver,
        }
        post = posts.get(role, role or None)
        if post is None:
            return reference
        return Reference(
            **{name: getattr(reference, name) for name in Reference.__slots__ if name != "post"}, post=post
        )


_BY_PARTY = (ReferenceKind.BY_PARTY,)


def reference_from_json(data: Mapping[str, Any]) -> Reference:
    """A reference as the archive keeps it.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    locus = data["locus"]
    where = (
        Locus.parse(locus)
        if isinstance(locus, str)
        else Locus(str(locus["source_id"]), Span(int(locus["span"]["start"]), int(locus["span"]["end"])))
    )
    told = {name: data.get(name) for name in _TOLD}
    return Reference(
        kind=ReferenceKind(data["kind"]),
        raw=data["raw"],
        normal=data["normal"],
        locus=where,
        paragraph=data["paragraph"],
        parts=tuple(data.get("parts") or ()),
        not_to_all=bool(data.get("not_to_all")),
        **told,
    )


_TOLD = ("post", "number", "series", "letter", "year", "dated", "sender", "time")
