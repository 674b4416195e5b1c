"""Finds what a telegram refers to: numbered telegrams, series, airgrams, and words such as SEPTEL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from septel.citations.extraction.reference import Reference, ReferenceKind
from septel.citations.extraction.scanner import scan
from septel.citations.extraction.words import PARTIES
from septel.lexicon import Lexicon
from septel.telegram import Layer, Telegram
from septel.text import JoinedLines, Reading

# Brackets alone (a portion mark, NOTAL) are no reference.
_LETTERED = re.compile(r"\(?([A-J])[.)]\)?\s")
_SUBSTANCE = re.compile(r"[A-Z]{2,}(?![^(]*\))")


def references(telegram: Telegram, reading: Reading) -> tuple[Reference, ...]:
    """All mentions of other documents, in the order of the text; the heading's reference line first."""
    parties = _Parties.of(telegram)
    own_series = _own_series(telegram)
    found: list[Reference] = []
    for strip in _strips(telegram, reading):
        found += scan(strip, own_series=own_series)
    if reading.text != reading.source.text:
        # A restorer that gave a word up leaves nothing of it; where the page itself shows it, it counts.
        for strip in _strips(telegram, Reading.of(reading.source)):
            for reference in scan(strip, own_series=own_series):
                if not any(reference.locus.span.overlaps(one.locus.span) for one in found):
                    found.append(reference)
    own = _own(telegram)
    found = [parties.named(reference) for reference in found]
    found = [one for one in found if (one.post or one.series, one.number) not in own]
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


def _strips(telegram: Telegram, reading: Reading) -> Iterator[JoinedLines]:
    lines: list[int] = []
    owners: dict[str, list[int]] = {}
    for number, (layer, part) in enumerate(telegram.owners, 1):
        if part == "reference":
            lines.append(number)
        if layer is Layer.TEXT and part != "signature":
            owners.setdefault(part, []).append(number)
    if lines:
        yield JoinedLines.of(reading, lines, "heading")
    for part, numbers in owners.items():
        yield JoinedLines.of(reading, numbers, part)


def _own(telegram: Telegram) -> frozenset[tuple[str | None, str | None]]:
    """The telegram's own numbers: what repeats them (a page's head, a class line) cites nothing."""
    heading = telegram.heading
    number = heading.number.value if heading.number else None
    own = {(number.post, str(number.serial))} if number and number.post else set()
    own |= {(field.value.series, field.value.number) for field in heading.series}
    return frozenset(own)


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
