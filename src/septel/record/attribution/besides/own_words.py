"""What the walk gave to somebody and is the reporter's own: it is set aside, with its reason.

A sentence that no clause reports is given to whoever has the floor, or goes on with what was told. Where it
says by itself that the reporter speaks (`IN THE EMBASSY'S VIEW`, `OUR CONVERSATION LASTED AN HOUR`) nobody of
the talk says it, nor what stands behind it in the paragraph until somebody speaks again.
"""

from __future__ import annotations

import re
from itertools import groupby

from septel.record.attribution.reporting_verbs import ReportingClause
from septel.record.attribution.speakers import Attribution, ReportedSpeech
from septel.record.attribution.tokens import SubjectKind
from septel.record.layout import DocumentLayout, Role, has_verb
from septel.record.model import SpeakerBasis

WHY = "the reporter's own words"

_POST = (
    r"(?:(?:THE |THIS |MY |OUR )?(?:EMBASSY|EMB|MISSION|CONSULATE|POST|DEPARTMENT|DEPT|COUNTRY TEAM"
    r"|DELEGATION))"
)
_TALK = r"(?:CONVERSATION|INTERVIEW|MEETING|TALK|LUNCHEON|LUNCH|DINNER|DISCUSSION|SESSION|EXCHANGE|CALL)"
_PAPER = r"(?:COPY|COPIES|TEXT|TEXTS|TRANSCRIPT|TRANSLATION|MEMORANDUM|MEMCON|READING COPY|LETTER|STATEMENT)"
_OWN = re.compile(
    rf"\bIN {_POST}[’']?S? (?:VIEW|OPINION|JUDGMENT|ESTIMATE|ESTIMATION)\b"
    r"|\bAS (?:THE )?(?:DEPT|DEPARTMENT) (?:IS |WILL BE |WILL |AND \w+ )?(?:AWARE|KNOWS?|RECALL|NOTED?)\b"
    r"|\bTHE (?:DEPARTMENT|DEPT) WILL (?:HAVE |ALSO )?(?:NOTED?|RECALL|SEEN|OBSERVED?|REMEMBER)\b"
    r"|\b(?:APPARENT|CLEAR|EVIDENT|OBVIOUS) TO (?:THE )?(?:COUNTRY TEAM|EMBASSY|MISSION)\b"
    rf"|^\W*(?:WHILE|ALTHOUGH|THOUGH|SINCE) (?:{_POST} |(?:THE )?(?:FOREGOING|ABOVE) )"
    r"|^\W*IT SHOULD BE (?:NOTED|REMEMBERED|BORNE IN MIND|ADDED) THAT (?:HIS|HER|THEIR|HE|SHE|THEY)\b"
)
"""What a reporter thinks, or tells those to whom he reports."""
_OF_TALK = re.compile(
    rf"\W*(?:ALTHOUGH |HOWEVER,? )?(?:THE |THEIR |OUR |MY |THIS "
    rf"|THEN )?(?:[A-Z]+ )?{_TALK} (?:WAS (?:LENGTHY|BRIEF|LONG"
    r"|CORDIAL|FRIENDLY|DEVOTED|INTERRUPTED|HELD|CONDUCTED|ALMOST)|LENGTHY|LASTED|COVERED|RANGED"
    r"|TOOK PLACE|ENDED"
    r"|CONCLUDED|BROKE|WENT ON|DEALT|TURNED|CENTERED|REVOLVED|THEN)\b"
    rf"|[^.;]{{0,60}}\bOUR {_TALK} (?:COVERED|LASTED|ENDED|RANGED|TURNED)\b"
    rf"|\W*(?:PART|MUCH|MOST|SOME|THE REST|THE REMAINDER) OF (?:OUR|THE) {_TALK} (?:\w+ED|WAS)\b"
    r"|\W*MUCH (?:\w+ )?FENCING\b|\W*THERE (?:THEN |ALSO )?(?:ENSUED|FOLLOWED)\b"
    rf"|\W*(?:THE |A )?(?:\w+ ){{0,2}}?{_PAPER} (?:[A-Z][^.;]{{0,90}} )?(?:IS|ARE|WAS|WERE) (?:BEING )?"
    r"(?:ENCLOSED|ATTACHED|POUCHED|DISPLAYED|DISTRIBUTED)\b"
    r"|\W*(?:ATTACHED|ENCLOSED) (?:IS|ARE|HEREWITH)\b"
    r"|\W*(?:HOWEVER,? |BUT )?(?:HE|SHE|(?:THE )?PRESIDENT|[A-Z][A-Z'-]+) SHOWED (?:EVERY|NO|SOME|CLEAR"
    r"|GREAT|LITTLE) "
    r"|\W*(?:HOWEVER,? |BUT )?(?:HE|SHE) WAS (?:VERY |QUITE |MOST |EXTREMELY )?(?:ALERT|COURTEOUS|ATTENTIVE"
    r"|RESPONSIVE|AFFABLE|FRANK|CANDID|UNCOMMUNICATIVE|GRAVE|TIRED)\b"
    r"|\W*SUBSEQUENT TO (?:HIS|HER|THEIR) DEPARTURE\b|\W*(?:THOSE|THE PERSONS) PRESENT (?:THEN )?DISCUSSED\b"
    r"|[^.;]{0,60}\b(?:AIRED|HELD) (?:AN? )?EXCHANGES? (?:ON|OF|ABOUT)\b"
)
"""What a reporter says of a talk, of those in it, of his papers."""
_OWN_HOME = re.compile(
    r"^\W*(?:IT|THIS) (?:IS|WAS) (?:HOPED|BELIEVED|FELT|THOUGHT|EXPECTED|SUGGESTED|RECOMMENDED) "
    r"|^\W*(?:IT WAS|IT IS) (?:MY|OUR) (?:\w+ )?(?:IMPRESSION|FEELING|ESTIMATE|GUESS|JUDGMENT)\b"
    r"|^\W*(?:BEYOND|IN ADDITION TO|ASIDE FROM|APART FROM) THE (?:ABOVE|FOREGOING)\b"
    r"|^\W*(?:AGAINST|GIVEN) THIS BACKGROUND\b|\bIN THE (?:ABOVE|FOREGOING) LIGHT\b"
    r"|\bYOU WILL (?:ALSO |THUS )?(?:NOTE|RECALL|SEE|REMEMBER|WANT)\b|\bFOR YOUR (?:APPROVAL|INFORMATION)\b"
    r"|\bREMAINS TO BE SEEN\b|\bWE WILL (?:WATCH|KEEP YOU|CONTINUE TO WATCH|REPORT)\b"
    r"|^\W*THERE IS (?:\w+ )?NO (?:DOUBT|QUESTION),? (?:HOWEVER|IN MY MIND|THAT)\b"
    r"|^\W*(?:(?:THE )?MOST (?:OBVIOUS|LIKELY|PROBABLE|PLAUSIBLE)|ONE) (?:CONCLUSION|EXPLANATION"
    r"|INTERPRETATION"
    r"|REASON|POSSIBILITY) (?:FOR THIS (?:\w+ ))?(?:COULD|MAY|MIGHT|WOULD|IS)\b"
    r"|^\W*(?:THE )?QUESTION IS WHAT\b|\bIN MY (?:OWN )?(?:VIEW|JUDGMENT|OPINION)\b|\bI (?:SUSPECT"
    r"|STILL FIND)\b"
    r"|\bIT IS HARD TO SEE\b"
    r"|\b(?:SEEMS?|APPEARS?|STRIKES?|STRUCK|SEEMED|APPEARED) (?:TO )?(?:US|ME)(?: \w+LY| AS|,|$)"
    r"|\bMY (?:\w+ )?(?:REACTION|IMPRESSION|FEELING|GUESS|CONCLUSION) (?:IS|WAS)\b|\bI INFER\b"
    r"|^\W*(?:SEPARATELY,? )?(?:EMBASSY|DEPARTMENT|DEPT|MISSION) (?:IS|HAS BEEN|WILL BE|HAS) \w+(?:ING|ED)\b"
    r"|^\W*(?:THIS|FOREGOING|ABOVE|PRESENT) (?:MESSAGE|TELEGRAM|CABLE|MEMORANDUM|REPORT|DESPATCH) (?:IS"
    r"|WAS|HAS|WILL)\b"
    r"|^\W*(?:CAN[’']T|CANNOT|COULD NOT) (?:IMAGINE|HELP|ESCAPE)\b"
    r"|^\W*(?:MEMO|MEMORANDUM|TEXT|MESSAGE|NOTE|LETTER) (?:SPEAKS|EXPLAINS) (?:FOR )?ITSELF\b"
    r"|^\W*YOUR (?:\w+ )?(?:TELEGRAM|MESSAGE|LETTER|DESPATCH|[A-Z]+ \d+) (?:NOTED|RECEIVED)\b"
)
"""What who writes home says of his own."""
_LEAD = re.compile(
    r"(?:\b(?:WERE|WAS|ARE|IS) AS FOLLOWS|\b(?:POINTS?|COMMENTS?|DETAILS?|EXCERPTS?|HIGHLIGHTS|REMARKS|TEXT)"
    r"[^.:]{0,40} FOLLOWS?)\W*$|^\W*(?:HEREWITH|BELOW|FOLLOWING)(?: (?:IS|ARE|WERE))\b"
)
"""Announces words, and is none of them."""
_ACCOUNTS = (
    "paper", "progress report", "chronology", "position", "briefing", "diary", "intelligence", "review",
    "study", "estimate", "backchannel", "messages", "instruction",
)  # fmt: skip
"""Words of kinds of documents that tell and judge, and record no talk."""
_SHIFTED = re.compile(r"\b(?:WOULD|COULD|MIGHT|HAD|SHOULD|OUGHT|WAS|WERE)\b")
_NEW_THOUGHT = frozenset({"continuing: from the paragraph before", "continuing: present"})
_MINE = re.compile(r"(?<![.\w])(?:I (?:AM|THINK|BELIEVE|STILL|WILL|HAVE|FEEL|DO|SHALL)|MY)(?![.\w])")
_VERB = re.compile(
    r"\b(?:IS|ARE|WAS|WERE|BE|BEEN|HAS|HAVE|HAD|WILL|WOULD|COULD|SHOULD|CAN|MAY|MIGHT|MUST|SHALL|DO|DOES|DID"
    r"|[A-Z]+(?:ED|ING|S|N['’]T)|LET|GET|GO|TAKE|KEEP|MAKE|GIVE|DIE|RUN|SEE|SAY)\b"
)
_FORM = re.compile(
    r"^\W*(?:DRAFTED|CLEARED|APPROVED|TYPED|PREPARED|TRANSCRIBED|AUTHENTICATED|RELEASED)(?: AND \w+)? BY\b"
    r"(?=\W*(?:[A-Z]*[/:]|[A-Z]\S*\s*[:/]|[^a-z.]{0,40}$))"
    r"|\bCITE [A-Z]+(?: [A-Z]+)? \d{2,}|\bADVANCE COPY\b|\bPERSON/UNIT NOTIFIED\b"
    r"|\bREPRODUCTION (?:BY|PROHIBITED)"
    r"|^\W*(?:[IVX]+\.? )?CONTINUED (?:FROM|ON) PAGE\b"
)
"""What stands on a form or at a head, and nobody says: who drafted it, who got a copy, where it goes on."""
_LEFT_OUT = re.compile(r"\[[^\]]*\]\W*$")
"""What the edition left out."""
_CLOCK = re.compile(r"\W*\d{1,2}[:.]\d\d\b|\W*\d{3,4}(?:Z| HOURS?)\b")
_GREETING = re.compile(
    r"\W*(?:WITH (?:MY |OUR |BEST |WARM(?:EST)? |KIND(?:EST)? |ALL |SINCERE |PERSONAL |GOOD )*"
    r"(?:REGARDS?|WISHES|ESTEEM|RESPECTS?"
    r"|FRIENDSHIP)"
    r"|(?:BEST |WARM(?:EST)? |KIND(?:EST)? )*(?:REGARDS|WISHES)\W*$|(?:VERY )?(?:SINCERELY|RESPECTFULLY"
    r"|FAITHFULLY)"
    r"(?: YOURS)?|YOURS )"
)
_FEW = 9
"""Words under which a stretch without a verb is a fragment, a greeting, a name."""
_NAMES = re.compile(
    r"(?:[A-Z][\w'’.-]*|[IVX]+|de|von|van|,)(?:[ ,]+(?:[A-Z][\w'’.-]*|de|von|van|[IVX]+))*[.,]?$"
)


