"""Who took part in what a document reports: the rest are only told of."""

from __future__ import annotations

import re
from dataclasses import replace

from septel.record.attribution.frames import Frames, is_strong
from septel.record.attribution.speakers import ResolvedSpeaker
from septel.record.attribution.tokens import SubjectKind
from septel.record.attribution.tracker import Tracker
from septel.record.layout import DocumentLayout, Prose, Role, quoted
from septel.record.people import MentionKind, Reader, Sort

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
        spoken = block.role in (Role.COMMENT, Role.ENCLOSED)
        for sentence in prose.sentences:
            carrier = None
            for head in frames.of(sentence.start, sentence.end):
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


def is_told_of(tracker: Tracker, voice: ResolvedSpeaker) -> bool:
    """Whether a person was not there, as far as the document shows: only told of."""
    player = voice.player
    if player is not None and player.kind == "joint":
        known = [tracker.reader.finder.known(s.upper()) for s in player.person.surname.split(" and ")]
        return not all(tracker.is_present(one) for one in known)
    return player is not None and player.kind != "body" and not tracker.is_present(player)
