"""Makes sayings of sentences: one for each clause that someone is reported to have said."""

from __future__ import annotations

import re
from dataclasses import replace

from septel.record.attribution.reporting_verbs import ReportingClause, share_object
from septel.record.attribution.speakers import (
    Attribution,
    ReportedAction,
    ReportedSpeech,
    ResolvedSpeaker,
    Turn,
)
from septel.record.attribution.tokens import SubjectKind
from septel.record.attribution.tracker import Tracker
from septel.record.layout import BLANK, POINTS_FOLLOW, LayoutBlock, Prose, clauses, cue
from septel.record.model import Mode, SpeakerBasis
from septel.record.people import OFFICES, MentionKind, Participant, looks_like, offices_of

_DEPARTS = cue("attributing.departs")
_DEPARTS_WORN = cue("attributing.departs worn")
TOLD_TO = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,4}?(?:WAS|WERE)\s+(?:\w+LY\s+|THEN\s+|ALSO\s+|AGAIN\s+)?"
    r"(?:TOLD|INFORMED|ADVISED|ASSURED|REMINDED|NOTIFIED|WARNED)\b(?!\s+BY\b)"
)
"""HE WAS INFORMED THAT: what somebody else told whoever had the floor."""
PREPARED = re.compile(r"\bPREPARED (?:REMARKS|TEXT|STATEMENT)")
_GIVEN = re.compile(
    r"\b(?:STATEMENT|NOTE|AIDE|LETTER|PAPERS?|ANNOUNCEMENT|MESSAGE|FORMULATIONS?|PROPOSALS?|DRAFT"
    r"|COMMUNI|TEXT|COPY|COPIES"
    r"|DESCRIPTION|EXPLANATION|ACCOUNT|ASSURANCES?|ANSWER|REPLY|VIEWS?|OPINION|REASONS?|RUNDOWN"
    r"|OUTLINE|SUMMARY)"
)
_ADDRESSING = frozenset(
    {"tell", "ask", "inform", "assure", "remind", "thank", "promise", "warn", "press", "urge", "invite"}
)

_TELLING = frozenset({"tell", "inform", "assure", "remind", "warn", "advise", "notify"})
_HEARER = re.compile(
    r"(?:\s+(?!(?:THAT|WHICH|WHO|WHOM|WHAT|IF|WHETHER|HOW|WHY|ABOUT|OF|TO|HIS|HER|ITS|THEIR|OUR|MY|WOULD|COULD"
    r"|WAS|WERE|HAD|HAS|HAVE|IS|ARE|WILL|SHOULD)\b)[\w.'’/()-]+){1,7}(?=,?\s+THAT\b)"
)
"""Whom one tells, and when, before THAT: TOLD EMBOFF AUGUST 19 THAT."""

