"""Paragraphs under one that says whose statement follows."""

from __future__ import annotations

import re
from dataclasses import replace

from septel.record.attribution.clause_kinds import NESTING
from septel.record.attribution.frames import Frames, is_strong
from septel.record.attribution.reported_speech import PREPARED, TOLD_TO, SpeechSegmenter, departs
from septel.record.attribution.reporting_verbs import ReportingClause
from septel.record.attribution.speakers import ResolvedSpeaker, nobody
from septel.record.attribution.subjects import SubjectFinder
from septel.record.attribution.tokens import SubjectKind
from septel.record.attribution.tracker import Tracker
from septel.record.layout import POINTS_FOLLOW, LayoutBlock, Prose, clauses, cue, quoted
from septel.record.model import Mode, SpeakerBasis
from septel.record.people import Mention, MentionKind, is_own_staff

_GOVERNS = cue("attributing.governs")
_TO_COME = re.compile(
    r"\b(?:MIGHT|SHOULD|COULD|MAY|WILL|SHALL) (?:\w+ ){0,2}?(?:BE |MAKE |SAY |STATE |TAKE |INCLUDE "
    r"|CONVEY |DELIVER |SEND )"
    r"|\b(?:I|WE|DEPARTMENT|DEPT|EMBASSY) (?:\w+LY |ALSO |THEREFORE,? )?(?:PROPOSE|RECOMMEND|SUGGEST|PLAN"
    r"|INTEND)S?\b"
    r"|\b(?:PLEASE|YOU ARE AUTHORIZED|COURSES? OF ACTION|NOT SURE WHICH|OBJECTIVES? OF)\b"
)
"""Leads to what who reports proposes, or what is yet to be said."""
_REASONS = re.compile(
    r"\b(?:REASONS?|RECOMMEND\w*|CONCLUSIONS?|CONSIDERATIONS|FACTORS|ALTERNATIVES|OPTIONS|STEPS|ACTIONS?"
    r"|MEASURES"
    r"|PURPOSES?|OBJECTIVES|ASSUMPTIONS|FACTS|DRAFT|WE|OUR|YOU)\b"
)
"""In a lead in which nobody speaks: what follows is argued by who writes."""
_OFFICE = re.compile(r"(?:THE )?(?:DEPARTMENT|DEPT|EMBASSY|EMB|MISSION)\b")
_FEELS = frozenset({"feel", "believe", "think", "hope", "favor", "want", "wish"})
"""What a body is said to do in a list of recommendations, as a member with a view of its own."""
_MADE_BY = re.compile(
    r"\b(?:REMARKS?|STATEMENTS?|POINTS?|COMMENTS?|OBSERVATIONS?|PROPOSALS?|ARGUMENTS?|VIEWS?|TEXT|MESSAGE"
    r"|REPLY)\b"
    r"[^.:;]{0,40}?\b(?P<by>BY)\b(?! (?:TELEGRAM|CABLE|LETTER|POUCH|HAND)\b)"
)
_MEANWHILE = re.compile(r"\b(?:WHEN|AFTER|WHILE|AS)\b(?! (?:FOLLOWS?|TO|REGARDS)\b)[^,:;]{3,90}:$")
_CONDITIONS = re.compile(r"\b(?:UNTIL|UNLESS|PROVIDED|ONLY IF)\b[^.:;]{0,60}\bFOLLOWING\b[^.;]*:$")
_OUR_VIEW = re.compile(r"(?:OUR|DEPARTMENT'S|DEPT'S|EMBASSY'S) (?:VIEW|POSITION|REPLY|ANSWER|RESPONSE)\b")
_AGREED_ON = re.compile(
    r"\b(?:AGREEMENT|CONSENSUS)\b[^.;:]{0,80}:$"
    r"|\b(?:WAS|WERE) (?:\w+LY )?(?:AGREED|DECIDED|RESOLVED)\b[^.;:]{0,80}:$"
)
"""Leads to what those who met agreed on: AGREEMENT WAS REACHED ON THE FOLLOWING POINTS:"""
_LEFT_OUT = re.compile(r"(?:\w{1,2}[.)] ?)?\[[^\]]*\]\W*$")
"""An entry that the edition leaves out ends no list."""
_HE_SAID = re.compile(r"\b(?:SAID|STATED|REPLIED|ANSWERED|CONTINUED|ADDED|AS FOLLOWS):\W*$")
_LISTING = re.compile(r"\b(?:RECOMMENDATIONS|CONCLUSIONS|DECISIONS|DECIDED|AGREED|AGREEMENT|CONSENSUS)\b")


