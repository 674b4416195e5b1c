"""Attributes what a document reports to who said it: one walk over its paragraphs."""

from __future__ import annotations

from dataclasses import replace

from septel.record.attribution.ambiguity import (
    is_bracketed,
)
from septel.record.attribution.besides import (
    DraftText,
    OwnWords,
    TeletypeItems,
    ToldBesides,
    list_left_over,
    take_positions,
)
from septel.record.attribution.clause_kinds import (
    names_nobody,
    tells_of,
)
from septel.record.attribution.continuation import Continuation
from septel.record.attribution.frames import Frames
from septel.record.attribution.presence import Openers, present_in
from septel.record.attribution.quoted_blocks import QuotedBlocks
from septel.record.attribution.reported_speech import SpeechSegmenter
from septel.record.attribution.reporting_verbs import ReportingClause
from septel.record.attribution.speakers import (
    Attribution,
    ReportedAction,
    ResolvedSpeaker,
    is_attached,
    meets,
    nobody,
)
from septel.record.attribution.tokens import SubjectKind
from septel.record.attribution.tracker import Tracker
from septel.record.attribution.turns import TurnTaker
from septel.record.layout import DocumentLayout, LayoutBlock, Role, cue, quoted
from septel.record.model import Mode, SpeakerBasis
from septel.record.people import MentionFinder, Reader, given_names, namesakes_in, sides_from
from septel.text import Span

_SPEAKS = cue("attributing.speaks")
_GONE = "a verb of saying without a known speaker"


