"""Sentences that no clause reports: what whoever has the floor goes on to say, or the reporter's own."""

from __future__ import annotations

import re
from dataclasses import replace

from septel.record.attribution.clause_kinds import NESTING
from septel.record.attribution.frames import is_strong
from septel.record.attribution.presence import is_cited, whose_items
from septel.record.attribution.reported_speech import TOLD_TO, SpeechSegmenter
from septel.record.attribution.reporting_verbs import ReportingClause
from septel.record.attribution.speakers import ResolvedSpeaker
from septel.record.attribution.subjects import SubjectFinder
from septel.record.attribution.tokens import SubjectKind
from septel.record.attribution.tracker import Tracker
from septel.record.layout import (
    EDITORS,
    HOPES,
    MANNER,
    OURS,
    TO_HIM,
    TO_OFFICE,
    WRITTEN,
    DocumentLayout,
    LayoutBlock,
    Prose,
    Role,
    cue,
)
from septel.record.model import SpeakerBasis, nations_in
from septel.record.people import MentionKind, NounKind, head_of, is_own_staff, noun_kind

_NARRATED = cue("attributing.narrated")
_CHARACTERISES = cue("attributing.characterises")
_FIRST = re.compile(r"(?<![.\w])(?:I|MY|ME)(?![.\w])")
_I_SAID = re.compile(
    r"(?<![\w.“\"])I (?:THEN |ALSO |\w+LY )?(?:SAID|TOLD|REPLIED|ASKED|STATED|RESPONDED|ADDED|REMARKED)\b"
)
_PRESENT = re.compile(r"\b(?:IS|ARE|HAS|HAVE|WILL|AM|CAN|MAY|SEEMS|APPEARS|SHALL)\b")
_IN_PRESENT = re.compile(
    r"\b(?:IS|ARE|HAS|HAVE|WILL|CAN|MAY|REMAINS?|CONTINUES?|SEEMS?|APPEARS?|DOES|DO|ABOUND)\b"
)
_SHIFTED = re.compile(r"\b(?:WOULD|COULD|SHOULD|MIGHT|MUST|HAD TO|HAD BEEN|WAS TO|WERE TO)\b")
_BESIDE = re.compile(r"\s*\((?:[^)]{2,40}\)|[A-Z.]{2,10}[^A-Z\s])")
"""A nation or an office beside a name."""
_THESE = re.compile(r"\W*(?:THESE|THIS|THEY) (?:WAS|WERE)\b")
_ANOTHERS = re.compile(
    r"['’]S (?:[A-Z]+ )?(?:ARGUMENTS?|VIEWS?|POINTS?|PROPOSALS?|REASONS?|SUGGESTIONS?|REMARKS?|COMMENTS?)\b"
)
"""What somebody accepts or refers to of another's."""
_NEAR = 2
"""Sentences behind a reporting clause to which it reaches, where no talk is reported."""
_OUR = re.compile(r"\b(?:OUR|WE|US)\b(?!\.)")
_DASHED = re.compile(r"[A-Z][A-Za-z.]{0,14}\s?[-—–](?=[A-Za-z“\"])(?![a-z]+\b,? )")
"""A speaker and a dash at the head of a paragraph of notes."""
_STATE = re.compile(r" (?:IS|WAS|HAD|HAS|DOES|DID)\b")
_PAST = re.compile(
    r"(?: \w+LY| ALSO| THEN)? (?!WOULD|COULD|SHOULD|MIGHT|HAD|HAS|HAVE|IS|ARE|WILL|MUST|CAN|AND|OR)"
    r"(?:\w+(?:ED|T|D|K|W|N|E)|WAS|WERE)\b"
)


