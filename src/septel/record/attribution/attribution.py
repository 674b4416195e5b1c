"""Attributes what a document reports to who said it."""

from __future__ import annotations

import re

from septel.record.attribution.quoted_blocks import QuotedBlocks
from septel.record.attribution.reporting_verbs import ReportingClause, heads
from septel.record.attribution.speakers import Attribution, ReportedAction, ResolvedSpeaker
from septel.record.layout import LayoutBlock, Role, cue, quoted
from septel.record.model import SpeakerBasis
from septel.record.people import Mention, MentionKind

_NARRATED = cue("attributing.narrated")
_CHARACTERISES = cue("attributing.characterises")
_GOVERNS = cue("attributing.governs")
_SPEAKS = cue("attributing.speaks")
_FIRST = re.compile(r"(?<![.\w])(?:I|MY|ME)(?![.\w])")
_PAST = re.compile(r"(?: \w+LY)? (?!WOULD|COULD|SHOULD|MIGHT|HAD|HAS|HAVE|IS|ARE|WILL|MUST|CAN|AND|OR)\w+")
_SOMEONE = re.compile(
    r"\W*(?:[\w'’.]+,? ){1,4}?"
    r"(?:SAID|ASKED|TOLD|REPLIED|ANSWERED|RESPONDED|ADDED|MENTIONED|WONDERED|INQUIRED)\b"
)
_HIS_VIEW = re.compile(
    r"\W*(?:IT WAS (?:NOT )?|IN )(?P<his>HIS) "
    r"(?:FEELING|VIEW|OPINION|POSITION|BELIEF|UNDERSTANDING|IMPRESSION|HOPE)\b"
)
_FIRST_OPENS = re.compile(r"\W*(?:\w+LY,? |THEN,? |ALSO,? )?I (?!SHOULD|WOULD|MUST|COULD|KNEW|WELL)\w+")


