"""Who took part in what a document reports, and whom its sentences bring in: the rest are only told of."""

from __future__ import annotations

import re
from dataclasses import replace

from septel.record.attribution.frames import Frames, is_strong
from septel.record.attribution.reporting_verbs import ReportingClause
from septel.record.attribution.speakers import ResolvedSpeaker
from septel.record.attribution.subjects import SubjectFinder
from septel.record.attribution.tokens import Subject, SubjectKind
from septel.record.attribution.tracker import Tracker
from septel.record.layout import DocumentLayout, LayoutBlock, Prose, Role, quoted
from septel.record.model import SpeakerBasis, nations_in
from septel.record.people import (
    MentionFinder,
    MentionKind,
    NounKind,
    Reader,
    Sort,
    head_of,
    noun_kind,
    offices_of,
)

_MET = re.compile(
    r"\b(?:CALL(?:ED|ING)? (?:UP)?ON|MEETING WITH|(?:MET|MEET)(?: AGAIN)?(?: WITH)?"
    r"|CONVERSATIONS? WITH|TALK(?:ED|S)? (?:WITH|TO)|SAW"
    r"|LUNCH(?:EON|ED)? WITH|DISCUSS(?:ION|IONS|ED) WITH|DINNER WITH|APPOINTMENT WITH|INTERVIEW WITH"
    r"|SESSION WITH|RECEIVED BY"
    r"|SPOKE (?:TO|WITH)|COURTESY CALL\b[^.,]{0,70} ON|CALL\b[^.,]{0,50} ON)\s+(?:[\w.'-]+\s+){0,6}?$"
)
_TOLD_US = re.compile(r"\s*(?:TO )?(?:ME|US|AMBASSADOR|EMBOFFS?|POLOFFS?|ECONOFFS?|DCM|CHARGE|POL/OFF)\b")
_THEIRS = re.compile(r"\b(?:HIS|HER|THEIR|ITS)\s+(?:\w+\s+)?$")
_FEW = 2
"""Listed persons beyond which a list is taken to be whole: who else speaks is told of, unless he answers."""
_NEAR = 60
"""Characters before words of meeting within which it must be said whose meeting it was."""
_TOLD_OF = re.compile(r"\b(?:THAT|WHICH|WHO|WHOM|WHAT|BECAUSE|IF|WHETHER)\b")
_OURS = re.compile(r"\b(?:I|WE|ME|US|MY|OUR|EMBOFFS?|POLOFFS?|DCM|AMBASSADOR|CHARGE)\b")


def present_in(paper: DocumentLayout, reader: Reader) -> frozenset[str]:
    """The keys of those who took part: they meet the reporter, or speak first in a paragraph.

    Names are learnt on the way: whoever stands before a verb of saying.
    """
    found: set[str] = set()
    listed = sum(p.listed for p in reader.finder.cast.players) > _FEW
    text = "\n".join(block.prose.plain for block in paper.blocks)
    at = 0
    for block in paper.blocks:
        prose = block.prose
        mask = quoted(prose)
        frames = Frames(prose, mask, reader.finder)
        spoken, within = block.role in (Role.COMMENT, Role.ENCLOSED), False
        for sentence in prose.sentences:
            carrier = None
            for head in frames.of(sentence.start, sentence.end):
                if is_cited(prose, head, within=within or not paper.is_sent):
                    continue
                if head.subject.kind is SubjectKind.ELIDED and carrier is not None and not head.participle:
                    head = replace(head, subject=carrier.subject, before=carrier.before)  # CALLED AND SAID
                if head.subject.kind is not SubjectKind.PHRASE or head.modal:
                    continue
                carrier = head if not head.before.strip() else carrier
                strong = is_strong(head.verb)
                meant = reader.meant(
                    prose, head.subject.start, head.subject.end, strong=strong, after=head.subject.after
                )
                if meant.player is None or meant.sort not in (Sort.NAMED, Sort.OFFICE, Sort.DESCRIBED):
                    continue
                wishes = head.verb.group == "attitude"  # ALLENDE WISHED ME TO KNOW: told by another
                told_us = not wishes and _TOLD_US.match(prose.plain, head.end) is not None
                opens = strong and not head.perfect
                opens = opens and (len(head.before) < 100 or head.before.rstrip().endswith(","))
                new = not re.search(
                    rf"\b{re.escape(meant.player.person.surname.upper())}\b", text[: at + head.subject.start]
                )
                first = opens and (not spoken or (new and not _TOLD_OF.search(head.before)))
                handed = head.verb.group == "deliver" and not head.perfect and len(head.before) < 30
                handed = handed and (told_us or not listed)
                replies = head.verb.group == "answer" and not head.perfect and not head.before.strip()
                first = first and not (listed and not head.participle and not told_us)
                if first or handed or replies or told_us:
                    found.add(meant.player.person.key)
                spoken = spoken or strong
                within = within or strong
        at += len(prose.plain) + 1
    for block in paper.blocks:
        if block.role is not Role.ENCLOSED:
            found |= _met(block.prose, reader)
    return frozenset(found)


