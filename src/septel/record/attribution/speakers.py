"""Who speaks: voices resolved from names, offices and pronouns, by one who listens and remembers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from septel.record.attribution.reporting_verbs import ReportingClause, ReportingVerb
from septel.record.layout import DocumentLayout, LayoutBlock, Prose, Role, cue
from septel.record.model import Excerpt, Mode, SpeakerBasis
from septel.record.people import Mention, MentionFinder, MentionKind, Participant

_NESTING = cue("attributing.nesting")
_SUBORDINATE = re.compile(r"(?:AFTER|WHEN|WHILE|AS|SINCE|IF|ALTHOUGH|BECAUSE|BEFORE)\b[^,]*,")
_REPORTED = re.compile(r"SAID|TOLD|MADE .*|(?!CONTINU|MAINTAIN|CLAIM)\w+ED(?: \w+)?")
_SPOKEN = re.compile(r"\b(?:SAID|TOLD|ASKED|NOTED|REPLIED|STATED|ADDED|EXPRESSED|OBSERVED|SUGGESTED)\b")
_LINKED = cue("attributing.linked")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedSpeaker:
    """Who speaks and how that is known.

    Attributes:
        player: None where only the side is known.
        mention: the words that tell.
        guessed: the name was recognised through noise.
    """

    player: Participant | None
    side: str | None
    resolution: SpeakerBasis
    mention: Excerpt
    guessed: bool = False


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


class SpeakerTracker:
    """Remembers who spoke last and says who speaks at a verb."""

    def __init__(
        self,
        paper: DocumentLayout,
        finder: MentionFinder,
        *,
        noisy: bool = False,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self._paper = paper
        self._finder = finder
        self._without = without
        self._noisy = noisy
        self._spoken_here = False
        self._meets = paper.kind != "telegram" or meets(paper)
        self._active: ResolvedSpeaker | None = None
        self._he: Participant | None = None
        self._asked: tuple[ResolvedSpeaker, Participant | None] | None = None
        self._reader: ResolvedSpeaker | None = None

    def _unresolved(self, head: ReportingClause, before: str) -> bool:
        """Whether a head speaks of someone, at the top of its sentence, who is not known."""
        if head.subject is None or head.verb.group in ("narrative", "attitude") or _NESTING.search(before):
            return False
        if head.subject.kind is MentionKind.FIRST:
            return self._finder.cast.author is None
        if head.perfect or head.modal:
            return False
        if head.subject.kind is MentionKind.PRONOUN:
            return self._he is None
        return head.subject.kind in (MentionKind.NAME, MentionKind.OFFICE) and head.subject.player is None

    def _first_subject(
        self, prose: Prose, start: int, end: int, mentions: tuple[Mention, ...], mask: bytearray
    ) -> Mention | None:
        """The first mention of a sentence that can be its subject."""
        aside = _SUBORDINATE.match(prose.plain, start, end)
        for m in mentions:
            if m.start < start or m.end > end or m.possessive or mask[m.start]:
                continue
            if aside and m.end <= aside.end():
                continue  # AFTER HE WAS THROUGH, THE PRESIDENT SAID
            if m.kind is MentionKind.PLURAL:
                continue
            before = prose.plain[start : m.start].rstrip()
            if re.search(r"\b(?:TO|WITH|OF|FROM|BY|FOR|ABOUT|ON|THAN|BETWEEN|AND)$", before):
                continue
            return m
        return None

    def _voice(
        self,
        block: LayoutBlock,
        head: ReportingClause,
        start: int,
        current: ResolvedSpeaker | None,
        subject: Mention | None,
        points: list[tuple[ReportingClause, ResolvedSpeaker]],
    ) -> ResolvedSpeaker | None:
        """Who speaks at a head; None where it belongs to what another says."""
        text = block.prose.plain
        group = head.verb.group
        if head.subject is None:
            if group in ("narrative", "attitude"):
                return None
            by = not head.verb.participle or text[start : head.start].rstrip().endswith("BY")
            joined = self._joined(block, head, start, points) if by else None
            if joined is not None:
                return self._resolve(block, joined, head)
            if current is not None:
                return current if not head.verb.participle or self._fresh(head, points) else None
            if subject is None or (head.verb.participle and head.verb_start - start > 12):
                return None
            if subject.start > head.verb_start and not head.verb.participle:
                return None
            if subject.kind is MentionKind.SIDE or _SPOKEN.search(text, start, subject.start):
                return None  # someone else, who could not be told, speaks before
            return self._resolve(block, subject, head)
        if group == "narrative":
            return None
        before = text[start : head.start]
        if _NESTING.search(before):
            return None
        spoken = current is not None
        if head.perfect and (spoken or (self._active is not None and self._spoken_here)):
            return None
        kind = head.subject.kind
        if head.modal or (head.perfect and kind is MentionKind.SIDE):
            return None
        if self._paper.kind == "telegram" and kind is MentionKind.FIRST and head.verb.base:
            return None  # I RECOMMEND: the reporter to the Department, not a speaker at a meeting
        if not self._meets and group == "attitude":
            return None
        told = text[head.verb_start : head.end]
        if kind is MentionKind.SIDE and not (
            group in ("speech", "ask", "answer") and _REPORTED.fullmatch(told)
        ):
            return None
        if self._stranger(head.subject) and self._spoken_here and self._active is not None:
            return None
        if kind is MentionKind.PLURAL:
            return None
        if kind is MentionKind.SIDE and (
            (group in ("attitude", "accept") and (spoken or self._spoken_here))
            or (spoken and not _LINKED.search(before))
        ):
            return None
        if kind is MentionKind.SIDE and group == "attitude" and block.role is not Role.SUMMARY:
            return None
        if spoken and current is not None:
            if kind is MentionKind.PRONOUN:
                if group in ("deliver",):
                    return None
                if head.aside or _LINKED.search(before):
                    return (
                        current if self._same_he(current, head) else self._resolve(block, head.subject, head)
                    )
                return None
            if group == "attitude" and not _LINKED.search(before):
                return None
            if kind in (MentionKind.NAME, MentionKind.OFFICE) and not _LINKED.search(before):
                # On a bad copy the stop between two sentences is often lost.
                if not (
                    self._noisy
                    and group in ("speech", "ask", "answer", "reject", "accept")
                    and not head.perfect
                ):
                    return None
                if head.subject.player is None:
                    return None
            if kind is MentionKind.FIRST and not _LINKED.search(before):
                return None
        named = (
            subject is not None
            and subject.start < head.start
            and subject.kind in (MentionKind.NAME, MentionKind.OFFICE)
        )
        if (
            kind is MentionKind.PRONOUN
            and not spoken
            and named
            and subject
            and subject.player is not self._he
        ):
            return None  # THE SECRETARY HAD NOT CHANGED HIS MIND, AND HE HOPED: he is the one just named
        if group == "attitude" and not spoken and not self._opens(head, before):
            return None
        return self._resolve(block, head.subject, head)

    def _stranger(self, mention: Mention) -> bool:
        """Whether a list of participants stands and leaves this person out: such a one is only told of."""
        listed = self._finder.cast.listed
        player = mention.player
        return player is not None and not player.listed and bool(self._paper.listed) and len(listed) > 1

    def _joined(
        self,
        block: LayoutBlock,
        head: ReportingClause,
        start: int,
        points: list[tuple[ReportingClause, ResolvedSpeaker]],
    ) -> Mention | None:
        """The subject that AND or BUT brings in: AND THE PRESIDENT CUT HIM OFF BY SAYING."""
        since = points[-1][0].end if points else start
        text = block.prose.plain
        for m in reversed(self._finder.find(block.prose)):
            if m.end > head.verb_start or m.start < since:
                continue
            if (
                m.possessive
                or m.kind not in (MentionKind.NAME, MentionKind.OFFICE, MentionKind.FIRST)
                or (m.player is None and m.kind is not MentionKind.FIRST)
            ):
                continue
            if re.search(r"\b(?:AND|BUT)\s*$", text[since : m.start]) and re.match(
                r"\s+\w+(?:ED|T|D|K|W|N)\b", text[m.end :]
            ):
                return m
        return None

    def _opens(self, head: ReportingClause, before: str) -> bool:
        """Whether one is said to think or hope at the top of a sentence, not within what another says."""
        subject = head.subject
        if subject is None or subject.kind is MentionKind.FIRST:
            return self._active is not None and (
                not before.strip() or (len(before) < 25 and _LINKED.search(before) is not None)
            )
        listed = self._paper.listed and subject.player is not None
        if listed and subject.player and not subject.player.listed:
            return False
        return len(before) < 90 or _LINKED.search(before) is not None

    @staticmethod
    def _fresh(head: ReportingClause, points: list[tuple[ReportingClause, ResolvedSpeaker]]) -> bool:
        return not points or head.verb_start - points[-1][0].end > 25

    def _same_he(self, current: ResolvedSpeaker, head: ReportingClause) -> bool:
        """Whether HE can be who spoke before in the sentence: not when that was I, nor where he answers."""
        if current.player is None or current.player is self._finder.cast.author:
            return False
        return head.verb.group != "answer"

    def _resolve(self, block: LayoutBlock, mention: Mention, head: ReportingClause) -> ResolvedSpeaker | None:
        author = self._finder.cast.author
        if mention.kind is MentionKind.FIRST:
            if author is None:
                return None
            excerpt = block.prose.excerpt(mention.start, mention.end)
            return ResolvedSpeaker(
                player=author, side=author.person.side, resolution=SpeakerBasis.AUTHOR, mention=excerpt
            )
        if mention.kind is MentionKind.PRONOUN:
            if "pronoun" in self._without:
                return None
            player = self._he
            if (
                head.verb.group == "answer"
                and self._asked
                and self._asked[1]
                and self._asked[0].player is player
            ):
                player = self._asked[1]
            if player is None:
                return None
            excerpt = block.prose.excerpt(mention.start, mention.end)
            return ResolvedSpeaker(
                player=player, side=player.person.side, resolution=SpeakerBasis.PRONOUN, mention=excerpt
            )
        return self._as_voice(block, mention, None)

    def _as_voice(
        self, block: LayoutBlock, mention: Mention, resolution: SpeakerBasis | None
    ) -> ResolvedSpeaker | None:
        excerpt = block.prose.excerpt(mention.start, mention.end)
        if mention.kind is MentionKind.SIDE:
            return ResolvedSpeaker(
                player=None, side=mention.side, resolution=resolution or SpeakerBasis.SIDE, mention=excerpt
            )
        if mention.player is None:
            return None
        if mention.kind is MentionKind.OFFICE and "offices" in self._without:
            return None
        how = SpeakerBasis.OFFICE if mention.kind is MentionKind.OFFICE else SpeakerBasis.NAMED
        return ResolvedSpeaker(
            player=mention.player,
            side=mention.player.person.side,
            resolution=resolution or how,
            mention=excerpt,
            guessed=mention.guessed,
        )

    def _hold(self, voice: ResolvedSpeaker, head: ReportingClause) -> None:
        author = self._finder.cast.author
        if voice.player is not None and voice.player is not author:
            self._he = voice.player
        if head.verb.lemma in ("read", "make statement"):
            self._reader = voice

    def _other(self, voice: ResolvedSpeaker) -> Participant | None:
        """Of two who talk, the other."""
        listed = [p for p in self._finder.cast.listed if p is not voice.player]
        return listed[0] if len(listed) == 1 else None
