"""What attribution makes of a document: voices, sayings, deeds, and what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from septel.record.attribution.reporting_verbs import ReportingClause, ReportingVerb
from septel.record.layout import BRACKETED, TEXT_ENDS, DocumentLayout, LayoutBlock, cue
from septel.record.model import Excerpt, Mode, SpeakerBasis
from septel.record.people import Participant, Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedSpeaker:
    """Who speaks and how that is known.

    Attributes:
        player: None where only the side is known.
        mention: the words that tell.
        guessed: the name was recognised through noise.
        evidence: what speaks for and against it, by name; the features of the confidence.
    """

    player: Participant | None
    side: str | None
    resolution: SpeakerBasis
    mention: Excerpt
    guessed: bool = False
    evidence: frozenset[str] = frozenset()

    def with_evidence(self, *names: str) -> ResolvedSpeaker:
        """The same, with more that speaks for or against it."""
        return replace(self, evidence=self.evidence | frozenset(names))


@dataclass(slots=True)
class Turn:
    """Who asked, and whom."""

    voice: ResolvedSpeaker
    asked: Participant | None
    named: bool = False
    """Whether the clause itself names who was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedSpeech:
    """One stretch of a passage that someone is reported to have said.

    Attributes:
        start: where the stretch begins, with the words that report it.
        end: where it ends.
        content: where what was said begins.
        head: subject and verb; None where it only goes on.
        chain: names between the reporter and the speaker.
    """

    block: LayoutBlock
    start: int
    end: int
    content: int
    voice: ResolvedSpeaker
    head: ReportingClause | None
    addressee: Participant | None
    mode: Mode
    quoted: bool
    governed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedAction:
    """Something done rather than said: a text read, handed over; the floor taken."""

    block: LayoutBlock
    start: int
    end: int
    voice: ResolvedSpeaker
    verb: ReportingVerb
    head: ReportingClause


@dataclass
class Attribution:
    """What came of one document."""

    sayings: list[ReportedSpeech] = field(default_factory=list)
    deeds: list[ReportedAction] = field(default_factory=list)
    adrift: list[tuple[LayoutBlock, int, int, str]] = field(default_factory=list)
    """Sentences with a verb of saying and no known speaker, with why."""


_MEETING = cue("voices.meeting")


def meets(paper: DocumentLayout) -> bool:
    """Whether a telegram reports a meeting or a talk, by its subject or the beginning of its text."""
    text = paper.subject.plain if paper.subject else ""
    for block in paper.blocks[:3]:
        text += " " + block.prose.plain[:1200]
    return _MEETING.search(text) is not None


_ATTACHED = re.compile(
    r"\W*(?:ENCLOSURE|ATTACHMENT|ANNEX|APPENDIX|TAB)(?: (?:NO\. ?)?[A-Z\d]{1,3})?\W*(?:$|[—–-])"
    r"|(?:MEMORANDUM|LETTER|NOTE|PAPER|MESSAGE) (?:FROM|BY|PREPARED (?:BY|IN))\b"
    r"|(?:ORAL|WRITTEN) (?:MESSAGE|NOTE|STATEMENT)\W*$"
)
_HEADING = 160
"""Characters that a heading has at most."""


def is_attached(block: LayoutBlock) -> bool:
    """Whether a paragraph is, or stands under, the heading of a text attached to the paper.

    Who says I there is another, and whoever spoke in the paper has not the floor.
    """
    if len(block.prose.text) < _HEADING and _ATTACHED.match(block.prose.plain):
        return not block.prose.plain.rstrip().endswith(".")
    return block.topic is not None and _ATTACHED.match(block.topic.words.upper()) is not None


def nobody(block: LayoutBlock) -> ResolvedSpeaker:
    """Somebody speaks in a paragraph, and the page leaves open who."""
    mention = block.prose.excerpt(0, min(40, len(block.prose.text)))
    return ResolvedSpeaker(
        player=None,
        side=None,
        resolution=SpeakerBasis.UNKNOWN,
        mention=mention,
        evidence=frozenset({"whose text is not said"}),
    )


QUOTE_CLOSES = re.compile(r"[”“\"]\W*(?:End\b[^.”\"]{0,40}[.]?\W*)?$", re.IGNORECASE)
"""The end of a quotation, with the words that say so."""
_SIGNS = frozenset({"SIGNED", "SINCERELY", "YOURS", "RESPECTFULLY", "FAITHFULLY", "CORDIALLY", "WARMLY"})
"""Before a signature."""
_SIGNED = re.compile(
    r"\b(?:sincerely|regards?|wishes|yours|\(?signed\)?)[,.:]?\s+(?P<name>[A-Z][^,;:”]{2,40}[”.]*)$",
    re.IGNORECASE,
)
"""A signature that ends a paragraph: `With warm regards, NAME`."""
_FARTHEST = 30
"""Paragraphs within which a quotation closes."""
_NAME = 6
"""Words of a signature at most."""


def signer_of(
    blocks: Sequence[LayoutBlock], index: int, letter: range, reader: Reader
) -> ResolvedSpeaker | None:
    """Who signs the text that begins at a paragraph; None where nobody is known to.

    Args:
        blocks: the paragraphs of the document.
        index: of the first paragraph of the text.
        letter: the paragraphs of the letter that it is; empty where it is none.
        reader: takes names into the cast.
    """
    if letter:
        under = reversed(blocks[letter.start + 1 : letter.stop][-2:])
        return next((voice for block in under if (voice := _signed(block, reader)) is not None), None)
    ahead = blocks[index : index + _FARTHEST]
    last = next((block for block in ahead if QUOTE_CLOSES.search(_unbracketed(block))), None)
    return None if last is None or last.prose.text.startswith("“") else _signed(last, reader)


def _signed(block: LayoutBlock, reader: Reader) -> ResolvedSpeaker | None:
    """Who signs by a paragraph: a short one, or one that a signature ends."""
    text = _unbracketed(block)
    end = TEXT_ENDS.search(text)
    text = text[: end.start()].strip() if end else text
    closed = _SIGNED.search(text)
    text = closed.group("name") if closed else text
    if len(text.split()) < (1 if closed else 2) or len(text.split()) > _NAME:
        return None
    name = [w for w in re.findall(r"[A-Z][\w'’-]+", text) if w.upper() not in _SIGNS]
    player = reader.finder.cast.named(name[-1]) if name else None
    if player is None and 2 <= len(name) <= 4 and text.rstrip('”“". ').split()[-1] == name[-1]:
        start = block.prose.text.rfind(name[0])
        stop = block.prose.text.rfind(name[-1]) + len(name[-1])
        player = reader.learnt(block.prose, start, stop, name, "").player
    if player is None:
        return None
    return ResolvedSpeaker(
        player=player,
        side=player.person.side,
        resolution=SpeakerBasis.QUOTATION,
        mention=block.prose.excerpt(0, len(block.prose.text)),
    )


def _unbracketed(block: LayoutBlock) -> str:
    return BRACKETED.sub("", block.prose.text).strip()