def _met(prose: Prose, reader: Reader) -> set[str]:
    found: set[str] = set()
    for mention in reader.finder.find(prose):
        if mention.kind is not MentionKind.NAME or mention.player is None or mention.possessive:
            continue
        sentence = next((s for s in prose.sentences if mention.start in s), None)
        if sentence is None:
            continue
        before = prose.plain[sentence.start : mention.start]
        at = _MET.search(before + " ")
        if (
            at is None
            or not _OURS.search(before, max(0, at.start() - _NEAR))
            or _THEIRS.search(before[: at.start()])
        ):
            continue
        if not re.search(r"\b(?:SAID|TOLD|STATED|THAT)\b", before[: at.start()]):
            found.add(mention.player.person.key)
    return found


_BY = re.compile(r"\b(?:WE|US|OUR (?:SIDE|GOVERNMENT|PEOPLE))\b[^,;]{0,40}\bBY\s*$")
_TO_US = re.compile(r"\s*(?:TO |OF )?(?:US|OUR)\b(?!\.)")
_EARLIER = re.compile(
    r"\b(?:LATELY|RECENTLY|EARLIER|PREVIOUSLY|FORMERLY|ONCE|JUST|(?:LAST|A|ONE|TWO|SOME|FEW|SEVERAL) "
    r"(?:WEEK|MONTH|YEAR|SUMMER|AUTUMN|FALL|WINTER|SPRING|DAYS|WEEKS|MONTHS|TIME)S?(?: AGO| BEFORE)?)\b"
)
_AROUND = 50
"""Characters behind a verb within which stands when it was."""


def is_cited(prose: Prose, head: ReportingClause, *, within: bool) -> bool:
    """Whether a clause tells what somebody put to those for whom a speaker says WE, at an earlier time.

    WE WERE ASKED LATELY BY Z, Z ASKED US LAST WEEK: in what X reports, Z is cited, was not there for that,
    and has not the floor behind it.

    Args:
        prose: the passage.
        head: the clause.
        within: whether it stands in what somebody says, so that WE are not those who report.
    """
    if head.subject.kind is not SubjectKind.PHRASE:
        return False
    passive = head.verb_start < head.subject.start
    begins = head.subject.start - len(head.before) if not passive else head.verb_start - len(head.before)
    ours = (
        _BY.search(prose.plain[begins : head.subject.start])
        if passive
        else _TO_US.match(prose.plain, head.end)
    )
    around = prose.plain[begins : head.end + _AROUND]
    return ours is not None and within and (passive or _EARLIER.search(around) is not None)


_JOINED = 40
"""Characters before a subject within which another stands that is joined to it."""
_MESSRS = re.compile(r"\bMESSRS\.? (?:[A-Z][\w.'-]*,? ){1,6}(?:AND )?$")
"""MESSRS. LAY AND GLEASON SAID: neither alone."""
_AND = re.compile(r"(?P<other>(?:[A-Z.]+ ){1,3})AND (?:THE )?$")
_PLACED = re.compile(r"\b(?:AT|IN) (?:THE )?$")
"""Before where somebody is, who is the subject: THE DELEGATION AT GENEVA HAS SUGGESTED."""


