"""What a sentence tells besides: words of others in subordinate clauses, behind nouns, in the passive.

The walk over a document gives sentences to speakers. A sentence that it leaves may still tell that somebody
said something (`WHEN THE UNDER SECRETARY ADDED THAT`, `THE ESTIMATE MADE BY MR. HILLEGASS THAT`, `I WAS TOLD
THAT`). Such a statement is shown; who speaks is left open.
"""

from __future__ import annotations

import re

from septel.record.attribution.besides.no_clauses import (
    is_last_said_by,
    is_no_clause,
    is_own_office,
    next_label,
    tells_a_name,
)
from septel.record.attribution.besides.told_words import (
    ALWAYS_HEARD,
    CHARACTERISES,
    COLON_QUOTE,
    DEEP,
    DELETED,
    ENTRY,
    FEELS,
    FEW,
    GATHERING,
    HEARER,
    I_WENT_ON,
    INSTRUCTS,
    LEADS,
    LEADS_ON,
    MINE,
    NARRATED,
    NOW,
    OBJECT,
    OWN_LIST,
    PAST,
    PRESENT,
    SHIFTED,
    SPEAKING,
    SUPPOSED,
    TALKS,
    TELEGRAPHED,
    TELLING,
    THINKS,
    TO_A_HEARER,
    TO_US,
    WE_NOW,
    WISH,
    YOURS,
)
from septel.record.attribution.besides.views_held import ViewsHeld, may_speak
from septel.record.attribution.clause_kinds import deals_with, is_nobodys, is_timed
from septel.record.attribution.frames import Frames, is_strong
from septel.record.attribution.reported_speech import SpeechSegmenter
from septel.record.attribution.reporting_verbs import ReportingClause
from septel.record.attribution.speakers import ResolvedSpeaker, meets
from septel.record.attribution.subjects import SubjectFinder
from septel.record.attribution.tokens import SubjectKind
from septel.record.attribution.tracker import Tracker
from septel.record.layout import (
    EDITORS,
    MANNER,
    OURS,
    POINTS_FOLLOW,
    TO_OFFICE,
    UNSAID,
    DocumentLayout,
    LayoutBlock,
    Prose,
    Role,
    quoted,
)
from septel.record.model import Mode, SpeakerBasis
from septel.record.people import NounKind, Participant, head_of, noun_kind
from septel.text import Span