class Attributor(QuotedBlocks):
    """One walk over the paragraphs, remembering who spoke last."""

    def run(self) -> Attribution:
        """Attribute every paragraph."""
        for block in self._paper.blocks:
            self._finder.introduce(block.prose)
        self._finder.introduce_speakers([block.prose for block in self._paper.blocks])
        self._finder.introduce_initials(" ".join(block.prose.plain for block in self._paper.blocks))
        last_topic: str | None = None
        for index, block in enumerate(self._paper.blocks):
            topic = block.topic.words if block.topic else None
            if topic != last_topic:
                self._active = None
                last_topic = topic
            if block.role is Role.COMMENT:
                self._active = None
                continue
            if block.role is Role.ENCLOSED:
                self._enclosed(block)
            elif self._labelled(block):
                pass
            elif self._in_quotation(block, index):
                self._quotation(block, index)
            elif self._governed(block):
                pass
            else:
                self._block(block)
        return self._out

    def _reports(self, block: LayoutBlock, start: int, end: int, subject: Mention | None) -> bool:
        """Whether a sentence without a verb of saying is the reporter's own, not what was said before it."""
        text = block.prose.plain
        author = self._finder.cast.author
        if text[start] == "[" or block.prose.text[start] == "[":
            return True
        if text[start] == "(" and text[start:end].rstrip(" .").endswith(")"):
            return True
        if author is None and _FIRST.search(text, start, end):
            return True  # it is not known who says I
        active = self._active
        if active is None:
            return True
        if active.player is not author and _FIRST_OPENS.match(text, start, end):
            return True  # I, outside what another says, is the reporter
        if (
            subject is None
            or subject.kind not in (MentionKind.NAME, MentionKind.OFFICE)
            or subject.start - start > 3
        ):
            return False
        if subject.player is None or subject.player is active.player or self._stranger(subject):
            return False
        return _PAST.match(text, subject.end, end) is not None

    def _block(self, block: LayoutBlock) -> None:
        prose = block.prose
        mentions = self._finder.find(prose)
        mask = quoted(prose)
        self._spoken_here = False
        for sentence in prose.sentences:
            found = heads(prose, sentence.start, sentence.end, mentions, mask)
            self._sentence(block, sentence.start, sentence.end, found, mentions, mask)
        if _GOVERNS.search(prose.plain) or prose.plain.rstrip().endswith(":"):
            voice = self._owner(block, mentions)
            if voice and block.path[:1].isdigit():
                self._governor = (block.path, voice)

    def _sentence(
        self,
        block: LayoutBlock,
        start: int,
        end: int,
        found: list[ReportingClause],
        mentions: tuple[Mention, ...],
        mask: bytearray,
    ) -> None:
        prose = block.prose
        text = prose.plain
        subject = self._first_subject(prose, start, end, mentions, mask)
        points: list[tuple[ReportingClause, ResolvedSpeaker]] = []
        current: ResolvedSpeaker | None = None
        lost = False
        for head in found:
            voice = self._voice(block, head, start, current, subject, points)
            if voice is None:
                lost = current is None and self._unresolved(head, prose.plain[start : head.start])
                if lost:
                    break
                continue
            points.append((head, voice))
            current = voice
        someone = None if mask[start] else _SOMEONE.match(text, start, end)
        unknown = someone is not None and not any(h.start < someone.end() for h in found)
        if points and not unknown:
            self._units(block, start, end, points)
            return
        if lost or unknown or (self._noisy and not found and _SPEAKS.search(text, start, end)):
            # Someone new speaks and it can't be told who: nothing is given to whoever spoke before.
            self._out.adrift.append((block, start, end, "a verb of saying without a known speaker"))
            self._active = None
            self._he = None
            return
        if mask[start] and mask[min(end - 1, len(mask) - 1)] and self._active:
            self._go_on(block, start, end, SpeakerBasis.QUOTATION, is_quoted=True)
            return
        lone = [h for h in found if h.verb.group in ("narrative", "deliver") and h.subject]
        if (
            lone
            and lone[0].subject
            and lone[0].subject.kind is not MentionKind.SIDE
            and lone[0].verb_start - start < 70
        ):
            head = lone[0]
            assert head.subject is not None
            voice = self._resolve(block, head.subject, head)
            if voice:
                self._out.deeds.append(
                    ReportedAction(block=block, start=start, end=end, voice=voice, verb=head.verb, head=head)
                )
                self._hold(voice, head)
                if self._active is None or self._active.player is not voice.player:
                    self._active = None
                return
        if _NARRATED.match(text[start:end]) or _CHARACTERISES.search(text[start:end][:120]):
            return
        if self._noisy and (_SPEAKS.search(text[start:end]) or not self._spoken_here):
            # Whoever is made to speak here could not be read; it may be someone new.
            if _SPEAKS.search(text, start, end):
                self._out.adrift.append((block, start, end, "a verb of saying without a known speaker"))
            self._active = None
            return
        if (
            subject
            and subject.start == start
            and subject.kind in (MentionKind.NAME, MentionKind.OFFICE)
            and self._active is not None
            and subject.player is not self._active.player
            and re.match(r" DID NOT\b", text[subject.end :])
        ):
            self._he = subject.player if subject.player is not self._finder.cast.author else self._he
            return
        holds = _HIS_VIEW.match(text, start, end)
        author = self._finder.cast.author
        if holds and self._active and self._active.player is author and self._he and self._spoken_here:
            self._active = ResolvedSpeaker(
                player=self._he,
                side=self._he.person.side,
                resolution=SpeakerBasis.PRONOUN,
                mention=prose.excerpt(*holds.span("his")),
            )
            self._go_on(block, start, end, SpeakerBasis.PRONOUN)
            return
        if self._active is not None and self._reports(block, start, end, subject):
            self._active = None
            return
        if block.numbered and not self._spoken_here:
            self._active = None
            return
        if (
            self._active is not None
            and self._meets
            and "continuing" not in self._without
            and block.role is not Role.SUMMARY
        ):
            self._go_on(block, start, end, SpeakerBasis.CONTINUING)
        elif found and any(h.verb.group not in ("narrative", "deliver") for h in found):
            self._out.adrift.append((block, start, end, "a verb of saying without a known speaker"))