FURNITURE = re.compile(r"\W*PAGE \S+ (?:OF \S+ )?[A-Z ]*\S*\d")
"""The head of a page that was read into a paragraph."""
_COMPLETE = cue("prose.complete")
_LEAST_SAID = 2
"""Letters that what was said has; with fewer the whole clause is it (`THE PRESIDENT CONCURRED.`)."""
_JOINS = re.compile(
    r"(?:,\s*|;\s*)?(?:\b(?:AND|BUT|WHILE|WHEN|TO WHICH|WHEREUPON)\s+)?(?:(?:WAS|WERE)\s+)?(?:\w+LY\s+)?$"
)
"""What joins a speaker's part of a sentence to the one before it."""
_AGAINST = re.compile(r"(?:BUT|WHILE|WHEREAS|YET|HOWEVER,?)\s+(?:THE\s+)?")
_TALK_ENDED = re.compile(
    r"(?:CONVERSATION|MEETING|TALKS?|DISCUSSION|SESSION|INTERVIEW|AUDIENCE|CALL)\s+(?:THEN |SOON |\w+LY )?"
    r"(?:ENDED|CLOSED|BROKE|TURNED|DRIFTED|MOVED|ADJOURNED|CONCLUDED|WAS (?:INTERRUPTED|CUT SHORT))\b"
)
_SHIFTED = re.compile(
    r"\s+(?:WOULD|COULD|SHOULD|MIGHT|MUST|HAD|HAS|IS|WILL|CAN|MAY)\b"
    r"(?! (?:\w+LY |NOT )?(?:SAY|ADMIT|CONFIRM|COMMENT|CONCEDE|COMMIT HIMSELF)\b)"
)
"""Behind the subject of what is told, and not of what a reporter saw."""
_TOPIC_ONLY = re.compile(
    r"\W*(?:(?!THAT\b|WHETHER\b)[\w.'’-]+ ){1,6}?(?:(?:THEN |NEXT |AGAIN |NOW )?"
    r"(?:TURNED|PASSED|MOVED(?: ON)?|CAME) TO (?:THE )?(?:QUESTION|SUBJECT|MATTER|TOPIC|ISSUE|PROBLEM)S? OF "
    r"(?!WHETHER\b|HOW\b|WHAT\b)(?:[\w'’-]+ ?){1,8}"
    r"|(?:OPENED|BEGAN|STARTED) THE (?:CONVERSATION|MEETING|TALKS?|DISCUSSION|SESSION|INTERVIEW)"
    r"(?: (?:AT|ON|IN|WITH) (?:[\w'’-]+ ?){1,9})?)\W*"
)
"""A sentence that only announces a topic, or opens a talk."""
_COURTESY = re.compile(
    r"\W*[^.;]{3,90}?\b(?:PRESENTS? (?:ITS|HIS|HER|THEIR) (?:\w+ )?COMPLIMENTS TO\b[^.;]{3,120}?"
    r"(?:,? AND HAS THE HONOU?R TO (?:STATE|INFORM|COMMUNICATE|SAY)(?: (?:THE FOLLOWING|AS FOLLOWS))?)?"
    r"|AVAILS? (?:ITSELF|HIMSELF|HERSELF|THEMSELVES) OF TH(?:IS|E) (?:OPPORTUNITY|OCCASION)\b[^.;]*)\W*"
    r"|\W*THANK YOU (?:VERY MUCH )?FOR YOUR (?:\w+ ){0,2}(?:LETTER|MESSAGE|NOTE)S?(?: OF [A-Z\d, ]+)?\W*"
)
"""The compliments of a note or a letter, where the sentence holds no more."""
_HONOUR = re.compile(
    r"\bHAS THE HONOU?R TO(?! (?:STATE|INFORM|COMMUNICATE|SAY)(?: (?:THE FOLLOWING|AS FOLLOWS))?\W*$)"
)
_BARE = 4
"""Words under which a clause without anything said is no statement."""
_ASKED = re.compile(
    r"\s+(?!ME\b|US\b|HIM\b|HER\b|THEM\b|ABOUT\b|FOR\b|THAT\b)(?:\b(?:MRS?|DR|SECY|GEN)\.|[^,.;]){3,40}?\s(?:IF|WHETHER|WHAT|HOW|WHY|WHEN"
    r"|(?:FOR|ABOUT) (?:HIS|HER))\b"
)
"""Somebody named who is asked: ASKED ALMEIDA IF, ASKED MCNAMARA FOR HIS VIEW."""
_THAT = re.compile(r"\s+THAT\b")
_GOES_ON = re.compile(r"\W*(?:AND |BUT |OR )?(?:ALSO )?(?:THAT|TO|NOT TO|WHETHER|IF|WHICH)\b")
"""Opens a clause that depends on the verb of saying before it."""
_NO_FLOOR = (SpeakerBasis.MEETING,)


def departs(prose: Prose, start: int, end: int) -> bool:
    """Whether a stretch tells that a speaker leaves the prepared text; DEPARTURE may be worn."""
    if _DEPARTS.search(prose.plain, start, end):
        return True
    worn = _DEPARTS_WORN.search(prose.plain, start, end)
    return worn is not None and looks_like(prose, *worn.span("lost"), "DEPARTURE")