class ToldBesides:
    """Finds what sentences that the walk has left tell of words of others."""

    def __init__(
        self,
        paper: DocumentLayout,
        tracker: Tracker,
        scribe: SpeechSegmenter,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self._paper = paper
        self._without = without
        self._tracker = tracker
        self._finder = tracker.reader.finder
        self._scribe = scribe
        addressed = sum(len(YOURS.findall(block.prose.plain)) for block in paper.blocks)
        self._addresses = not paper.is_sent and addressed > 1
        """Whether it speaks to another government: every sentence of it is said."""
        self._instructs = paper.is_instruction
        self._plans = self._instructs and not meets(paper)
        """Whether it tells a post what to do, and of no talk."""
        self._mine = False
        """Whether who reports is the last who spoke."""
        self._deep = False
        """Whether what a sentence tells stands deep within it."""
        self._told = False
        """Whether the sentence before tells what somebody said."""
        self._announced = self._quoting = False
        """Whether a colon announces words; whether a quotation of them is open."""
        self._asked = False
        """Whether a paragraph of a telegram has a question of nobody's: it is speech told freely."""
        self._listing = False
        """Whether entries of a list of what was said follow."""
        self._item = ""
        """The number or letter of the last entry of it."""
        self._spoke: list[Participant] = []
        self._talk = not paper.is_sent and any(word in paper.kind for word in TALKS)
        """Whether it reports a talk and nothing else: what stands in it in the present is said."""

    def take_down(self) -> None:
        """Take down one statement for each sentence left that tells of one."""
        taken: dict[str, list[Span]] = {}
        for saying in self._scribe.out.sayings:
            prose = saying.block.prose
            taken.setdefault(prose.paragraph, []).append(self._place(prose, saying.start, saying.end))
        self._spoke = [s.voice.player for s in self._scribe.out.sayings if s.voice.player is not None]
        self._openers = ViewsHeld(self._tracker, self._scribe.out)
        unsaid = {block.prose.paragraph for block, *_, why in self._scribe.out.adrift if why == UNSAID}
        for block in self._paper.blocks:
            if block.prose.paragraph not in unsaid:
                self._block(block, taken.get(block.prose.paragraph, []))

    def _block(self, block: LayoutBlock, taken: list[Span]) -> None:
        mask = quoted(block.prose)
        self._told = self._mine = self._announced = self._quoting = self._asked = False
        if block.label and self._item and block.label == next_label(self._item):
            self._listing = True  # b. behind a. and what stands between them: the list goes on
        if self._listing and block.label and not (block.label.isdigit() and self._paper.is_dispatched):
            self._item = block.label  # numbers in a telegram are mostly those of its own paragraphs
        for sentence in block.prose.sentences:
            entry = ENTRY.match(block.prose.text, sentence.start) is not None
            place = self._place(block.prose, sentence.start, sentence.end)
            if any(s.start < place.end and place.start < s.end for s in taken):
                self._told = True
                self._mine = self._paper.is_sent and is_last_said_by(
                    self._tracker.author, self._scribe.out, block, sentence
                )
                self._listing = self._listing and entry
            else:
                self._left(block, sentence, mask, entry=entry or bool(block.label))

    def _left(self, block: LayoutBlock, sentence: Span, mask: bytearray, *, entry: bool) -> None:
        """Take down what a sentence tells that nobody was given, if it tells of words."""
        words = block.prose.plain[sentence.start : sentence.end]
        count = len(words.split())
        last = sentence.end == block.prose.sentences[-1].end
        leads = words.rstrip()[-1:] == ":" or (last and LEADS_ON.match(words) is not None)
        if leads or POINTS_FOLLOW.search(words):  # what follows is said, and not this
            self._listing = LEADS.search(words) is not None and OWN_LIST.search(words) is None
            self._item = ""
            self._told = self._quoting = False
            self._announced = OWN_LIST.search(words) is None
            return
        self._listing = self._listing and entry
        if self._addresses and block.role is not Role.COMMENT and count > FEW:
            self._say(block, sentence.start, sentence.end, None, "addressed")
        elif self._quotes(block, sentence, mask) and count >= FEW:
            self._say(block, sentence.start, sentence.end, None, "quoted")
            self._quoting = True
        elif self._listing and count >= FEW and not (EDITORS.search(words) or words[0] in "(["):
            self._say(block, sentence.start, sentence.end, None, "list")
            self._told = True
        elif self._sentence(block, sentence, mask):
            self._told = not self._deep
            self._quoting = words.count("“") > words.count("”")
        elif self._told or self._talk:
            on = self._goes_on(block, sentence, told=self._told)
            self._told = on or (self._talk and self._told and not self._acts(block, sentence))

    def _quotes(self, block: LayoutBlock, sentence: Span, mask: bytearray) -> bool:
        """Whether a sentence stands within a quotation that a colon or somebody's words announce."""
        words = block.prose.plain[sentence.start : sentence.end]
        opened = COLON_QUOTE.search(words)
        if opened is not None and not self._instructs and OWN_LIST.search(words[: opened.start()]) is None:
            return True  # LLOYD'S PROPOSAL READS AS FOLLOWS: “THE CONFERENCE
        inside = bool(mask[sentence.start]) and bool(mask[max(sentence.start, sentence.end - 2)])
        opens = block.prose.text[sentence.start] in '“"'
        return (
            inside and not self._instructs and (self._quoting or (opens and (self._announced or self._told)))
        )

    @staticmethod
    def _place(prose: Prose, start: int, end: int) -> Span:
        return Span(prose.at[start], prose.at[end - 1] + 1)

    def _acts(self, block: LayoutBlock, sentence: Span) -> bool:
        """Whether a sentence tells what was done at a meeting, behind which nobody goes on."""
        words = block.prose.plain[sentence.start : sentence.end]
        told = NARRATED.match(words) or MANNER.match(words) or CHARACTERISES.search(words[:120])
        return told is not None or self._tells_of_those(block, sentence)

    def _goes_on(self, block: LayoutBlock, sentence: Span, *, told: bool) -> bool:
        """Take down a sentence behind what somebody said that stands in the tenses of reported speech."""
        if "continuing" in self._without or self._plans:
            return False  # THIS COULD PUT HIM ON THE SPOT: what could be, and nobody's words
        text = block.prose.plain
        words = text[sentence.start : sentence.end]
        if words[:1] in "([":
            return False
        if (
            TO_US.search(words)
            or NARRATED.match(words)
            or MANNER.match(words)
            or EDITORS.search(words)
            or CHARACTERISES.search(words[:120])
        ):
            return False
        feels = FEELS.match(words) is not None
        if self._mine:  # I TOLD HIM. I COULD CONCEIVE OF A SITUATION: what who reports said on
            said = I_WENT_ON.search(words) is not None and NOW.search(words) is None
        elif self._talk:
            speaks = words.rstrip('”" ')[-1:] == "?" or PRESENT.search(words) is not None
            shifted = PAST.search(words) is not None and not self._tells_of_those(block, sentence)
            ours = WE_NOW.search(words) is not None and bool(self._spoke) and block.role is Role.BODY
            said = (feels or speaks or shifted) if told else ours
        else:
            said = feels or (SHIFTED.search(words) is not None and MINE.search(words) is None)
            said = said or self._openers.wants(words)
            asks = words.rstrip('”" ')[-1:] == "?" and not INSTRUCTS.search(words)
            self._asked = self._asked or asks
            goes = self._asked and MINE.search(words) is None and not INSTRUCTS.search(words)
            said = (said or goes) and not (OURS.search(words) or TO_OFFICE.match(words))
        if not said:
            return False
        self._say(block, sentence.start, sentence.end, None, "goes on")
        return True

    def _tells_of_those(self, block: LayoutBlock, sentence: Span) -> bool:
        """Whether a sentence in the past tells what those who met did: WE HAD NOT FINISHED OUR DISCUSSION."""
        text = block.prose.plain
        opening = SubjectFinder(block.prose, sentence.start, sentence.end, self._finder.names).opening()
        if GATHERING.search(text, sentence.start, sentence.end):
            return True
        if opening is None:
            return False
        if opening.kind is SubjectKind.PHRASE:
            player = self._finder.known(head_of(text[opening.start : opening.end]))
            return player is not None and self._tracker.is_present(player)
        if opening.kind is SubjectKind.WE:
            return SHIFTED.search(text, sentence.start, sentence.end) is None
        return opening.kind in (SubjectKind.I, SubjectKind.HE, SubjectKind.THEY)

    def _sentence(self, block: LayoutBlock, sentence: Span, mask: bytearray) -> bool:
        """Whether a sentence tells of words, which are taken down."""
        self._deep = False
        text = block.prose.plain
        if EDITORS.search(text, sentence.start, sentence.end):
            return False
        if mask[sentence.start] and mask[max(sentence.start, sentence.end - 2)]:
            mask = bytearray(len(mask))  # a telegram that is passed on whole tells too
        heads = Frames(block.prose, mask, self._finder).of(sentence.start, sentence.end)
        for head in heads:
            if self._reports(block, head):
                begin = min(head.start, head.verb_start)
                self._say(block, begin, sentence.end, head, "clause")
                # what is told deep within a sentence is not gone on with in the next
                self._deep = begin - sentence.start >= DEEP
                return True
        if DELETED.search(text, sentence.start, sentence.end):
            self._say(block, sentence.start, sentence.end, None, "deleted")
            return True
        if text[sentence.start] in "([" and ENTRY.match(text, sentence.start) is None:
            return False
        sort = None if mask[sentence.start] else self._openers.sort_of(block, sentence)
        if sort is not None:
            self._say(block, sentence.start, sentence.end, None, sort)
            return True
        if INSTRUCTS.search(text, sentence.start, sentence.end):
            return False
        for sort, pattern in TELLING:
            match = pattern.search(text, sentence.start, sentence.end)
            if match is None or mask[match.start()]:
                continue
            if sort == "you" and self._instructs:
                continue  # YOU REQUESTED CONVEY IT: telegraphic for what is asked of you
            if sort in ("noun", "view") and not self._is_somebody(block, match):
                continue
            before = text[sentence.start : match.start()]
            if SUPPOSED.search(before) or (pattern is WISH and OBJECT.search(before)):
                continue
            mine = MINE.search(text, sentence.start, match.start())  # I THINK IT TIME TO TAKE A LINE
            if sort == "topic" and (mine or not self._somebody_opens(block, sentence.start)):
                continue
            start = match.start() if sort in ("noun", "relative") else sentence.start
            self._say(block, start, sentence.end, None, sort)
            return True
        return False

    def _is_somebody(self, block: LayoutBlock, match: re.Match[str]) -> bool:
        """Whether the owner of words is a person, a body or a nation."""
        groups = match.groupdict()
        if groups.get("his") or groups.get("his2"):
            return True
        name = next(one for one in ("who", "owner", "owner2") if groups.get(one))
        return may_speak(block, match.start(name), match.end(name))

    def _somebody_opens(self, block: LayoutBlock, start: int) -> bool:
        """Whether a sentence is about a person or a body, by its opening."""
        end = next((s.end for s in block.prose.sentences if s.start <= start < s.end), start)
        opening = SubjectFinder(block.prose, start, end, self._finder.names).opening()
        if opening is None:
            return False
        if opening.kind is SubjectKind.PHRASE:
            return may_speak(block, opening.start, opening.end)
        return opening.kind in (SubjectKind.HE, SubjectKind.THEY)

    def _reports(self, block: LayoutBlock, head: ReportingClause) -> bool:
        """Whether a clause that the walk passed over tells as a fact that somebody spoke."""
        text = block.prose.plain
        felt = self._talk and head.verb.group == "attitude" and THINKS.match(text, head.end) is not None
        if head.modal or head.negated or not (felt or head.verb.group in (*SPEAKING, "deliver")):
            return False
        if is_nobodys(block, head) or deals_with(block, head) or SUPPOSED.search(head.before):
            return False
        if is_no_clause(block, head) or (self._paper.is_sent and is_own_office(block, head)):
            return False
        if is_timed(head) and not text.startswith(head.verb.lemma.upper()[:4], head.verb_start):
            return False  # WHEN VYSHINSKY MADE HIS PROPOSAL: when, and not what
        strong = is_strong(head.verb)
        gap = text[head.subject.end : head.verb_start]
        kind = head.subject.kind
        if head.verb.base and " DID " not in f"{gap} " and not (kind is SubjectKind.THEY and strong):
            return False
        if kind in (SubjectKind.I, SubjectKind.WE):
            if head.verb.lemma not in TO_A_HEARER:
                return False
            always = kind is SubjectKind.I and head.verb.lemma in ALWAYS_HEARD
            return always or HEARER.match(text, head.end) is not None or tells_a_name(block, head)
        if kind is SubjectKind.HE and "pronoun" in self._without:
            return False
        if kind in (SubjectKind.HE, SubjectKind.NOBODY, SubjectKind.LATTER, SubjectKind.FORMER):
            return strong or head.verb.group in SPEAKING
        if kind is SubjectKind.THEY or kind is SubjectKind.BOTH:
            return strong
        if kind is SubjectKind.ELIDED:
            if head.participle:
                return False
            if head.before.strip():
                # LODGE SOUGHT TO CLARIFY IT AND SAID: he of the main clause did
                linked = head.subject.after in ("AND", "BUT", ",")
                return (
                    strong
                    and linked
                    and head.verb.lemma != "agree"
                    and self._somebody_opens(block, head.verb_start - len(head.before))
                )
            # STATED WE UNDERSTOOD IT: a telegram leaves out who
            return self._paper.kind == "telegram" and (strong or head.verb.lemma in TELEGRAPHED)
        if kind is SubjectKind.PHRASE:
            if head.verb.group == "deliver" and not strong:
                return False
            head_word = head_of(text[head.subject.start : head.subject.end])
            if noun_kind(head_word) is NounKind.DOCUMENT:
                return strong
            return may_speak(block, head.subject.start, head.subject.end)
        return False

    def _say(self, block: LayoutBlock, start: int, end: int, head: ReportingClause | None, sort: str) -> None:
        prose = block.prose
        until = head.end if head is not None else min(end, start + 40)
        voice = ResolvedSpeaker(
            player=None,
            side=None,
            resolution=SpeakerBasis.UNKNOWN,
            mention=prose.excerpt(start, max(until, start + 1)),
            evidence=frozenset({"told besides", f"told besides: {sort}"}),
        )
        before = len(self._scribe.out.sayings)
        self._scribe.say(block, start, end, voice, head, mode=Mode.ORAL)
        if len(self._scribe.out.sayings) > before:
            adrift = self._scribe.out.adrift
            adrift[:] = [one for one in adrift if one[0] is not block or one[2] <= start or end <= one[1]]
