"""Whom HE and SHE may mean, by the clause, the paragraph, the titles of the document."""

from __future__ import annotations

import re
from collections.abc import Callable

from septel.record.attribution.reporting_verbs import ReportingClause
from septel.record.attribution.tokens import Subject
from septel.record.layout import DocumentLayout, LayoutBlock, Prose
from septel.record.people import MentionKind, Participant, Reader

_LADY = re.compile(
    r"\b(?:MRS|MISS|MADAME|MME|QUEEN|PRINCESS)\.?\s+(?:[A-Z][A-Z.]*\s+)??(?P<name>[A-Z][A-Z'-]{2,})"
)
_CONCEDES = re.compile(r"\W*(?:ALTHOUGH|THOUGH|WHILE|AS|SINCE|BECAUSE)\s+")


class Pronouns:
    """What a document tells of those whom it calls HE."""

    def __init__(self, paper: DocumentLayout, reader: Reader) -> None:
        self._reader = reader
        self._ladies = frozenset(
            name
            for block in paper.blocks
            for found in _LADY.finditer(block.prose.plain)
            for name in (found.group("name"),)
        )

    def of_clause(self, block: LayoutBlock, head: ReportingClause) -> Participant | None:
        """Whom the clause that opens the sentence is about: ALTHOUGH PAK HAD NOT EXPECTED IT, HE NOTED."""
        opened = _CONCEDES.match(head.before)
        if opened is None:
            return None
        start = head.subject.start - len(head.before)
        for mention in self._reader.finder.find(block.prose):
            if mention.start < start + opened.end():
                continue
            if (
                mention.start > start + opened.end() + 1
                or mention.possessive
                or mention.kind not in (MentionKind.NAME, MentionKind.OFFICE)
            ):
                return None
            return mention.player
        return None

    def another_opens(
        self,
        block: LayoutBlock,
        head: ReportingClause,
        player: Participant,
        is_present: Callable[[Participant | None], bool],
    ) -> bool:
        """Whether the sentence opens with another who is there: SHILOAH SPOKE OF IT, WHICH, HE SAID."""
        start = head.subject.start - len(head.before)
        opens = [m for m in self._reader.finder.find(block.prose) if m.start == start]
        if not opens or opens[0].possessive or opens[0].kind not in (MentionKind.NAME, MentionKind.OFFICE):
            return False
        other = opens[0].player
        return other is not None and other is not player and is_present(other)

    def mentioned(
        self, block: LayoutBlock, until: int, is_present: Callable[[Participant | None], bool]
    ) -> Participant | None:
        """The one person present whom a paragraph names before HE; None where it names two."""
        found = {
            m.player.person.key: m.player
            for m in self._reader.finder.find(block.prose)
            if m.end <= until
            and m.kind is MentionKind.NAME
            and m.player is not None
            and m.player is not self._reader.finder.cast.author
            and not m.possessive
            and is_present(m.player)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def of_sex(self, prose: Prose, subject: Subject, player: Participant | None) -> Participant | None:
        """SHE is whom the document calls Mrs.; HE is not."""
        she = prose.plain[subject.start : subject.end] in ("SHE", "HER")
        if player is not None and (player.person.surname.upper() in self._ladies) is she:
            return player
        if not she:
            return None
        known = [self._reader.finder.known(name) for name in self._ladies]
        ladies = {p.person.key: p for p in known if p is not None}
        return next(iter(ladies.values())) if len(ladies) == 1 else None

    def rivals(self, block: LayoutBlock, until: int, player: Participant) -> list[str]:
        """Whether HE would be another by a second method: the one named last in the paragraph."""
        named = [
            m
            for m in self._reader.finder.find(block.prose)
            if m.end <= until and m.kind in (MentionKind.NAME, MentionKind.OFFICE) and m.player is not None
        ]
        plain = block.prose.plain
        told = [
            m
            for m in named
            if not m.possessive and plain.count("(", 0, m.start) <= plain.count(")", 0, m.start)
        ]
        if not told:
            return ["he: none named here"]
        evidence = ["he: named last" if told[-1].player is player else "he: another named last"]
        if len({m.player.person.key for m in told if m.player is not None}) > 1:
            evidence.append("he: several named")
        return evidence