class OwnWords:
    """Sets aside, when the walk has ended, what is plainly the reporter's own."""

    def __init__(self, paper: DocumentLayout, out: Attribution) -> None:
        self._paper = paper
        self._out = out
        told = paper.kind.startswith("memorandum for the") and not paper.listed and paper.sender is not None
        told = told or (not paper.listed and any(word in paper.kind for word in _ACCOUNTS))
        self._is_account = paper.is_sent_home or told
        """Whether one person writes what he heard and thinks of it: a memorandum home, or of a journey."""
        self._last: ReportedSpeech | None = None
        """The last clause that gave somebody the floor."""

    def set_aside(self) -> None:
        """Take from what is said what no party says; it is listed as unread."""
        kept: list[ReportedSpeech] = []
        ordered = sorted(self._out.sayings, key=lambda s: s.block.prose.at[s.start])
        for _, group in groupby(ordered, key=lambda s: s.block.prose.paragraph):
            own = False
            for saying in group:
                if saying.head is not None and self._thinks(saying.head):
                    own = True
                elif saying.head is not None:
                    own, self._last = False, saying
                elif self._may_be_own(saying):
                    own = own or self._is_own(saying)
                else:
                    own = False
                if own or self._is_nothing(saying) or self._tells_of_talk(saying):
                    self._out.adrift.append((saying.block, saying.start, saying.end, WHY))
                else:
                    kept.append(saying)
        self._out.sayings[:] = kept

    def _thinks(self, head: ReportingClause) -> bool:
        """I WOULD LIKE TO SEE THEM TODAY: what who keeps an account thinks as he writes."""
        first = head.subject.kind is SubjectKind.I and head.verb.base
        return self._is_account and first and head.verb.group == "attitude"

    @staticmethod
    def _may_be_own(saying: ReportedSpeech) -> bool:
        """Whether a stretch was given to somebody only for standing behind what he said."""
        if saying.quoted or saying.governed or saying.block.role is Role.ENCLOSED:
            return False
        on = "told besides: goes on" in saying.voice.evidence
        return on or saying.voice.resolution is SpeakerBasis.CONTINUING

    def _is_own(self, saying: ReportedSpeech) -> bool:
        text = saying.block.prose.plain[saying.start : saying.end]
        if _OWN.search(text):
            return True
        evidence = saying.voice.evidence
        listed = bool(saying.block.label) or ":" in saying.block.prose.text[:40]
        if self._is_account and not listed and (evidence >= _NEW_THOUGHT or self._is_analysis(text)):
            return True  # a paragraph in the present behind another: who writes goes on himself
        if self._paper.kind.startswith("memorandum for the") and "told besides: goes on" in evidence:
            return _MINE.search(text) is not None
        return (self._paper.is_sent or self._is_account) and _OWN_HOME.search(text) is not None

    def _is_analysis(self, text: str) -> bool:
        """Whether a sentence stands unshifted behind what a body does, or somebody has done or does of late.

        THE GOJ HAS INFORMED THEM OF ITS WILLINGNESS. OPPOSITION IS A FACTOR: of who writes.
        """
        last = self._last
        if last is None or last.head is None or _SHIFTED.search(text):
            return False
        body = last.voice.player is None or last.voice.player.kind == "body"
        return last.head.perfect or last.head.present or (body and last.voice.side is not None)

    def _tells_of_talk(self, saying: ReportedSpeech) -> bool:
        """Whether a stretch tells of the talk as such: others may go on behind it."""
        if saying.head is not None or not self._may_be_own(saying):
            return False
        return _OF_TALK.match(saying.block.prose.plain, saying.start, saying.end) is not None

    @staticmethod
    def _is_topic(saying: ReportedSpeech) -> bool:
        """Whether a stretch is the heading of an entry, before more: INCREASED KOREAN EXPORTS TO VIET-NAM."""
        prose = saying.block.prose
        text = prose.text[saying.start : saying.end].strip()
        if saying.start or "," in text or prose.in_capitals or not prose.text[saying.end :].strip():
            return False
        words = [w for w in re.findall(r"[A-Za-z][\w'’-]*", text) if len(w) > 3]
        large = all(word[0].isupper() for word in words) and len(words) > 1
        return large and not has_verb(text.upper())

    def _is_nothing(self, saying: ReportedSpeech) -> bool:
        """Whether a stretch is nothing said: a row of a schedule, a greeting, a name beneath."""
        prose = saying.block.prose
        text = prose.plain[saying.start : saying.end].strip()
        if _FORM.search(text) or _LEFT_OUT.match(text):
            return True
        if saying.head is not None:
            return False
        whole = text.rstrip('”"')[-1:] in (".", "?", "!") and any(
            s.start == saying.start for s in prose.sentences
        )
        if not (saying.governed or saying.quoted or whole or has_verb(text)) or self._is_topic(saying):
            return True
        if _LEAD.search(text) and len(text.split()) < 2 * _FEW:
            return True
        if _GREETING.match(text) and len(text.split()) <= 2 * _FEW:
            return True
        if len(text.split()) >= _FEW or text[-1:] in "?!":
            return False
        last = saying.block in self._paper.blocks[-2:] and saying.start == 0
        if last and _NAMES.match(prose.text[saying.start : saying.end].strip()):
            return True
        return _CLOCK.match(text) is not None and _VERB.search(text) is None
