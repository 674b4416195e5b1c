"""Who opens a sentence in which nobody is made to speak, and may speak behind it."""

from __future__ import annotations

import re

from septel.record.attribution.reporting_verbs import ReportingClause
from septel.record.attribution.speakers import ResolvedSpeaker
from septel.record.attribution.subjects import SubjectFinder
from septel.record.attribution.tokens import Subject, SubjectKind
from septel.record.attribution.tracker import Tracker
from septel.record.layout import LayoutBlock, Prose
from septel.record.model import SpeakerBasis
from septel.record.people import MentionFinder, NounKind, head_of, noun_kind, offices_of

_DID = re.compile(
    r"\s+(?:HAS |HAVE |HAD |TODAY |YESTERDAY )?(?:\w+ED|PAID|CAME|WENT|SENT|TOOK|MADE|GAVE|SAW|MET"
    r"|LEFT|BROUGHT|SOUGHT|UNDERSTOOD|KNEW)\b"
)
_ACTS = re.compile(r" (?:HAD|HAS|WAS|IS|DID|WOULD|COULD|\w+ED|[A-Z]{3,}(?= (?:AND|THAT)))\b")
"""The verb of whoever opens a sentence."""
_TWO = re.compile(r"\W*BOTH (?:HE|SHE|[A-Z][\w.'’-]+(?: [A-Z][\w'’-]+)?) AND\b")
_OWNER = re.compile(r"(?:[A-Z][\w.-]* ){0,3}?(?P<who>[A-Z][A-Z-]+)['’]S?\b")
_WITH_WHOM = re.compile(r",\s*(?:(?:WITH|TO|FROM|BY) WHOM|WHO)\b")
_IS = re.compile(r" (?:\w+LY )?(?:[A-Z]{3,}(?:S|ES)|DOES|MUST|MAY|WILL)\b")

_MADE_BY = re.compile(
    r"\W*(?:THE |SOME |SEVERAL )?(?:OTHER |FURTHER |MAIN |PRINCIPAL |ADDITIONAL )*"
    r"(?:ITEMS?|POINTS?|MATTERS?|SUBJECTS?|QUESTIONS?|REMARKS?|COMMENTS?) "
    r"(?:MENTIONED|RAISED|MADE|CITED|COVERED|TOUCHED ON|BROUGHT UP) BY (?:THE )?"
)


class Openers:
    """Remembers whom the sentences of a document are about."""

    def __init__(self, tracker: Tracker, finder: MentionFinder, *, listed: bool, noisy: bool) -> None:
        self._tracker = tracker
        self._finder = finder
        self._listed = listed
        self._noisy = noisy

    def names_him(self, block: LayoutBlock, start: int, end: int) -> None:
        """Remember whom a sentence is about that reports nothing: DIXON PAID A CALL. HE SAID."""
        tracker, prose = self._tracker, block.prose
        if self._noisy:
            return
        if self._is_of_two(block, start, end):
            tracker.he, tracker.unknown_here = None, True
            return
        if tracker.active is not None or self._listed:
            self._brings_in(block, start, end)
            return
        opening = SubjectFinder(prose, start, end, self._finder.names).opening()
        if opening is None or opening.kind is not SubjectKind.PHRASE:
            return
        if not _DID.match(prose.plain, opening.end):
            player = self._finder.known(prose.plain[opening.start : opening.end].split()[-1])
            if player is not tracker.he and self._acts(block, opening):
                tracker.he, tracker.unknown_here = None, True  # JOHNSTON DID NOT SEEM IMPRESSED. HE FELT
            return
        meant = tracker.reader.meant(prose, opening.start, opening.end, strong=True)
        player = meant.player
        if player is not None and player.kind == "person" and player is not tracker.author:
            tracker.he, tracker.since_he = player, 0

    def _brings_in(self, block: LayoutBlock, start: int, end: int) -> None:
        """Another who is there opens a sentence that reports nothing: HE behind it is he, or unknown."""
        tracker, prose = self._tracker, block.prose
        opening = SubjectFinder(prose, start, end, self._finder.names).opening()
        if opening is None or opening.kind is not SubjectKind.PHRASE:
            return
        player = self._finder.known(prose.plain[opening.start : opening.end].split()[-1])
        if player in (tracker.he, tracker.author) and player is not None:
            return
        if player is None or player.kind != "person" or not tracker.is_present(player):
            if self._acts(block, opening):
                tracker.he, tracker.unknown_here = None, True  # KISHI APPRECIATES IT. HE FEELS: either of two
            return
        tracker.he, tracker.since_he = player if _DID.match(prose.plain, opening.end) else None, 0
        tracker.unknown_here = tracker.unknown_here or tracker.he is None

    def _is_of_two(self, block: LayoutBlock, start: int, end: int) -> bool:
        """BOTH HE AND KIM ATTACHED IMPORTANCE TO IT; MALIK'S ONLY CONTRIBUTION WAS: HE is open behind it."""
        prose = block.prose
        if _TWO.match(prose.plain, start, end):
            return True
        opening = SubjectFinder(prose, start, end, self._finder.names).opening()
        if opening is None or opening.kind is not SubjectKind.PHRASE:
            return False
        owned = _OWNER.match(prose.plain, opening.start, end)
        player = self._finder.known(owned.group("who")) if owned else None
        return player is not None and player.kind == "person" and player is not self._tracker.he

    def _acts(self, block: LayoutBlock, opening: Subject) -> bool:
        """Whether a phrase means one person, known or not, of whom the sentence tells something."""
        plain, reader = block.prose.plain, self._tracker.reader
        head = head_of(plain[opening.start : opening.end])
        someone = (noun_kind(head) is NounKind.PERSON and not head.endswith("S")) or bool(offices_of(head))
        if not (someone or reader.is_name(head)):
            return False
        return any(p.match(plain, opening.end) is not None for p in (_ACTS, _IS, _WITH_WHOM))

    def carrier(self, block: LayoutBlock, head: ReportingClause) -> Subject | None:
        """Who opens a sentence and acts before a verb without a subject: HE HAD BEEN ILL AND AGREED."""
        start = head.start - len(head.before)
        if not re.search(r"\bAND\s*(?:\w+LY )?$", head.before) or head.participle:
            return None
        opening = SubjectFinder(block.prose, start, head.start, self._finder.names).opening()
        if opening is None or not _ACTS.match(block.prose.plain, opening.end):
            return None
        known = opening.kind is SubjectKind.PHRASE and self._tracker.reader.meant(
            block.prose, opening.start, opening.end, strong=False
        )
        return opening if known and known.player is not None else None


def whose_items(finder: MentionFinder, prose: Prose, start: int, end: int) -> ResolvedSpeaker | None:
    """OTHER ITEMS MENTIONED BY GENERAL KRULAK INCLUDED: he has the floor, whoever spoke before."""
    found = _MADE_BY.match(prose.plain, start, end)
    if found is None:
        return None
    for mention in finder.find(prose):
        player = mention.player
        if mention.start <= found.end() < mention.end and player is not None:
            return ResolvedSpeaker(
                player=player,
                side=player.person.side,
                resolution=SpeakerBasis.GOVERNING,
                mention=prose.excerpt(mention.start, mention.end),
                evidence=frozenset({"named"}),
            )
    return None