class SpeechSegmenter:
    """Writes down what is said, clause by clause."""

    def __init__(self, tracker: Tracker, *, noisy: bool = False) -> None:
        self._tracker = tracker
        self._noisy = noisy
        self.out = Attribution()

    def units(
        self, block: LayoutBlock, start: int, end: int, points: list[tuple[ReportingClause, ResolvedSpeaker]]
    ) -> None:
        """Write down a sentence whose clauses report; each speaker's part is one unit."""
        prose = block.prose
        text = prose.plain
        cuts: list[tuple[int, ReportingClause, ResolvedSpeaker]] = []
        for index, (head, voice) in enumerate(points):
            if index == 0:
                cuts.append((self._opened(prose, start, head, end), head, voice))
                continue
            last = cuts[-1]
            same = voice.player is last[2].player and voice.side == last[2].side
            if (head.aside and same) or head.start <= last[0]:
                continue
            if (
                same
                and last[1].verb.group == "ask"
                and head.verb.group == "attitude"
                and at_near(head, last[1])
            ):
                continue
            if same and (head.verb_start - last[1].end < 25 or head.verb_start - last[0] < 25):
                if head.verb.group != "deliver" and head.verb.group != "attitude":
                    cuts[-1] = (last[0], head, last[2])
                continue
            at = min(head.start, head.verb_start)
            lead = _JOINS.search(text[start:at])
            at = start + lead.start() if lead else at
            cuts.append((max(at, last[0] + 1), head, voice))
        if len(cuts) > 1 and cuts[0][1].verb.participle and len(text[start : cuts[1][0]].split()) < 8:
            cuts[:2] = [(start, *cuts[1][1:])]
        for index, (at, head, voice) in enumerate(cuts):
            until = cuts[index + 1][0] if index + 1 < len(cuts) else end
            if index + 1 < len(cuts) and share_object(text, head, cuts[index + 1][1]):
                self.say(block, at, end, voice, head, mode=Mode.ORAL)
                content = cuts[index + 1][1].end + 1
                self.out.sayings[-1] = replace(self.out.sayings[-1], content=content)
                continue  # A PROPOSED AND B REJECTED A PLAN: the plan stands behind what B did
            self.unit(block, at, until, head, voice)

    def _opened(self, prose: Prose, start: int, head: ReportingClause, end: int) -> int:
        """Where the first speaker's part begins; on worn copies a whole clause before it is nobody's.

        A stop may be lost: THE US DOES NOT INTEND TO INTRODUCE OTHER ISSUES SEMENOV REPLIED THAT.
        """
        if not self._noisy or head.aside or head.subject.kind is not SubjectKind.PHRASE:
            return start
        reports = _THAT.match(prose.plain, head.end, end) is not None
        lead = prose.plain[start : head.start].lstrip()
        whole = reports and lead.rstrip()[-1:] != "," and _COMPLETE.match(lead + " ") is not None
        return head.start if whole else start

    def unit(
        self, block: LayoutBlock, start: int, end: int, head: ReportingClause, voice: ResolvedSpeaker
    ) -> None:
        """Write down one speaker's part of a sentence, clause by clause."""
        prose = block.prose
        self._tracker.hold(voice, head)
        self._tracker.reported, self._tracker.plain = prose.plain[head.end : end], False
        if head.verb.group == "deliver" and voice.resolution is not SpeakerBasis.DOCUMENT:
            self.out.deeds.append(
                ReportedAction(block=block, start=start, end=end, voice=voice, verb=head.verb, head=head)
            )
        text = prose.plain[start:end]
        if head.verb.lemma in ("give", "hand") and not _GIVEN.search(text, head.end - start):
            return  # THE PRESIDENT GAVE THE FLOOR
        if (text.rstrip().endswith(":") and "FOLLOW" in text) or POINTS_FOLLOW.search(text):
            self._tracker.active, self._tracker.spoken_here = voice, True
            return  # what was said follows
        mode = Mode.ORAL
        if departs(prose, start, end):
            mode = Mode.DEPARTURE
        elif PREPARED.search(text):
            mode = Mode.READ
        accords = prose.plain.startswith("ACCORDING", head.verb_start)
        agent = head.start > head.verb_start and not accords
        for index, (at, until) in enumerate(clauses(prose, start, end, after=head.end)):
            inside = at <= head.verb_start < until
            if index and not inside:
                whose = self._narrated(block, at, until, voice)
                if whose is not voice:
                    if whose is not None:
                        self.say(block, at, until, whose, None, mode=mode)
                    continue
            if accords and not inside:
                continue  # ACCORDING TO X, A; B: of B X is not the source
            if agent and at > head.verb_start and _GOES_ON.match(prose.plain, at) is None:
                continue  # HE WAS TOLD BY X TO WAIT, BUT HE COULD NOT: of a new subject X tells nothing
            self.say(block, at, until, voice, head if inside or index == 0 else None, mode=mode)
        self._tracker.active = voice if voice.resolution not in _NO_FLOOR else None
        if head.verb.lemma in ("read", "make statement") and not text.rstrip().endswith(":"):
            self._tracker.active = None  # what follows is the reporter's, until someone speaks again
        self._tracker.spoken_here = True
        if accords or agent:
            self._tracker.active = None  # a source is named for this sentence, and has not the floor

    def _narrated(
        self, block: LayoutBlock, start: int, end: int, voice: ResolvedSpeaker
    ) -> ResolvedSpeaker | None:
        """Whose a further clause is that is set against what somebody said, by BUT and another subject.

        The talk that ended is the reporter's to tell; of another who was there the reporter tells, or whoever
        spoke: nobody is named.
        """
        text = block.prose.plain
        lead = _AGAINST.match(text, start, end)
        if lead is None:
            return voice
        if _TALK_ENDED.match(text, lead.end(), end):
            return None
        own = voice.player is not None and voice.player is self._tracker.author
        for mention in self._tracker.reader.finder.find(block.prose):
            if mention.start < lead.end() or mention.kind not in (MentionKind.NAME, MentionKind.OFFICE):
                continue
            opens = not text[lead.end() : mention.start].strip(" ,") and not mention.possessive
            other = mention.player
            if not opens or other is voice.player or _SHIFTED.match(text, mention.end, end):
                break
            if own or (other is not None and other.kind == "person" and self._tracker.is_present(other)):
                return replace(voice, player=None, side=None, resolution=SpeakerBasis.UNKNOWN)
            break
        return voice

    def go_on(
        self,
        block: LayoutBlock,
        start: int,
        end: int,
        resolution: SpeakerBasis,
        *evidence: str,
        is_quoted: bool = False,
    ) -> None:
        """What whoever has the floor goes on to say."""
        active = self._tracker.active
        assert active is not None
        voice = replace(active, resolution=resolution).with_evidence(*evidence)
        for at, until in clauses(block.prose, start, end):
            self.say(block, at, until, voice, None, mode=Mode.ORAL, is_quoted=is_quoted)

    def say(
        self,
        block: LayoutBlock,
        start: int,
        end: int,
        voice: ResolvedSpeaker,
        head: ReportingClause | None,
        *,
        mode: Mode,
        governed: bool = False,
        is_quoted: bool = False,
        least: int = 3,
    ) -> None:
        """Write down one clause, unless it is too short to say anything."""
        prose = block.prose
        addressee, content = None, start
        if head is not None and start <= head.verb_start < end:
            addressee, content = self._addressee(block, head, end)
            if head.aside:
                content = start
        while start < content and prose.text[start] in " ,;":
            start += 1
        if head is not None and sum(c.isalnum() for c in prose.text[content:end]) < _LEAST_SAID:
            if (
                head.verb.group not in ("accept", "reject", "attitude")
                and len(prose.text[start:end].split()) < _BARE
            ):
                return  # VON STADEN SUGGESTED: what he did stands elsewhere
            content = start
        if FURNITURE.match(prose.plain, start, end):
            return  # the head of a page
        if _TOPIC_ONLY.fullmatch(prose.plain, start, end):
            return  # MR. X THEN TURNED TO THE QUESTION OF QUOTAS.
        if _COURTESY.fullmatch(prose.plain, start, end) and not _HONOUR.search(prose.plain[start:end]):
            return
        told = [word for word in prose.text[start:end].split() if word.strip(BLANK + ".,;:")]
        if len(told) < (4 if self._noisy else 2 if head is not None else least):
            return
        self.out.sayings.append(
            ReportedSpeech(
                block=block,
                start=start,
                end=end,
                content=content,
                voice=voice,
                head=head,
                addressee=addressee,
                mode=mode,
                quoted=is_quoted,
                governed=governed,
            )
        )
        mine = head is not None and head.subject.kind in (SubjectKind.I, SubjectKind.WE)
        own = voice.player is self._tracker.author and (voice.player is not None or mine)
        if own and addressee is not None and addressee is not self._tracker.author:
            self._tracker.he, self._tracker.since_he = addressee, 0  # whom I told: HE may reply
        elif own and addressee is None and head is not None:
            office = self._office_told(block, head)
            if office is not None:  # I ASKED CHANCELLOR IF. HE REPLIED: he, or nobody whom the document knows
                he, _ = self._tracker.reader.finder.holder(office, None)
                self._tracker.he, self._tracker.since_he = he, 0
                self._tracker.unknown_here = self._tracker.unknown_here or he is None
        asks = (head is not None and head.verb.group == "ask") or prose.text[start:end].rstrip(
            '”" '
        ).endswith("?")
        self._tracker.asked = None
        if asks:
            other = addressee or self._tracker.other(voice)
            self._tracker.asked = Turn(
                voice, other, named=head is not None and _ASKED.match(prose.plain, head.end) is not None
            )

    @staticmethod
    def _office_told(block: LayoutBlock, head: ReportingClause) -> str | None:
        """The office of whoever is told or asked, where the clause names no person: ASKED CHANCELLOR IF."""
        if head.verb.lemma not in _ADDRESSING:
            return None
        text = block.prose.plain
        lead = re.compile(r"\s+(?:THE )?").match(text, head.end)
        office = OFFICES.match(text, lead.end()) if lead else None
        found = offices_of(office.group()) if office is not None else ()
        return found[0] if found else None

    def _addressee(
        self, block: LayoutBlock, head: ReportingClause, end: int
    ) -> tuple[Participant | None, int]:
        """To whom, and where what was said begins."""
        prose = block.prose
        text = prose.plain
        at = head.end
        player: Participant | None = None
        for mention in self._tracker.reader.finder.find(prose):
            if mention.start < at:
                continue
            between = text[at : mention.start].strip()
            meant = mention.kind in (MentionKind.NAME, MentionKind.OFFICE) and not mention.possessive
            if meant and between in ("", "TO", "OF") and (head.verb.lemma in _ADDRESSING or between == "TO"):
                player, at = mention.player, mention.end
            break
        me = re.compile(r"\s+(?:TO )?(ME|HIM|US|THEM)\b").match(text, at)
        if me:
            at = me.end()
            player = player or (self._tracker.author if me.group(1) == "ME" else None)
        elif at == head.end and head.verb.lemma in _TELLING:
            hearer = _HEARER.match(text, at, end)
            at = hearer.end() if hearer else at
        lead = re.compile(
            r"(?:\s*,[^,“\":]{1,80},)?(?:\s+\w+LY)?\s*[,:—]?\s*(?:THAT\b(?! (?:WAS|IS|WOULD|COULD)\b)\s*)?"
        ).match(text, at, end)
        if lead:
            at = lead.end()
        return player, min(at, end - 1)


def at_near(head: ReportingClause, last: ReportingClause) -> bool:
    """Whether a second verb stands so near the first that both report one thing."""
    return head.verb_start - last.end < 40