_COUNTED = re.compile(
    r"\b(?:TWO|THREE|FOUR|FIVE|SIX|SEVERAL) (?:[A-Z-]+ ){0,2}?"
    r"(?P<what>ALTERNATIVE|OPTION|POINT|CONDITION|POSSIBILIT|COURSE|REASON|PROPOSAL|QUESTION|CHOICE"
    r"|APPROACH|STEP"
    r"|PROBLEM|FACTOR|ISSUE)(?:E?S|IES)\b[^.;]{0,60}[.:]?\W*$"
)
"""Ends a paragraph with what somebody is about to go through: AWARE OF THREE ALTERNATIVES UNDER STUDY."""
_LAST_CLAUSE = re.compile(
    r"(?:,|;|\bAND\b|\bBUT\b) (?P<who>I|WE|HE|SHE|THEY)(?: \w+LY| THEN| ALSO)? [A-Z]{3,}\b"
    r"[^,;:]{0,80}:\W*$"
)
"""The main clause in front of a colon: HE ASKED ME TO COMMENT ON REQUESTS OF CHANG, AND I TICKED THEM OFF:"""
_A_TEXT = re.compile(r"\b(?:STATEMENT|TEXT|MESSAGE|NOTE|LETTER|PAPER|PRESENTATION|REMARKS)\b")
"""What somebody read out, and what follows may go on with."""
_HIS = re.compile(r"\b(?:HE|HIS|SHE|HER|I|MY|THEY|THEIR)\b")
"""In a lead without a verb of saying: what follows is of whoever has the floor."""
_ORDINAL = re.compile(r"\W*(?:THE )?(?:FIRST|SECOND|THIRD|FOURTH|FIFTH|SIXTH|LAST|FINAL)(?:LY)?\b")