class Continuation:
    """Gives a plain sentence to whoever has the floor, to someone unknown, or to nobody."""

    def __init__(
        self,
        paper: DocumentLayout,
        tracker: Tracker,
        scribe: SpeechSegmenter,
        *,
        meeting: bool,
        noisy: bool,
        without: frozenset[str],
    ) -> None:
        self._paper = paper
        self._tracker = tracker
        self._scribe = scribe
        self._finder = tracker.reader.finder
        self._meets = meeting
        self._noisy = noisy
        self._without = without
        self._first_person = not paper.listed and any(_I_SAID.search(b.prose.plain) for b in paper.blocks)

    def sentence(self, block: LayoutBlock, start: int, end: int, found: list[ReportingClause]) -> None:
        """A sentence that no clause reports: what the last speaker goes on to say, or the reporter's."""
        tracker, prose = self._tracker, block.prose
        text = prose.plain
        if _NARRATED.match(text[start:end]):
            return
        if _CHARACTERISES.search(text[start:end][:120]) or MANNER.match(text, start):
            tracker.plain = True
            return
        if tracker.active is None or "continuing" in self._without or block.role is Role.SUMMARY:
            return
        tracker.active = active = whose_items(self._finder, prose, start, end) or tracker.active
        if not tracker.spoken_here and (block.numbered or self._noisy or _DASHED.match(prose.text)):
            tracker.lose()
            return
        if self._reporters(prose, start, end, active) or (
            tracker.quote_closed and self._paper.is_sent and not _SHIFTED.search(text, start, end)
        ):
            tracker.lose()
            return
        if text.startswith("[NAME", start):
            tracker.forget()
            return  # [NAME DELETED] TOLD US
        if _THESE.match(text, start) and _ANOTHERS.search(tracker.reported):
            tracker.forget()
            return  # HE ACCEPTED MCGHEE'S ARGUMENTS. THESE WERE: of the other's words
        if self._new_name(prose, start, end, active, first=not tracker.spoken_here):
            tracker.forget()
            return
        other = self._other_speaks(block, found)
        if other is not None:
            # someone else speaks, or is said to have spoken: nothing goes to whoever spoke before
            self._scribe.units(block, start, end, [other])
            tracker.lose()
            return
        if active.player is None and self._is_of_other_side(prose, start, end, active):
            tracker.active = replace(active, side=None, resolution=SpeakerBasis.UNKNOWN)
        self._scribe.go_on(
            block, start, end, SpeakerBasis.CONTINUING, *self._going(block, start, end, active)
        )

    def _is_of_other_side(self, prose: Prose, start: int, end: int, active: ResolvedSpeaker) -> bool:
        """SWISS EXPECTED A REPLY. SWEDES FELT IT UNLIKELY: not of the side that spoke before."""
        opening = SubjectFinder(prose, start, end, self._finder.names).opening()
        phrase = opening is not None and opening.kind is SubjectKind.PHRASE
        nations = nations_in(prose.plain[opening.start : opening.end]) if opening and phrase else ()
        return bool(nations) and active.side not in (None, *nations)

    def _new_name(self, prose: Prose, start: int, end: int, active: ResolvedSpeaker, *, first: bool) -> bool:
        """Whether a paragraph, or a name with its nation beside it, brings in someone else."""
        opening = SubjectFinder(prose, start, end, self._finder.names).opening()
        if opening is None or opening.kind is not SubjectKind.PHRASE:
            return False
        player = self._finder.known(_last_name(prose.plain[opening.start : opening.end]))
        if player is not None and first:
            return player is not active.player
        # On a worn page the bracket may have lost its end: (US' for (US).
        return _BESIDE.match(prose.plain, opening.end, end) is not None

    def _other_speaks(
        self, block: LayoutBlock, found: list[ReportingClause]
    ) -> tuple[ReportingClause, ResolvedSpeaker] | None:
        """A clause at the head of a sentence in which somebody speaks who does not have the floor."""
        for head in found:
            silent = head.verb.group in ("narrative", "attitude") or head.modal or head.negated
            if silent or is_cited(block.prose, head, within=self._tracker.spoken_here):
                continue
            if head.participle and is_strong(head.verb) and head.subject.kind is SubjectKind.ELIDED:
                other = self._who_opens(block, head)
                if other is not None:
                    return head, other
            if len(head.before) > 40 and not head.before.rstrip().endswith(","):
                continue
            if head.present and self._tracker.told_in_past and not self._paper.is_sent:
                continue  # THE COMMITTEE INSISTS: whoever has the floor tells it
            ours = head.subject.kind is SubjectKind.WE and is_strong(head.verb) and not head.before.strip()
            if (
                not (head.subject.kind is SubjectKind.PHRASE or (ours and not head.perfect))
                or NESTING.search(head.before)
                or not (is_strong(head.verb) or not head.before.strip())
            ):
                continue
            voice = self._tracker.voice(block, head)
            evidence = {"someone else"} | (set(voice.evidence) & {"absent", "owned"} if voice else set())
            if "owned" in evidence:
                evidence.add("absent")
            mention = block.prose.excerpt(head.subject.start, head.subject.end)
            unknown = ResolvedSpeaker(
                player=None,
                side=None,
                resolution=SpeakerBasis.UNKNOWN,
                mention=mention,
                evidence=frozenset(evidence),
            )
            return head, unknown
        return None

    def _who_opens(self, block: LayoutBlock, head: ReportingClause) -> ResolvedSpeaker | None:
        """Somebody unknown who opens a sentence before SAYING: HANSEN TOOK ANOTHER VIEW, SAYING THAT."""
        start = head.start - len(head.before)
        opening = SubjectFinder(block.prose, start, head.start, self._finder.names).opening()
        active = self._tracker.active
        if (
            opening is None
            or opening.kind is not SubjectKind.PHRASE
            or not head.before.rstrip().endswith(",")
        ):
            return None
        player = self._finder.known(_last_name(block.prose.plain[opening.start : opening.end]))
        if player is not None and active is not None and player is active.player:
            return None
        return ResolvedSpeaker(
            player=None,
            side=None,
            resolution=SpeakerBasis.UNKNOWN,
            mention=block.prose.excerpt(opening.start, opening.end),
            evidence=frozenset({"someone else"}),
        )

    def _reporters(self, prose: Prose, start: int, end: int, active: ResolvedSpeaker) -> bool:
        """Whether a sentence is plainly the reporter's own."""
        text = prose.plain
        if text[start] in "[(" and (text[start:end].rstrip(" .")[-1:] in "])" or _open(text, start, end)):
            return True
        if EDITORS.search(text, start, end) or TOLD_TO.match(text, start, end):
            return True
        if self._paper.is_sent and not self._paper.listed:
            if OURS.search(text[start:end]) or TO_OFFICE.match(text, start, end):
                return True
            if TO_HIM.match(text, start, end) or HOPES.search(text, start, end):
                return True
            if not self._tracker.spoken_here and not _SHIFTED.search(text, start, end):
                return True  # a new paragraph that nobody's words open
            plain = active.player is not None and active.player.kind == "person"
            sure = self._paper.kind == "telegram" or not self._open(active)
            talk = self._meets and (plain or self._open(active))
            near = _SHIFTED.search(text, start, end) and self._tracker.distance <= _NEAR
            if sure and not talk and not near:
                return True  # no talk is reported: what follows somebody's words is mostly the reporter's
        author = self._tracker.author
        own = (
            active.mention.words.upper() in ("I", "WE")
            if active.player is None
            else active.player is author or is_own_staff(active.player)
        )
        if own and not self._paper.listed:
            opening = SubjectFinder(prose, start, end, self._finder.names).opening()
            of_him = opening is not None and opening.kind in (SubjectKind.HE, SubjectKind.I)
            of_him = of_him or (self._paper.is_sent and self._of_another(prose, start, end))
            of_him = of_him or self._another_acts(prose, start, end)
            # after what the reporter said himself a plain sentence tells, and he says nothing
            if of_him or active.player is not author or not _SHIFTED.search(text, start, end):
                return True
        opening = SubjectFinder(prose, start, end, self._finder.names).opening()
        met = opening is not None and opening.kind is SubjectKind.WE and self._first_person
        if met and opening is not None and _PAST.match(text, opening.end, end):
            return True  # WE ATE THE CAKE: of those who met, by the one who reports
        if opening is not None and opening.kind is SubjectKind.PHRASE:
            about = self._finder.known(_last_name(text[opening.start : opening.end]))
            if about is not None and about is active.player:
                return True  # SHAYBANI WAS CORDIAL: of the speaker, not by him
        if self._acts(prose, start, end, active) or self._names_him(prose, start, end, active):
            return True
        if active.player is not None and active.player.kind == "joint":
            return True  # what two said together ends with the sentence
        if self._tracker.plain and not _SHIFTED.search(text, start, end):
            return True  # behind what the reporter says of the talk
        body = active.player is not None and active.player.kind == "body"
        if body and not (_SHIFTED.search(text, start, end) or _IN_PRESENT.search(text, start, end)):
            return True  # THIS ACTION WAS BASED ON: of what a body resolved
        if WRITTEN.match(text, start, end):
            return True  # LETTER GIVEN TO PROVINCE CHIEF RELATED: what somebody else wrote
        written = self._paper.is_sent or self._paper.kind in ("letter", "message")
        letter = self._paper.kind in ("letter", "message") and not self._paper.listed
        if letter and _OUR.search(text, start, end) and not _SHIFTED.search(text, start, end):
            return True  # CERTAINLY JUSTIFY OUR WONDERING: of who writes
        if written and not self._paper.listed and self._out_of_tense(prose, start, end):
            return True
        if _FIRST.search(text, start, end) and (author is None or active.player is not author):
            if not self._paper.listed and (self._paper.is_sent or self._first_person):
                return True  # in what a post sends, or one who was there reports, I is that one
            opening = SubjectFinder(prose, start, end, self._finder.names).opening()
            return author is None or (opening is not None and opening.kind is SubjectKind.I)
        return False

    def _of_another(self, prose: Prose, start: int, end: int) -> bool:
        """Whether a sentence is about another who was there: PRESIDENT STILL BELIEVES THAT."""
        return any(
            start <= m.start < end
            and m.kind in (MentionKind.NAME, MentionKind.OFFICE)
            and not m.possessive
            and m.player is not None
            and m.player is not self._tracker.author
            and self._tracker.is_present(m.player)
            for m in self._finder.find(prose)
        )

    def _another_acts(self, prose: Prose, start: int, end: int) -> bool:
        """Whether a sentence opens with a name and what its bearer did: CHRISTOPOULOS BROKE IN TO ASSERT."""
        opening = SubjectFinder(prose, start, end, self._finder.names).opening()
        if opening is None or opening.kind is not SubjectKind.PHRASE:
            return False
        name = _last_name(prose.plain[opening.start : opening.end])
        holds = noun_kind(name) is NounKind.PERSON and not name.endswith("S")
        acts = _PAST.match(prose.plain, opening.end, end) or (
            holds and _STATE.match(prose.plain, opening.end, end)
        )
        if not acts or not (holds or self._tracker.reader.is_name(name)):
            return False
        player = self._finder.known(name)
        return player is None or player is not self._tracker.author

    @staticmethod
    def _open(active: ResolvedSpeaker) -> bool:
        """Whether somebody has the floor who can't be told."""
        return active.player is None and active.side is None

    def _names_him(self, prose: Prose, start: int, end: int, active: ResolvedSpeaker) -> bool:
        """Whether a sentence names whoever has the floor: nobody calls himself so."""
        return any(
            start <= m.start < end
            and m.kind is MentionKind.NAME
            and m.player is not None
            and m.player is active.player
            and prose.plain[m.start - 1 : m.start] != "("
            for m in self._finder.find(prose)
        )

    def _out_of_tense(self, prose: Prose, start: int, end: int) -> bool:
        """Whether a sentence stands in the present, and what was reported before does not: the reporter's."""
        before = self._tracker.reported
        text = prose.plain[start:end]
        told = _SHIFTED.search(before) is not None and _IN_PRESENT.search(before) is None
        return told and _IN_PRESENT.search(text) is not None and _SHIFTED.search(text) is None

    def _acts(self, prose: Prose, start: int, end: int, active: ResolvedSpeaker) -> bool:
        """Whether somebody who is there, and has not the floor, does something: the sentence tells of it."""
        text = prose.plain
        lead = re.match(r"[^,“\"]{0,80},\s+", text[start:end])
        for mention in self._finder.find(prose):
            at_head = mention.start == start or (lead is not None and mention.start == start + lead.end())
            if (
                not at_head
                or mention.kind not in (MentionKind.NAME, MentionKind.OFFICE)
                or mention.possessive
            ):
                continue
            player = mention.player
            if player is None or player is active.player or not self._tracker.is_present(player):
                continue
            if player.listed and _STATE.match(text, mention.end, end):
                return True  # THE PRESIDENT IS AFRAID: of him, or by him
            if _PAST.match(text, mention.end, end):
                if player is not self._tracker.author and player.kind == "person":
                    self._tracker.he, self._tracker.since_he = player, 0
                return True
        opening = SubjectFinder(prose, start, end, self._finder.names).opening()
        if opening is None or opening.kind is not SubjectKind.PHRASE or opening.start - start > 3:
            return False
        head = head_of(text[opening.start : opening.end])
        tells = NounKind.PERSON, *((NounKind.DOCUMENT,) if self._paper.is_sent else ())
        other = noun_kind(head) in tells and _PAST.match(text, opening.end, end) is not None
        return other and not (active.player is not None and head in active.player.person.name.upper().split())

    def _going(self, block: LayoutBlock, start: int, end: int, active: ResolvedSpeaker) -> list[str]:
        """What speaks for and against a sentence's being said by whoever has the floor."""
        prose, tracker = block.prose, self._tracker
        text = prose.plain[start:end]
        evidence = ["continuing", f"continuing: {min(tracker.distance, 4)}"]
        if active.player is not None and active.player is tracker.author:
            evidence.append("continuing: the author")
        if not tracker.spoken_here:
            evidence.append("continuing: from the paragraph before")
        if _SHIFTED.search(text):
            evidence.append("continuing: shifted")
        elif _PRESENT.search(text):
            evidence.append("continuing: present")
        if _FIRST.search(text):
            evidence.append("continuing: first person")
        others = {
            m.player.person.key
            for m in self._finder.find(prose)
            if start <= m.start < end and m.player is not None and m.player is not active.player
        }
        if others:
            evidence.append("continuing: names another")
        evidence.append(f"continuing in a {'talk' if self._meets else 'report'}")
        opening = SubjectFinder(prose, start, end, self._finder.names).opening()
        if opening is not None:
            if _PAST.match(prose.plain, opening.end, end):
                evidence.append("continuing: past")
            if opening.kind is SubjectKind.PHRASE:
                phrase = prose.plain[opening.start : opening.end]
                player = self._finder.known(_last_name(phrase))
                if player is not None:
                    here = tracker.is_present(player)
                    evidence.append(
                        "continuing: of one who is there" if here else "continuing: of one who is not"
                    )
                elif nations_in(phrase):
                    evidence.append("continuing: of a nation")
            else:
                evidence.append(f"continuing: {opening.kind.value}")
        return evidence


def _last_name(phrase: str) -> str:
    """The last word of a phrase, HIMSELF left out."""
    words = [word for word in phrase.split() if word not in ("HIMSELF", "HERSELF")]
    return words[-1] if words else ""


def _open(text: str, start: int, end: int) -> bool:
    """Whether the bracket that opens a sentence is still open at its end."""
    return any(text.count(a, start, end) > text.count(b, start, end) for a, b in ("()", "[]"))
