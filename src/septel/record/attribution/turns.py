"""Who speaks at each clause of a sentence; nobody where a clause reports nothing or leaves it open."""

from __future__ import annotations

import re
from dataclasses import replace

from septel.record.attribution.ambiguity import (
    is_bracketed,
    is_within,
    names_between,
    names_himself,
)
from septel.record.attribution.clause_kinds import (
    EMBEDDED,
    NESTING,
    asks_me,
    is_nested,
    is_nobodys,
    is_person,
    is_timed,
    of_himself,
    of_whom,
    says,
)
from septel.record.attribution.frames import SENDER, is_strong
from septel.record.attribution.presence import Openers, is_cited, is_told_of, without_open_side
from septel.record.attribution.reporting_verbs import (
    ReportingClause,
    may_be_told,
    sharing,
    tells_passively,
)
from septel.record.attribution.speakers import ResolvedSpeaker
from septel.record.attribution.tokens import WHO, Subject, SubjectKind
from septel.record.attribution.tracker import Tracker
from septel.record.layout import DocumentLayout, LayoutBlock, Role, cue
from septel.record.model import SpeakerBasis, is_capital
from septel.record.people import MentionFinder, Sort, offices_of

_LINKED = cue("attributing.linked")
_SINCE = re.compile(r"\w+ (?:AFTER|BEFORE|UNTIL|ONCE|WHEN)\s*$")
_GOVERNS = frozenset({"accept", "reject", "propose", "commit", "reserve"})
"""What governments do, as well as those who speak for them."""
_SAYING = frozenset({"speech", "ask", "answer", "propose", "deliver", "commit"})
_WE_NOTE = re.compile(
    r"\b(?:WE|I|EMBASSY|MISSION) (?:\w+LY |ALSO )?(?:NOTE|RECALL|KNOW|UNDERSTAND)S?(?: THAT)?\s*$"
)
_APPEARS = re.compile(r"\b(?:IT )?(?:APPEARS|SEEMS|APPEARED|SEEMED)(?: THAT)?\s*$")
_MY_OWN = re.compile(r"\b(?:IN|TO) (?:MY|OUR) (?:JUDGE?MENT|OPINION|VIEW|MIND|ESTIMATE)\b")
_AT_WHICH = re.compile(r"\b(?:AT|DURING|IN) WHICH\s*$")
_MEANWHILE = re.compile(
    r"\b(?:I|HE|SHE|WE) (?:\w+LY |ALSO |THEN )?(?!HAD\b|WAS\b|WERE\b|WOULD\b|COULD\b)[A-Z]{3,}\b"
)
"""WHEN MINH ASKED ME WHEN, I SET THE DATE AND SAID: a main clause of another's."""
_DESPITE = re.compile(r"\b(?:DESPITE|NOTWITHSTANDING)(?: THE)?\s*$")
"""DESPITE PSD PROMISES TO ABOLISH IT: a noun, and no verb."""
_CLOSE = 4
"""Characters behind an aside within which what it reports goes on."""

Turns = list[tuple[ReportingClause, ResolvedSpeaker]]
"""Clauses of a sentence, each with who speaks there."""
_AGAINST = re.compile(r"[,;]\s*(?:BUT|WHILE|WHEREAS|HOWEVER|YET|THOUGH),?\s+(?:THE\s+)?$")
_APART = re.compile(r";\s*(?:(?:BUT|WHILE|WHEREAS|HOWEVER|YET|MEANWHILE|ALSO),?\s+)?(?:(?:THE|AN?|ONE)\s+)?$")