def breaks_in(said: LayoutBlock, labelled: ResolvedSpeaker, tracker: Tracker) -> int | None:
    """Where, behind a label and words in quotation marks, another is made to speak: X: "..." Y SAID THAT.

    Behind words without marks X himself tells what Y said.
    """
    prose = said.prose
    if prose.text.lstrip()[:1] not in ("“", '"'):
        return None
    frames = Frames(prose, quoted(prose), tracker.reader.finder)
    for sentence in prose.sentences:
        for head in frames.of(sentence.start, sentence.end)[:1]:
            opens = head.subject.kind is SubjectKind.PHRASE and not head.before.strip(' ”"')
            if not opens or head.modal or head.perfect or head.present or not is_strong(head.verb):
                continue
            subject = head.subject
            other = tracker.reader.meant(prose, subject.start, subject.end, strong=False).player
            if other is not None and other is not labelled.player and other.kind in ("person", "office"):
                return head.start
    return None


def without_open_side(
    tracker: Tracker,
    block: LayoutBlock,
    head: ReportingClause,
    voice: ResolvedSpeaker | None,
    *,
    first: bool,
    sent: bool,
) -> ResolvedSpeaker | None:
    """The voice without its side, where the words leave it open for whom it speaks.

    THE GERMANS HAD REPLIED, at the head of a paragraph, is told by somebody, for whatever side; THE US
    AND THE UK speak for neither alone; THE DELEGATION AT GENEVA is not of Geneva.
    """
    plain = block.prose.plain
    several = _MESSRS.search(plain[: head.subject.start]) is not None
    first_of = plain.startswith("MESSRS", head.subject.start) and head.subject.joined is None
    several = several or (first_of and re.match(r"(?:'S)?,? AND\b", plain[head.subject.end :]) is not None)
    if voice is not None and several and voice.player is not None and voice.player.kind == "person":
        return replace(voice, player=None, side=None, resolution=SpeakerBasis.UNKNOWN)
    if voice is None or voice.side is None or (voice.player is not None and voice.player.kind == "person"):
        return voice
    told = first and head.perfect and not sent and not tracker.spoken_here
    before = block.prose.plain[max(0, head.subject.start - _JOINED) : head.subject.start]
    joint = _AND.search(before)
    open_ = (told and voice.resolution is SpeakerBasis.SIDE) or _PLACED.search(before) is not None
    if open_ or (joint is not None and nations_in(joint.group("other"))):
        return replace(voice, player=None, side=None, resolution=SpeakerBasis.UNKNOWN)
    return voice


def is_told_of(tracker: Tracker, voice: ResolvedSpeaker) -> bool:
    """Whether a person was not there, as far as the document shows: only told of."""
    player = voice.player
    if player is not None and player.kind == "joint":
        known = [tracker.reader.finder.known(s.upper()) for s in player.person.surname.split(" and ")]
        return not all(tracker.is_present(one) for one in known)
    return player is not None and player.kind != "body" and not tracker.is_present(player)


_DID = re.compile(
    r"\s+(?:HAS |HAVE |HAD |TODAY |YESTERDAY )?(?:\w+ED|PAID|CAME|WENT|SENT|TOOK|MADE|GAVE|SAW|MET"
    r"|LEFT|BROUGHT|SOUGHT|UNDERSTOOD|KNEW)\b"
)
_ACTS = re.compile(r" (?:HAD|HAS|WAS|IS|DID|WOULD|COULD|\w+ED|[A-Z]{3,}(?= (?:AND|THAT)))\b")
"""The verb of whoever opens a sentence."""
_ANOTHER = re.compile(r"(?:,|\b(?:AND|BUT|THEN|UNTIL|WHEREUPON)) (?:\w+LY )?(?:THEY|HE|SHE|IT|WE|I)\b")
"""Another subject that comes between."""
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
        if _ANOTHER.search(block.prose.plain, opening.end, head.start):
            return None  # PORTER STONEWALLED THEM, AND EVENTUALLY THEY CAME DOWN AND SAID
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
