"""Sentences that open with one who speaks in the document, and tell what he thinks, plans or holds.

`THE SHAH WANTED FIVE FIELDS`, `LUXEMBOURG SAW NO DIFFICULTY`, `RIFAI WITH TEARS IN HIS EYES SAID`: no verb of
saying tells that he spoke, or something stands between him and it. Only those who speak elsewhere in the
document, or are present, are taken at their views: of others the reporter tells what he has gathered.
"""

from __future__ import annotations

import re

from septel.record.attribution.besides.told_words import ADJUNCT, FEELING, GUESSED, HOLDS
from septel.record.attribution.speakers import Attribution
from septel.record.attribution.subjects import SubjectFinder
from septel.record.attribution.tokens import SubjectKind
from septel.record.attribution.tracker import Tracker
from septel.record.layout import LayoutBlock
from septel.record.model import is_nation, nation_of
from septel.record.people import NounKind, head_of, is_common, noun_kind
from septel.text import Span

_ROUND_TABLE = 4
"""Nations that speak under their names alone in a report of a council at least."""


class ViewsHeld:
    """Tells by its opening whether a sentence gives the view of one who speaks in the document."""

    def __init__(self, tracker: Tracker, out: Attribution) -> None:
        self._finder = tracker.reader.finder
        self._reader = tracker.reader
        self._tracker = tracker
        self._spoke = [s.voice.player for s in out.sayings if s.voice.player is not None]
        nations = set()
        for said in out.sayings:
            if said.head is not None and said.head.subject.kind is SubjectKind.PHRASE:
                subject = said.head.subject
                nations.add(_nation(said.block.prose.plain[subject.start : subject.end]))
        self._council = len(nations - {""}) >= _ROUND_TABLE
        """Whether it reports a council, delegation by delegation."""

    def wants(self, words: str) -> bool:
        """Whether a sentence tells what the land of one who speaks wants; not the United States."""
        land = _nation(words)
        side = nation_of(land) if land else None
        spoke = {player.person.side for player in self._spoke}
        return side not in (None, "US") and side in spoke and HOLDS.match(words, len(land)) is not None

    def sort_of(self, block: LayoutBlock, sentence: Span) -> str | None:
        """By what a sentence shows that the one who opens it spoke; None where nothing does."""
        text = block.prose.plain
        if self._council and _nation(text[sentence.start : sentence.end]):
            return "council"
        opening = SubjectFinder(block.prose, sentence.start, sentence.end, self._finder.names).opening()
        if opening is None or opening.kind is not SubjectKind.PHRASE:
            return None
        if ADJUNCT.match(text, opening.end, sentence.end) and may_speak(block, opening.start, opening.end):
            return "adjunct"
        felt = FEELING.match(text, opening.end, sentence.end)
        if felt is None or GUESSED.search(text, sentence.start, felt.end()):
            return None
        meant = self._reader.meant(block.prose, opening.start, opening.end, strong=True)
        player = meant.player
        here = player is not None and (player in self._spoke or self._tracker.is_present(player))
        return "feels" if here and player is not self._tracker.author else None


def _nation(text: str) -> str:
    """The nation with whose name a passage opens; empty where it opens with another word."""
    words = text.replace(",", " ").split()[:3]
    return next((n for n in (" ".join(words[:i]) for i in (3, 2, 1)) if n and is_nation(n)), "")


def may_speak(block: LayoutBlock, start: int, end: int) -> bool:
    """Whether a phrase is of a person, a body or a nation."""
    words = block.prose.plain[start:end].strip()
    head = head_of(words)
    if noun_kind(head) in (NounKind.PERSON, NounKind.BODY) or is_nation(head):
        return True
    if noun_kind(head) is not None:
        return False
    text = block.prose.text
    if text.isupper():
        return bool(head) and head.isalpha() and not is_common(head)
    return re.search(r"[A-Z][\w'’.-]*\W*$", text[start:end].strip()) is not None