class TurnTaker:
    """Says who speaks at each clause of a sentence."""

    def __init__(
        self,
        paper: DocumentLayout,
        tracker: Tracker,
        finder: MentionFinder,
        openers: Openers,
        *,
        meeting: bool,
        noisy: bool,
    ) -> None:
        self._paper = paper
        self._tracker = tracker
        self._finder = finder
        self._openers = openers
        self._meets = meeting
        self._noisy = noisy
        self._passive = any(tells_passively(block.prose.plain) for block in paper.blocks)

    def of(self, block: LayoutBlock, found: list[ReportingClause]) -> Turns:
        """The clauses of a sentence that report what someone said, with who did."""
        both = sharing(block.prose.plain, found)
        if both is not None:
            voices = [(head, self._tracker.voice(block, head)) for head in both]
            if all(voice is not None for _, voice in voices):
                return [(head, voice) for head, voice in voices if voice is not None]
        points: Turns = []
        carrier: Subject | None = None
        told_of = crossed = False
        for i, head in enumerate(found):
            if of_whom(block, found, i):
                head = replace(head, subject=replace(found[i - 1].subject, after=""))
            nested = NESTING.search(head.before) is not None and not head.agreed
            if head.subject.kind is not SubjectKind.ELIDED and not nested and not head.modal:
                carrier = carrier if head.subject.after == WHO else head.subject
            told_by = head.subject.kind in (SubjectKind.HE, SubjectKind.I) and not head.modal
            if told_by and nested and points and head.subject.kind is not points[-1][0].subject.kind:
                crossed = True
            if head.verb.group == "narrative" or head.modal or nested or _DESPITE.search(head.before):
                continue
            if head.subject.kind is SubjectKind.NOBODY and any(
                is_nested(block, h, head) for h in found[:i] if is_strong(h.verb)
            ):
                continue  # HE SAID THAT THEY WERE INVITED TO COME: what he said
            if _AT_WHICH.search(head.before) and any(
                h.before.rstrip().endswith((",", "BY")) for h in found[i + 1 :]
            ):
                continue  # A MEETING AT WHICH OBSERVERS PRESENTED VIEWS, MINISTERS EXPRESSED SUPPORT
            if self._paper.is_sent and head.verb.group in _GOVERNS and _WE_NOTE.search(head.before):
                continue  # WE NOTE POLES AGREED TO IT: of what who reports knows
            if is_nobodys(block, head) or is_within(block, head, found[i - 1] if i else None):
                continue
            if head.negated and head.verb.group in _SAYING:
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
                sent = self._paper.is_sent
                voice = without_open_side(self._tracker, block, head, voice, first=not points, sent=sent)
            if voice is None and head.verb.base and head.subject.kind in (SubjectKind.WE, SubjectKind.I):
                carrier = None  # WE RECOMMEND A REPLY INFORMING THEM: nobody informs
            if voice is None and head.subject.kind is SubjectKind.I and self._tracker.author is None:
                break  # I REFERRED TO THE FACT THAT THE BUREAU PROPOSED: told by one who is not known
            wished = head.subject.kind is SubjectKind.HE or head.verb.group == "attitude"
            if told_of and not points and wished:
                continue  # TURKMEN ALSO MENTIONED HE WANTED ASSURANCES: not the one who spoke before
            cited = self._cites(block, head, voice)
            if cited and self._tracker.spoken_here and self._tracker.active is not None and not points:
                continue  # whoever has the floor tells it
            told_of = told_of or (voice is None and is_person(block, head) and says(head))
            mine = voice is not None and voice.player is self._tracker.author and asks_me(block, head)
            # I MENTIONED A THIRD WITH WHICH HE AGREED BUT ADDED: either may have added
            open_ = cited or mine or (crossed and head.subject.kind is SubjectKind.ELIDED)
            if voice is not None and (open_ or self._is_open(block, head, voice, points)):
                voice = replace(voice, player=None, side=None, resolution=SpeakerBasis.UNKNOWN)
            if voice is not None and points and _whom_he_met(head, points[-1][0]):
                points.pop()  # I DISCUSSED IT WITH BRANDT WHO EXPRESSED IMPATIENCE: Brandt says something
            if voice is not None:
                points.append((head, self._weighed(block, head, voice, bool(points))))
        if told_of and not points:
            self._tracker.he, self._tracker.unknown_here = None, True  # HE may be whoever is told of
        return points

    def _cites(self, block: LayoutBlock, head: ReportingClause, voice: ResolvedSpeaker | None) -> bool:
        """Whether a clause tells what somebody absent put to those for whom a speaker says WE."""
        cites = voice is not None and is_cited(block.prose, head, within=self._is_within())
        return cites and voice is not None and is_told_of(self._tracker, voice)

    def _is_within(self) -> bool:
        """Whether WE are not those who report: in what another says, or in a paper that no post sends."""
        active = self._tracker.active if self._tracker.spoken_here else None
        another = active is not None and active.player is not self._tracker.author
        return another or not self._paper.is_sent

    def _is_open(
        self,
        block: LayoutBlock,
        head: ReportingClause,
        voice: ResolvedSpeaker,
        points: Turns,
    ) -> bool:
        """Whether HE may be another: what he says names him, or he asked of another who may answer."""
        finder = self._finder
        plain = block.prose.plain
        told = may_be_told(plain[head.verb_start : head.end], plain, head.end, passive=self._passive)
        if told and self._paper.is_sent and head.subject.kind not in (SubjectKind.I, SubjectKind.WE):
            return True  # MINISTER ADVISED THAT: he may have been told
        if not self._noisy and names_himself(block, head, voice.player, finder):
            return True
        if not points or head.subject.kind is not SubjectKind.HE or voice.player is not points[-1][1].player:
            return False
        last = points[-1][0]
        asked = last.verb.group == "ask" and head.verb.group != "ask"
        between = block.prose.plain[last.end : head.start]
        named = names_between(block.prose, last.end, head.start, voice.player, finder)
        return asked and (named or bool(offices_of(between)))  # VALLE ASKED WHETHER SECRETARY COULD; HE SAID

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
        embedded = EMBEDDED.search(head.before) is not None and not head.agreed and not closed
        if embedded and (weak or len(head.before) > 60 or kind in (SubjectKind.HE, SubjectKind.I)):
            return None
        if is_bracketed(block, head, head.subject.start - len(head.before)):
            return None  # HE WILL NOT RAISE IT (I AGREED THIS WISE) BUT HIS MINISTER WILL
        if kind is SubjectKind.ELIDED:
            opens = not head.before.strip() and not head.participle
            return tracker.voice(block, head) if opens and is_strong(head.verb) else None
        mere = head.verb.base or weak or of_himself(block, head)
        if kind is SubjectKind.I and self._paper.is_sent and mere:
            return None  # I RECOMMEND, I BELIEVE: the reporter to the Department, not a speaker at a meeting
        between = block.prose.plain[head.subject.end : head.verb_start]
        if kind is SubjectKind.I and self._paper.is_sent and " WOULD " in f"{between} ":
            return None  # I WOULD LIKE TO REITERATE MY CONCURRENCE
        if kind is SubjectKind.I and weak and tracker.active is None:
            return None
        late = len(head.before) > 60 and not closed and not _LINKED.search(head.before)
        if kind is SubjectKind.I and late and not is_strong(head.verb):
            return None
        voice = tracker.voice(block, head)
        if voice is None:
            return None
        told_of = is_told_of(tracker, voice)
        if told_of and head.perfect and kind is not SubjectKind.I and not self._tells_now(block, head, voice):
            return None
        if (
            weak
            and kind is SubjectKind.HE
            and len(head.before) > 25
            and not closed
            and not _LINKED.search(head.before)
        ):
            return None
        if weak and kind is SubjectKind.PHRASE and _MY_OWN.search(head.before):
            return None  # IN MY JUDGMENT, NASSER BELIEVES
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
        body = voice.player is None or voice.player.kind == "body"
        if head.perfect and body and head.verb_start < head.subject.start:
            return None  # TROOPS HAD BEEN REQUESTED BY A GOVERNMENT: told by whoever speaks
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

    def _tells_now(self, block: LayoutBlock, head: ReportingClause, voice: ResolvedSpeaker) -> bool:
        """MR. MATT, THE CASE OFFICER, HAS ADVISED THAT: in a paper without a list he is named, and spoke."""
        between = block.prose.plain[head.subject.end : head.verb_start]
        active = self._tracker.active if self._tracker.spoken_here else None
        plain = not (head.before.strip() or self._paper.listed)
        plain = plain and (active is None or active.player is voice.player)
        return plain and "by title" in voice.evidence and is_strong(head.verb) and " HAS " in between

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
        if last[0].verb.group == "ask" and head.start > head.verb_start and kind is SubjectKind.PHRASE:
            return tracker.voice(block, head)  # ASKED WHETHER IT WAS SAFE, AND WAS TOLD BY LUND THAT
        if kind is SubjectKind.NOBODY:
            return tracker.voice(block, head)  # AND WAS TOLD WE KNEW OF NONE
        if _whom_he_met(head, last[0]):
            return tracker.voice(block, head)
        if last[0].aside and head.start - last[0].end < _CLOSE:
            return None  # IN PARIS, HE STATED, OFFICERS MADE CLEAR: what he tells
        if (
            kind is SubjectKind.ELIDED
            and is_timed(last[0])
            and _MEANWHILE.search(block.prose.plain, last[0].end, head.verb_start)
        ):
            return replace(current, player=None, side=None, resolution=SpeakerBasis.UNKNOWN)
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
            if last[0].subject.kind is SubjectKind.I and group != "attitude" and is_timed(last[0]):
                return tracker.voice(block, head)  # AFTER I SAID THIS, HE REPLIED
            if group == "deliver" or not (linked or head.aside):
                return None
            author = current.resolution is SpeakerBasis.AUTHOR
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
            return self._contrasted(block, head, current)
        if voice.player is not tracker.author and is_told_of(tracker, voice):
            return self._contrasted(block, head, current)
        return voice

    def _contrasted(
        self, block: LayoutBlock, head: ReportingClause, current: ResolvedSpeaker
    ) -> ResolvedSpeaker | None:
        """Somebody unknown, where another's words stand apart: I ASKED, BUT Z SAID; HOWEVER, Z SAID."""
        own = current.player is not None and current.player is self._tracker.author
        against = (own and _AGAINST.search(head.before)) or (
            _APART.search(head.before) and is_strong(head.verb)
        )
        subject = head.subject
        if subject.kind is not SubjectKind.PHRASE or not against:
            return None
        meant = self._tracker.reader.meant(block.prose, subject.start, subject.end, strong=True)
        if meant.sort not in (Sort.NAMED, Sort.OFFICE, Sort.DESCRIBED):
            return None
        return replace(current, player=None, side=None, resolution=SpeakerBasis.UNKNOWN)

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


def _whom_he_met(head: ReportingClause, last: ReportingClause) -> bool:
    """Whether a clause tells what he said with whom the one before discusses something."""
    return head.subject.after == WHO and last.verb.lemma == "discuss" and is_strong(head.verb)
