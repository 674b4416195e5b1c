"""Lines of one kind with their continuations, for the builders of the heading."""

from __future__ import annotations

import re

from septel.lexicon import Lexicon
from septel.telegram.heading.own_post import typed_post
from septel.telegram.lines import ClassifiedLines, LineKind, TelegramLine, locus_in
from septel.telegram.lines import fuzzy_fields as near
from septel.telegram.model import Station
from septel.text import Locus, Reading, Span

_SECTION = re.compile(r"(?<=[A-Z])[ /]+J-?\d\b")


class Grouped:
    """The lines of one walk by kind; what all builders of the heading share."""

    def __init__(self, walk: ClassifiedLines, reading: Reading, lexicon: Lexicon) -> None:
        self._walk = walk
        self._reading = reading
        self._lexicon = lexicon
        self._by_kind = walk.by_kind

    def _of(self, kind: LineKind) -> list[TelegramLine]:
        return self._by_kind.get(kind, [])

    def _groups(self, kind: LineKind) -> list[list[TelegramLine]]:
        """Lines of a kind with their continuations."""
        groups: list[list[TelegramLine]] = []
        for line in self._of(kind):
            if line.continues and groups:
                groups[-1].append(line)
            else:
                groups.append([line])
        return groups

    def _field_text(self, group: list[TelegramLine], start: int) -> tuple[str, Locus]:
        first = group[0]
        parts = [first.text[start:].strip(), *(line.text for line in group[1:])]
        text = ""
        for part in parts:
            text = (
                text[:-1] + part
                if text.endswith("-") and part[:1].isalpha() and text[-2:-1].isalpha()
                else f"{text} {part}"
            )
        locus = locus_in(self._reading, first, min(start, len(first.text)), len(first.text))
        if len(group) > 1:
            locus = Locus(locus.source_id, Span(locus.span.start, group[-1].span.end))
        return text.strip(), locus

    def _station(self, name: str) -> Station:
        # A staff section is no part of a command's name: `USCINCSO J2 QUARRY HEIGHTS CZ`.
        whole = _SECTION.sub("", name)
        noisy = self._walk.noisy
        post = near.station(whole, self._lexicon) if noisy else typed_post(whole, self._lexicon)
        return Station(name=name, post=post.name if post else None)