class Governor:
    """Gives paragraphs to whoever the paragraph above them says is speaking."""

    def __init__(
        self,
        tracker: Tracker,
        scribe: SpeechSegmenter,
        *,
        sent: bool,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self._tracker = tracker
        self._finder = tracker.reader.finder
        self._scribe = scribe
        self._without = without
        self._is_sent = sent
        self._governor: tuple[LayoutBlock, ResolvedSpeaker] | None = None
        self._counted = False
        """Whether the paragraph that governs counts what the ones under it go through."""

    def forget(self) -> None:
        """No paragraph above says whose statement follows."""
        self._governor = None

    def governs(
        self, block: LayoutBlock, mentions: tuple[Mention, ...], last: ResolvedSpeaker | None
    ) -> None:
        """Remember whose statement the paragraphs under this one are."""
        plain = block.prose.plain.rstrip()
        ends = plain.endswith(":")
        self._counted = last is not None and block.path.isdigit() and _COUNTED.search(plain) is not None
        if last is not None and self._counted and not ends:
            # said it was; by whom a sentence so long before the list often leaves open
            self._governor = (block, nobody(block))
            return
        if not ends and not _GOVERNS.search(plain):
            return
        if (
            ends
            and last is None
            and not re.search(
                r"\bFOLLOW|\bTHAT|\bPOINTS?\b|\bRECOMMEND|\bSUM|\bHIGHLIGHTS|\bSTATEMENT", plain[-160:]
            )
        ):
            return
        if _CONDITIONS.search(plain):
            self._governor = None
            return  # I ASKED HIM TO WAIT UNTIL FOLLOWING IS DONE: conditions, and nobody's words
        if self._is_to_come(block, last):
            self._governor = None
            return  # FOLLOWING MIGHT BE SUGGESTED: not said yet
        voice = self._listed(block, last) or self._of_last_clause(block, last) or self._made_by(block)
        if voice is None and _MEANWHILE.search(plain):
            self._governor = None
            return  # REMARKS AS FOLLOWS, WHEN I DELIVERED IT: whose they are is not told
        if voice is None and ends and last is not None:
            voice = replace(last, resolution=SpeakerBasis.GOVERNING)
        voice = voice or self._owner(block, mentions)
        if voice is not None and (ends or block.path[:1].isdigit()):
            self._governor = (block, voice)

    def _is_to_come(self, block: LayoutBlock, last: ResolvedSpeaker | None) -> bool:
        """Whether what follows is proposed by who reports, or is yet to be said."""
        prose, author = block.prose, self._tracker.author
        if not self._is_sent or not prose.sentences or not prose.plain.rstrip().endswith(":"):
            return False
        sentence = prose.sentences[-1]
        if last is None and _REASONS.search(prose.plain, sentence.start):
            return True  # THIS RECOMMENDATION IS SUPPORTED BY THE FOLLOWING REASONS:
        own = (
            last is None
            or last.player is author
            or (last.player is not None and is_own_staff(last.player))
            or _OFFICE.match(last.mention.words.upper()) is not None
        )
        return own and _TO_COME.search(prose.plain, sentence.start) is not None

    def _of_last_clause(self, block: LayoutBlock, last: ResolvedSpeaker | None) -> ResolvedSpeaker | None:
        """Whose list stands behind a colon: the subject's of the verb in front of it, not the last name's."""
        prose = block.prose
        sentence = prose.sentences[-1] if prose.sentences else None
        found = _LAST_CLAUSE.search(prose.plain, sentence.start) if sentence else None
        if found is None:
            return None
        at = prose.excerpt(*found.span("who"))
        if last is not None and last.mention.locus.span == at.locus.span:
            return replace(last, resolution=SpeakerBasis.GOVERNING)
        author = self._tracker.author
        if found.group("who") != "I" or author is None:
            return nobody(block)  # HE, THEY, WE: either of those named before
        return ResolvedSpeaker(
            player=author,
            side=author.person.side,
            resolution=SpeakerBasis.GOVERNING,
            mention=at,
            evidence=frozenset({"author"}),
        )

    def _made_by(self, block: LayoutBlock) -> ResolvedSpeaker | None:
        """REMARKS MADE BY X: whose words follow is said outright."""
        prose = block.prose
        sentence = prose.sentences[-1] if prose.sentences else None
        made = _MADE_BY.search(prose.plain, sentence.start) if sentence else None
        if sentence is None or made is None:
            return None
        agent = SubjectFinder(prose, sentence.start, sentence.end, self._finder.names).agent(made.start("by"))
        if agent is None:
            return None
        meant = self._tracker.reader.meant(prose, agent.start, agent.end, strong=True)
        how = SpeakerBasis.GOVERNING if meant.player or meant.side else SpeakerBasis.UNKNOWN
        return ResolvedSpeaker(
            player=meant.player,
            side=meant.side,
            resolution=how,
            mention=prose.excerpt(agent.start, agent.end),
            evidence=frozenset({"made by"}),
        )

    def _listed(self, block: LayoutBlock, last: ResolvedSpeaker | None) -> ResolvedSpeaker | None:
        """Whose conclusions follow: of who is said to give them, else of the body that met."""
        prose = block.prose
        sentence = prose.sentences[-1] if prose.sentences else None
        if sentence is None or not _LISTING.search(prose.plain, sentence.start):
            return None
        if last is not None:
            return replace(last, resolution=SpeakerBasis.GOVERNING).with_evidence("listed")
        opening = prose.plain[: prose.sentences[0].end]
        body = re.match(
            r"(?:THE )?((?:\w+ ){1,5}(?:COMMITTEE|COUNCIL|CONFERENCE|GROUP|BOARD"
            r"|COMMISSION)(?: \([A-Z]+\))?)",
            opening,
        )
        if body is None:
            agreed = not self._is_sent and _AGREED_ON.search(prose.plain, sentence.start) is not None
            return replace(nobody(block), resolution=SpeakerBasis.MEETING) if agreed else None
        meant = self._tracker.reader.meant(prose, *body.span(1), strong=True)
        return ResolvedSpeaker(
            player=meant.player,
            side=meant.side,
            resolution=SpeakerBasis.GOVERNING,
            mention=prose.excerpt(*body.span(1)),
            evidence=frozenset({"listed"}),
        )

    def takes(self, block: LayoutBlock) -> bool:
        """A lettered or numbered paragraph under one that says whose statement follows."""
        if self._governor is None or "governing" in self._without:
            return False
        parent, voice = self._governor
        counted = self._counted and block.path.isdigit() and _ORDINAL.match(block.prose.plain) is not None
        if not counted and not self._is_under(block, parent):
            if not (block.path[:1].isalpha() or _LEFT_OUT.match(block.prose.text)):
                self._governor = None
            return False
        prose = block.prose
        mask = quoted(prose)
        frames = Frames(prose, mask, self._finder)
        if self._tells(frames, prose):
            self._tracker.active = voice
            return False  # HE ASKED: no highlight of a statement, but a report of its own
        current, mode = voice, Mode.READ
        for sentence in prose.sentences:
            text = prose.plain[sentence.start : sentence.end]
            head, spoken = self._own(block, frames, sentence.start, sentence.end)
            if head is not None and spoken is not None:
                current = spoken
                leaves = departs(prose, sentence.start, sentence.end) and not re.search(r"CONTINU", text)
                mode = Mode.DEPARTURE if leaves else Mode.READ
                self._scribe.say(block, sentence.start, sentence.end, spoken, head, mode=mode)
                if mode is Mode.READ and spoken.player is not voice.player:
                    current = voice
            else:
                leaves = departs(prose, sentence.start, sentence.end)
                if leaves or PREPARED.search(text):
                    mode = Mode.DEPARTURE if leaves and current.player is voice.player else Mode.READ
                current = voice if mode is Mode.READ else current
                for start, end in clauses(prose, sentence.start, sentence.end):
                    self._scribe.say(block, start, end, current, None, mode=mode, governed=True)
        return True

    @staticmethod
    def _tells(frames: Frames, prose: Prose) -> bool:
        """Whether a paragraph reports by itself what HE said, was told, or met with (OUR VIEW THAT)."""
        for sentence in prose.sentences:
            if TOLD_TO.match(prose.plain, sentence.start) or _OUR_VIEW.match(prose.plain, sentence.start):
                return True
        heads = (head for sentence in prose.sentences for head in frames.of(sentence.start, sentence.end))
        return any(
            head.subject.kind is SubjectKind.HE
            and is_strong(head.verb)
            and not (head.modal or head.perfect or head.before.strip())
            for head in heads
        )

    def _own(
        self, block: LayoutBlock, frames: Frames, start: int, end: int
    ) -> tuple[ReportingClause, ResolvedSpeaker] | tuple[None, None]:
        """A reporting clause at the head of a governed sentence: another speaks there."""
        for head in frames.of(start, end):
            if head.verb.group == "attitude" and (head.before.strip() or head.verb.lemma not in _FEELS):
                continue
            mine = self._is_sent and head.subject.kind is SubjectKind.I and is_strong(head.verb)
            far = len(head.before) > 60 and not head.agreed
            if mine and far and head.before.rstrip().endswith((",", ", AND")):
                far = NESTING.search(head.before) is not None  # IN REPLY TO HIS REQUEST, I SAID
            if head.verb.group == "narrative" or head.modal or far:
                continue
            if head.subject.kind is not SubjectKind.PHRASE and not (head.agreed or mine):
                continue
            voice = self._tracker.voice(block, head)
            if voice is not None and voice.resolution is not SpeakerBasis.UNKNOWN:
                return head, voice
        return None, None

    @staticmethod
    def _is_under(block: LayoutBlock, parent: LayoutBlock) -> bool:
        if block.path.startswith(parent.path + "."):
            return True
        lead = parent.prose.plain.rstrip()
        if not (block.label and block.path.isdigit() and (lead.endswith(":") or POINTS_FOLLOW.search(lead))):
            return False
        if _HE_SAID.search(parent.prose.plain):
            return True  # HE SAID: 2. THE WAR WAS LONG: the numbers count paragraphs
        return not parent.label or _sort(parent.label) != _sort(block.label)

    def _owner(self, block: LayoutBlock, mentions: tuple[Mention, ...]) -> ResolvedSpeaker | None:
        """Whose statement follows: THE SOVIET STATEMENT is that of the Soviet who read one."""
        if self._tracker.floor and _A_TEXT.search(block.prose.plain):
            sides = {
                m.side
                for m in mentions
                if m.kind is MentionKind.SIDE
                and re.match(r"(?:'S)?\W+(?:OPENING )?STATEMENT", block.prose.plain[m.end :])
            }
            if not sides or self._tracker.floor.side in (None, *sides):
                return replace(self._tracker.floor, resolution=SpeakerBasis.GOVERNING)
        active = self._tracker.active
        if active is None:
            return None
        sentence = block.prose.sentences[-1] if block.prose.sentences else None
        lead = block.prose.plain[sentence.start :] if sentence else ""
        names = active.player.person.surname.upper() if active.player is not None else ""
        if _HIS.search(lead) or (names and names in lead):
            return replace(active, resolution=SpeakerBasis.GOVERNING)
        return nobody(block)  # THE ADVICE OF THAT GROUP WAS AS FOLLOWS: not of whoever spoke last


def _sort(label: str) -> str:
    """What a list is marked with: figures, letters, dashes."""
    if label[:1].isdigit():
        return "figure"
    return "letter" if label[:1].isalpha() else "dash"
