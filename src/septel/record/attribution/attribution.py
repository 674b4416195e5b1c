"""Attributes what a document reports to who said it: one walk over its paragraphs."""

from __future__ import annotations

import re
from dataclasses import replace

from septel.record.attribution.clause_kinds import (
    asks_me,
    is_nobodys,
    is_person,
    is_timed,
    names_nobody,
    of_himself,
    of_whom,
    says,
    tells_of,
)
from septel.record.attribution.continuation import Continuation
from septel.record.attribution.frames import SENDER, Frames, is_strong
from septel.record.attribution.openers import Openers
from septel.record.attribution.presence import is_told_of, present_in
from septel.record.attribution.quoted_blocks import QuotedBlocks
from septel.record.attribution.reported_speech import SpeechSegmenter
from septel.record.attribution.reporting_verbs import ReportingClause
from septel.record.attribution.speakers import Attribution, ReportedAction, ResolvedSpeaker, meets
from septel.record.attribution.tokens import WHO, Subject, SubjectKind
from septel.record.attribution.tracker import Tracker
from septel.record.layout import DocumentLayout, LayoutBlock, Role, cue, quoted
from septel.record.model import SpeakerBasis, is_capital
from septel.record.people import MentionFinder, Reader, sides_from
from septel.text import Span

_NESTING = cue("attributing.nesting")
_LINKED = cue("attributing.linked")
_SPEAKS = cue("attributing.speaks")
_EMBEDDED = re.compile(r"\b(?:THAT|WHETHER|IF|WHAT|HOW|WHY)\b")
_SINCE = re.compile(r"\w+ (?:AFTER|BEFORE|UNTIL|ONCE|WHEN)\s*$")
_GOVERNS = frozenset({"accept", "reject", "propose", "commit", "reserve"})
"""What governments do, as well as those who speak for them."""
_APPEARS = re.compile(r"\b(?:IT )?(?:APPEARS|SEEMS|APPEARED|SEEMED)(?: THAT)?\s*$")
_CLOSE = 4
"""Characters behind an aside within which what it reports goes on."""
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
        for block in paper.blocks:
            finder.introduce(block.prose)
        finder.introduce_speakers([block.prose for block in paper.blocks])
        finder.introduce_initials(" ".join(block.prose.plain for block in paper.blocks))
        reader = Reader(paper, finder)
        for block in paper.blocks:
            reader.alias(block.prose)
        present = present_in(paper, reader)
        sides_from(paper, finder, reader.home)
        self._tracker = Tracker(paper, reader, present, without, noisy=noisy)
        self._openers = Openers(self._tracker, finder, listed=bool(paper.listed), noisy=noisy)
        self._scribe = SpeechSegmenter(self._tracker, noisy=noisy)
        self._giver = QuotedBlocks(paper, self._tracker, self._scribe, noisy=noisy, without=without)
        self._meets = not paper.is_sent or meets(paper)
        self._continuing = Continuation(
            paper, self._tracker, self._scribe, meeting=self._meets, noisy=noisy, without=without
        )

    def run(self) -> Attribution:
        """Attribute every paragraph."""
        last_topic: str | None = None
        for index, block in enumerate(self._paper.blocks):
            topic = block.topic.words if block.topic else None
            if topic != last_topic:
                self._tracker.lose()
                last_topic = topic
            if block.role is Role.COMMENT:
                self._tracker.lose()
            elif block.role is Role.ENCLOSED:
                self._giver.enclosed(block)
            elif not self._giver.takes(block, index):
                self._block(block)
        return self._scribe.out

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
            found = frames.of(sentence.start, sentence.end)
            last = self._sentence(block, sentence.start, sentence.end, found, mask)
        self._giver.governs(block, self._finder.find(prose), last)

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
        points = self._points(block, found)
        if points:
            tracker.quote_closed = False
            lost = self._noisy and all(v.resolution is SpeakerBasis.UNKNOWN for _, v in points)
            if lost:
                self._adrift(block, start, end)
                tracker.forget()
                return None
            before = tracker.active
            self._scribe.units(block, start, end, points)
            tracker.distance = 0
            if block.prose.plain[start] == "(" and block.prose.plain[:end].rstrip(" .").endswith(")"):
                tracker.active = before  # (THE SECRETARY INTERJECTED THAT.) the floor is whose it was
            return points[-1][1]
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

    def _adrift(self, block: LayoutBlock, start: int, end: int) -> None:
        self._scribe.out.adrift.append((block, start, end, _GONE))

    def _points(
        self, block: LayoutBlock, found: list[ReportingClause]
    ) -> list[tuple[ReportingClause, ResolvedSpeaker]]:
        """The clauses of a sentence that report what someone said, with who did."""
        points: list[tuple[ReportingClause, ResolvedSpeaker]] = []
        carrier: Subject | None = None
        told_of = False
        for i, head in enumerate(found):
            if of_whom(block, found, i):
                head = replace(head, subject=replace(found[i - 1].subject, after=""))
            nested = _NESTING.search(head.before) is not None and not head.agreed
            if head.subject.kind is not SubjectKind.ELIDED and not nested and not head.modal:
                carrier = carrier if head.subject.after == WHO else head.subject
            if head.verb.group == "narrative" or head.modal or nested or is_nobodys(block, head):
                continue
            if head.negated and head.verb.group in (
                "speech",
                "ask",
                "answer",
                "propose",
                "deliver",
                "commit",
            ):
                continue  # THEY DID NOT MENTION IRAQ
            strong = not self._paper.is_sent or is_strong(head.verb)
            if not points and head.subject.kind is SubjectKind.ELIDED and carrier is None and strong:
                carrier = self._openers.carrier(block, head)
            if not points and head.subject.kind is SubjectKind.ELIDED and carrier is not None:
                head = replace(
                    head, subject=carrier, before=head.before[: max(0, carrier.start - head.start)]
                )
            if (
                points
                and head.subject.kind is SubjectKind.ELIDED
                and points[-1][0].subject.after == WHO
                and carrier
            ):
                # CONSULTED HIS AIDE WHO WROTE A REPLY, AND ANSWERED: he of the main clause did
                voice = self._tracker.voice(block, replace(head, subject=carrier))
            else:
                voice = self._next(block, head, points[-1]) if points else self._opening(block, head)
            if voice is None and head.verb.base and head.subject.kind in (SubjectKind.WE, SubjectKind.I):
                carrier = None  # WE RECOMMEND A REPLY INFORMING THEM: nobody informs
            if voice is None and head.subject.kind is SubjectKind.I and self._tracker.author is None:
                break  # I REFERRED TO THE FACT THAT THE BUREAU PROPOSED: told by one who is not known
            wished = head.subject.kind is SubjectKind.HE or head.verb.group == "attitude"
            if told_of and not points and wished:
                continue  # TURKMEN ALSO MENTIONED HE WANTED ASSURANCES: not the one who spoke before
            told_of = told_of or (voice is None and is_person(block, head) and says(head))
            if voice is not None and voice.player is self._tracker.author and asks_me(block, head):
                voice = replace(voice, player=None, side=None, resolution=SpeakerBasis.UNKNOWN)
            if voice is not None:
                points.append((head, self._weighed(block, head, voice, bool(points))))
        if told_of and not points:
            self._tracker.he, self._tracker.unknown_here = None, True  # HE may be whoever is told of
        return points

    def _opening(self, block: LayoutBlock, head: ReportingClause) -> ResolvedSpeaker | None:
        """Who speaks at the first clause of a sentence; None where it reports nothing."""
        tracker = self._tracker
        kind = head.subject.kind
        weak = head.verb.group == "attitude" and not head.agreed
        closed = head.before.rstrip().endswith(
            (",", "”")
        )  # IN REPLY TO HIS QUESTION WHETHER THIS WAS SO, SMITH SAID
        if _SINCE.search(head.before) and len(head.before) > 25 and kind is not SubjectKind.I:
            return None  # HE WISHED IT ISSUED AFTER THE AEC ISSUED ITS OWN
        embedded = _EMBEDDED.search(head.before) is not None and not head.agreed and not closed
        if embedded and (weak or len(head.before) > 60 or kind in (SubjectKind.HE, SubjectKind.I)):
            return None
        if kind is SubjectKind.ELIDED:
            opens = not head.before.strip() and not head.participle
            return tracker.voice(block, head) if opens and is_strong(head.verb) else None
        mere = head.verb.base or weak or of_himself(head)
        if kind is SubjectKind.I and self._paper.is_sent and mere:
            return None  # I RECOMMEND, I BELIEVE: the reporter to the Department, not a speaker at a meeting
        between = block.prose.plain[head.subject.end : head.verb_start]
        if kind is SubjectKind.I and self._paper.is_sent and " WOULD " in f"{between} ":
            return None  # I WOULD LIKE TO REITERATE MY CONCURRENCE
        if kind is SubjectKind.I and weak and tracker.active is None:
            return None
        if kind is SubjectKind.I and len(head.before) > 60 and not closed and not _LINKED.search(head.before):
            return None
        voice = tracker.voice(block, head)
        if voice is None:
            return None
        told_of = is_told_of(tracker, voice)
        if told_of and head.perfect and kind is not SubjectKind.I:
            return None
        if (
            weak
            and kind is SubjectKind.HE
            and len(head.before) > 25
            and not closed
            and not _LINKED.search(head.before)
        ):
            return None
        if weak and voice.player is not None and voice.player.kind == "body" and tracker.active is not None:
            return None  # THE SOVIET GOVERNMENT WAS PREPARED: what someone says of it
        if (
            weak
            and (kind is SubjectKind.PHRASE or voice.player is None)
            and (told_of or voice.player is None)
        ):
            return None
        if weak and (head.verb.lemma == "realize" or _APPEARS.search(head.before)) and self._paper.is_sent:
            return None  # HE QUICKLY REALIZED, IT APPEARS THE GOVERNMENT INTENDS: the reporter's
        if weak and not (self._meets or kind is SubjectKind.HE or tracker.is_present(voice.player)):
            return None
        if head.subject.after == SENDER:
            return voice  # A MESSAGE FROM BUNCHE, SAYING THAT
        active = tracker.active if tracker.spoken_here else None
        of_government = voice.side is not None and (voice.player is None or voice.player.kind == "body")
        does = head.perfect or head.verb.group in _GOVERNS
        if active is not None and kind is SubjectKind.PHRASE and of_government and does:
            return None  # RECENTLY USG AGREED TO A CREDIT: whoever has the floor says so
        if head.perfect and kind is SubjectKind.HE and active is None:
            return None  # HE HAD SAID, and nobody has the floor who may tell it
        if active is None or active.player is None or active.player is tracker.author:
            return voice
        if head.perfect and voice.player is not active.player:
            return None  # HE HAD SAID: told by whoever has the floor
        if voice.player is not active.player and self._is_told(block, head, voice):
            return None
        if told_of and voice.player is not active.player:
            return None  # whoever has the floor tells of someone who is not there
        if voice.resolution is SpeakerBasis.DOCUMENT and "owned" in voice.evidence:
            return None
        return voice

    def _is_told(self, block: LayoutBlock, head: ReportingClause, voice: ResolvedSpeaker) -> bool:
        """Whether a clause is told by whoever has the floor: of a capital, or what a body now says."""
        words = block.prose.plain[head.subject.start : head.subject.end]
        if is_capital(words) and head.subject.kind is SubjectKind.PHRASE:
            return True  # WASHINGTON INSISTED
        body = voice.player is None or voice.player.kind == "body"
        return body and head.present and self._tracker.told_in_past and not self._paper.is_sent

    def _next(
        self, block: LayoutBlock, head: ReportingClause, last: tuple[ReportingClause, ResolvedSpeaker]
    ) -> ResolvedSpeaker | None:
        """Who speaks at a further clause of a sentence; None where it belongs to what another says."""
        tracker = self._tracker
        current = last[1]
        kind, group = head.subject.kind, head.verb.group
        linked = _LINKED.search(head.before) is not None
        if kind is SubjectKind.IT and linked and head.agreed and not head.perfect:
            return tracker.voice(block, head)  # AND IT WAS EXPLAINED: by nobody named
        if last[0].aside and head.start - last[0].end < _CLOSE:
            return None  # IN PARIS, HE STATED, OFFICERS MADE CLEAR: what he tells
        if kind is SubjectKind.ELIDED:
            fresh = head.verb_start - last[0].end > 25
            # I ACCEPTED IT AND RECOMMENDED APPROVAL: that to the capital
            own = current.player is tracker.author and self._paper.is_sent and head.verb.lemma == "recommend"
            return current if group != "attitude" and (not head.participle or fresh) and not own else None
        if (
            head.perfect
            or (_SINCE.search(head.before) and kind is not SubjectKind.I)
            or kind in (SubjectKind.WE, SubjectKind.IT, SubjectKind.THEY)
        ):
            return None
        if kind is SubjectKind.HE:
            if group == "deliver" or not (linked or head.aside):
                return None
            if last[0].subject.kind is SubjectKind.I and group != "attitude" and is_timed(last[0]):
                return tracker.voice(block, head)  # AFTER I SAID THIS, HE REPLIED
            author = current.player is not None and current.player is tracker.author
            if author and (group == "attitude" or head.before.rstrip().endswith(",")):
                return None
            same = current.player is None or (not author and group != "answer")
            return current if same else tracker.voice(block, head)
        if group == "attitude" and (not linked or (kind is SubjectKind.I and self._paper.is_sent)):
            return None
        if not linked and not head.aside and not head.agreed:
            sure = self._noisy and group in ("speech", "ask", "answer", "reject", "accept")
            if not sure or kind is not SubjectKind.PHRASE:
                return None
        voice = tracker.voice(block, head)
        if voice is None or (voice.player is None and not head.agreed):
            return None
        if voice.player is not tracker.author and is_told_of(tracker, voice):
            return None
        return voice

    def _weighed(
        self, block: LayoutBlock, head: ReportingClause, voice: ResolvedSpeaker, further: bool
    ) -> ResolvedSpeaker:
        """With what the clause says for and against it."""
        evidence = [head.verb.group, "strong" if is_strong(head.verb) else "weak"]
        if head.perfect:
            evidence.append("perfect")
        if further:
            evidence.append("further")
        if len(head.before) > 40:
            evidence.append("late")
        if block.role is Role.SUMMARY:
            evidence.append("summary")
        if not self._tracker.spoken_here:
            evidence.append("first")
        return voice.with_evidence(*evidence)

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