class Attributor:
    """One walk over the paragraphs, remembering who spoke last."""

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
        self._told_within = False
        """Whether what is quoted in this paragraph tells of others who speak."""
        finder.given = given_names("\n".join(block.prose.text for block in paper.blocks))
        finder.namesakes = namesakes_in(block.prose.text for block in paper.blocks)
        for block in paper.blocks:
            finder.introduce(block.prose)
        finder.introduce_speakers([block.prose for block in paper.blocks])
        finder.introduce_initials(" ".join(block.prose.plain for block in paper.blocks))
        reader = Reader(paper, finder)
        for block in paper.blocks:
            reader.alias(block.prose)
        present = present_in(paper, reader)
        sides_from(paper, finder, reader.home, present)
        self._tracker = Tracker(paper, reader, present, without, noisy=noisy)
        self._openers = Openers(self._tracker, finder, listed=bool(paper.listed), noisy=noisy)
        self._scribe = SpeechSegmenter(self._tracker, noisy=noisy)
        self._giver = QuotedBlocks(paper, self._tracker, self._scribe, noisy=noisy, without=without)
        self._drafts = DraftText(paper.blocks)
        self._teletype = TeletypeItems(paper, self._giver)
        self._meets = not paper.is_sent or meets(paper)
        self._turns = TurnTaker(paper, self._tracker, finder, self._openers, meeting=self._meets, noisy=noisy)
        self._continuing = Continuation(
            paper, self._tracker, self._scribe, meeting=self._meets, noisy=noisy, without=without
        )

    def run(self) -> Attribution:
        """Attribute every paragraph."""
        last_topic: str | None = None
        author, attached = self._finder.cast.author, False
        for index, block in enumerate(self._paper.blocks):
            topic = block.topic.words if block.topic else None
            if index and not attached and is_attached(block):
                attached = True
                self._attached()
            if topic != last_topic:
                self._tracker.lose()
                last_topic = topic
            if block.role is Role.COMMENT:
                self._tracker.lose()
            elif block.prose.sentences and self._drafts.holds(block, block.prose.sentences[0]):
                self._giver.whole(block, nobody(block), Mode.WRITTEN, quoted=True)
                self._tracker.lose()
            elif block.role is Role.ENCLOSED:
                self._giver.enclosed(block)
            elif not self._teletype.takes(block) and not self._giver.takes(block, index):
                self._block(block)
            if self._giver.rest is not None:
                rest, self._giver.rest = self._giver.rest, None
                self._block(rest)
        self._finder.cast = replace(self._finder.cast, author=author)
        if "besides" not in self._without and not self._noisy:
            ToldBesides(self._paper, self._tracker, self._scribe, self._without).take_down()
            take_positions(self._paper, author, self._scribe)
        if "own words" not in self._without:
            OwnWords(self._paper, self._scribe.out).set_aside()
        list_left_over(self._paper.blocks, self._finder, self._scribe.out)
        return self._scribe.out

    def _attached(self) -> None:
        """What follows is attached: who says I in it, or speaks, the paper above does not tell."""
        self._finder.cast = replace(self._finder.cast, author=None)
        self._tracker.reader.home = None
        self._tracker.forget()
        self._tracker.floor = None
        self._giver.forget()

    def _block(self, block: LayoutBlock) -> None:
        prose = block.prose
        tracker = self._tracker
        if self._captions(block):
            return
        mask = quoted(prose)
        frames = Frames(prose, mask, self._finder)
        tracker.spoken_here, tracker.unknown_here, tracker.distance = False, False, 0
        self._told_within = False
        last: ResolvedSpeaker | None = None
        for sentence in prose.sentences:
            if self._drafts.holds(block, sentence):
                self._drafted(block, sentence)
                last = None
                continue
            found = frames.of(sentence.start, sentence.end)
            last = self._sentence(block, sentence.start, sentence.end, found, mask)
        self._giver.governs(block, self._finder.find(prose), last)

    def _drafted(self, block: LayoutBlock, sentence: Span) -> None:
        """A sentence of a draft that stands in a document: no one of those in it says it."""
        self._scribe.say(
            block, sentence.start, sentence.end, nobody(block), None, mode=Mode.WRITTEN, is_quoted=True
        )
        self._tracker.lose()

    def _captions(self, block: LayoutBlock) -> bool:
        """Give the floor to a body that stands alone over what it resolved (`THE COUNCIL:`)."""
        prose = block.prose
        words = prose.plain.rstrip()
        if not words.endswith(":") or len(words.split()) > 8 or _SPEAKS.search(words):
            return False
        meant = self._tracker.reader.meant(prose, 0, len(words) - 1, strong=False)
        if meant.player is None or meant.player.kind != "body":
            return False
        self._tracker.active = ResolvedSpeaker(
            player=meant.player,
            side=meant.side,
            resolution=SpeakerBasis.NAMED,
            mention=prose.excerpt(0, len(words) - 1),
            evidence=frozenset({"caption"}),
        )
        return True

    def _sentence(
        self, block: LayoutBlock, start: int, end: int, found: list[ReportingClause], mask: bytearray
    ) -> ResolvedSpeaker | None:
        """Attribute one sentence; who speaks last in it, where a clause says so."""
        tracker = self._tracker
        tracker.since_he += 1
        points = self._turns.of(block, found)
        if points:
            tracker.quote_closed = False
            lost = self._noisy and all(v.resolution is SpeakerBasis.UNKNOWN for _, v in points)
            if lost:
                self._adrift(block, start, end)
                tracker.forget()
                return None
            before = tracker.active, tracker.he
            self._scribe.units(block, start, end, points)
            tracker.distance = 0
            if self._is_aside(block, start, end):
                tracker.active, tracker.he = before  # (THE SECRETARY INTERJECTED.) the floor is whose it was
            elif any(is_bracketed(block, head, start) for head, _ in points):
                tracker.he, tracker.unknown_here = None, True
            head, voice = points[-1]
            if head.verb.group == "ask" and not block.prose.plain[head.end : end].strip(" .?"):
                # WHAT COULD I SUGGEST, TOHA ASKED. TO KEEP IT FLEXIBLE: the answer, or more of the question
                tracker.active = replace(voice, player=None, side=None, resolution=SpeakerBasis.UNKNOWN)
            return voice
        if self._is_aside(block, start, end):
            return None  # (HE MENTIONED THE PLANS OF KISHI.) the floor is whose it was
        tracker.distance += 1
        self._openers.names_him(block, start, end)
        if self._is_lost(block, found, start, end):
            self._adrift(block, start, end)
            tracker.forget()
        elif mask[start] and mask[min(end - 1, len(mask) - 1)] and tracker.active:
            whole = Frames(block.prose, bytearray(len(block.prose.text) + 1), self._finder)
            self._told_within |= tells_of(block, whole.of(start, end), tracker.reader, tracker.active.player)
            if self._told_within:
                self._adrift(block, start, end)  # minutes are quoted: others speak in them
            else:
                self._scribe.go_on(block, start, end, SpeakerBasis.QUOTATION, is_quoted=True)
            tracker.quote_closed = block.prose.text[:end].rstrip()[-1:] in '”"'
        elif self._does(block, start, end, found):
            pass
        else:
            self._continuing.sentence(block, start, end, found)
        return None

    @staticmethod
    def _is_aside(block: LayoutBlock, start: int, end: int) -> bool:
        """Whether a sentence stands in brackets."""
        text = block.prose.plain
        return text[start] == "(" and text[:end].rstrip(" .").endswith(")")

    def _adrift(self, block: LayoutBlock, start: int, end: int) -> None:
        self._scribe.out.adrift.append((block, start, end, _GONE))

    def _is_lost(self, block: LayoutBlock, found: list[ReportingClause], start: int, end: int) -> bool:
        """Whether someone speaks in a sentence who can't be told: nothing goes to whoever spoke before."""
        if self._noisy and _SPEAKS.search(block.prose.plain, start, end):
            return True
        stranger = self._tracker.author is None and bool(self._paper.listed)
        return names_nobody(block, found, Span(start, end), stranger=stranger)

    def _does(self, block: LayoutBlock, start: int, end: int, found: list[ReportingClause]) -> bool:
        """Take down a deed: a sentence in which someone does something, and says nothing."""
        tracker = self._tracker
        for head in found:
            if head.verb.group not in ("narrative", "deliver") or head.modal or head.verb_start - start > 70:
                continue
            if head.subject.kind in (SubjectKind.ELIDED, SubjectKind.IT, SubjectKind.THEY, SubjectKind.WE):
                continue
            voice = tracker.voice(block, head)
            if voice is None or voice.player is None:
                return False
            self._scribe.out.deeds.append(
                ReportedAction(block=block, start=start, end=end, voice=voice, verb=head.verb, head=head)
            )
            tracker.hold(voice, head)
            if tracker.active is None or tracker.active.player is not voice.player:
                tracker.lose()
            return True
        return False
