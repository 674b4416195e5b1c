"""What a sentence tells besides: words of others in subordinate clauses, behind nouns, in the passive.

The walk over a document gives sentences to speakers. A sentence that it leaves may still tell that somebody
said something (`WHEN THE UNDER SECRETARY ADDED THAT`, `THE ESTIMATE MADE BY MR. HILLEGASS THAT`, `I WAS TOLD
THAT`). Such a statement is shown; who speaks is left open.
"""

from __future__ import annotations

import re

from septel.record.attribution.clause_kinds import deals_with, is_nobodys
from septel.record.attribution.frames import Frames, is_strong
from septel.record.attribution.reported_speech import SpeechSegmenter
from septel.record.attribution.reporting_verbs import ReportingClause
from septel.record.attribution.speakers import ResolvedSpeaker
from septel.record.attribution.subjects import SubjectFinder
from septel.record.attribution.tokens import SubjectKind
from septel.record.attribution.tracker import Tracker
from septel.record.layout import (EDITORS, MANNER, OURS, TO_OFFICE, DocumentLayout, LayoutBlock, Prose, Role, cue, quoted)
from septel.record.model import Mode, SpeakerBasis, is_nation
from septel.record.people import NounKind, Participant, head_of, is_common, noun_kind
from septel.text import Span

_SPEAKING = frozenset({"speech", "ask", "answer", "propose", "accept", "reject", "commit", "reserve"})
_TO_A_HEARER = frozenset(
    {
        "tell", "inform", "advise", "notify", "assure", "urge", "ask", "reply", "answer", "respond",
        "point out", "explain", "remind", "emphasize", "stress", "warn", "repeat", "express", "promise",
        "make clear", "say", "request", "propose", "suggest", "press", "thank", "agree", "inquire", "submit",
        "read", "hand", "deliver", "state", "indicate", "mention",
    }
)  # fmt: skip
"""Verbs by which who reports tells what he himself said to another."""
_ALWAYS_HEARD = frozenset({"reply", "answer", "respond", "tell", "assure", "remind", "ask", "inquire", "say"})
_TELEGRAPHED = frozenset(
    {
        "mention", "indicate", "refer", "repeat", "affirm", "confirm", "conclude", "describe", "outline",
        "report", "raise", "argue", "maintain", "recall", "predict", "disagree", "reject",
    }
)  # fmt: skip
"""Verbs that open a telegram's sentence without a subject, and tell what somebody said."""
_HEARER = re.compile(
    r"\s+(?:\w+ ){0,4}?(?:TO )?(?:HIM|HER|THEM|(?:THE )?(?:PRESIDENT|MINISTER|AMBASSADOR|PREMIER|CHANCELLOR"
    r"|PRIME MINISTER|FOREIGN MINISTER|GENERAL|CHARGE|KING|SHAH|OTHERS|MR\.?|DR\.?|[A-Z]+S\b))\b"
)
_TO_NAME = re.compile(r"\s+(?:to )?(?!The |That |US |It |I |We )[A-Z][a-zé]+\b")
_SUPPOSED = re.compile(
    r"\b(?:IF|WHETHER|UNLESS|LEST|IN CASE|PROVIDED|IN ORDER|SO THAT|UNTIL)\b(?![^;:]{0,60},)[^;:]{0,60}$"
    r"|\b(?:SHOULD|WOULD|WILL|MAY|MIGHT|COULD|NO|NOT|DOUBT|UNLIKELY)\b(?: [A-Z']+){0,3}\s*$"
    r"|\b(?:WHATEVER|WHAT|ALL|EVERYTHING)\s*$"
    r"|\b(?:FIRST|ONLY|LAST) (?:TIME|OCCASION)(?: THAT)?\s*$"
)
"""What is only supposed, wished or denied, before a clause."""
_GIVEN = r"(?:MADE|GIVEN|EXPRESSED|ADVANCED|VOICED|PUT FORWARD|PRESENTED|PROPOSED|STATED|SUBMITTED)"
_WORDS = (
    r"(?:REPLY|RESPONSE|ANSWER|REACTION|VIEWS?|OPINION|POSITION|STANCE|ATTITUDE|CONTENTION|ARGUMENT|THESIS"
    r"|CLAIMS?|LINE|EXPLANATION|ESTIMATE|PROPOSALS?|SUGGESTIONS?|REQUESTS?|OFFERS?|DEMANDS?|ASSURANCES?"
    r"|PROMISES?|PLEDGES?|WARNINGS?|COMPLAINTS?|QUESTIONS?|INQUIRY|DESIRE|DETERMINATION|INSISTENCE"
    r"|RECOMMENDATIONS?|ASSERTIONS?|STATEMENTS?|REMARKS?|COMMENTS?|OBSERVATIONS?|COMMITMENT|UNDERTAKING"
    r"|POINT|CONCLUSION|COUNTERPROPOSALS?|REFUSAL|PLEA|APPEAL|THEORY|FEELING|INCLINATION)"
)
"""Nouns that carry what somebody said."""
_OWNED = re.compile(
    rf"(?:(?P<owner>[A-Z][\w.-]*)['’]S?|\b(?P<his>HIS|HER|THEIR)) (?:[A-Z-]+ ){{0,3}}?{_WORDS}\b"
    r"(?:[^.;:]{0,60}? (?:WAS|WERE|IS|HAS BEEN|HAD BEEN|REMAINS|REMAINED) (?:ALWAYS |STILL )?(?:THAT|TO)\b"
    r"|(?: TO [\w.]+)? THAT\b(?! (?:WAS|IS|HAS|HAD)\b)|:)"
    r"|(?:(?P<owner2>[A-Z][\w.-]*)(?:['’]S?)?|\b(?P<his2>HIS|HER|THEIR)) (?:[A-Z-]+ ){0,3}?(?:REPLY|RESPONSE|ANSWER|WORDS"
    r"|COMMENT|REACTION|REPLIES|RESPONSES|ANSWERS|REACTIONS)(?:,[^,.;]{0,60},)? (?:WAS|WERE|TAKE|TOOK)\b"
)
_WISH = re.compile(
    r"(?:(?P<owner>[A-Z][\w.-]*)['’]S?|\b(?P<his>HIS|HER|THEIR)) (?:[A-Z-]+ ){0,2}?"
    r"(?:DESIRE|DETERMINATION|PROPOSAL|SUGGESTION|REQUEST|OFFER|PROMISE|PLEDGE|COMMITMENT|REFUSAL|APPEAL)"
    r" (?:TO (?!THE\b|A\b|AN\b|HIS\b|THIS\b|US\b)[A-Z]+|THAT)\b"
)
_REPORTEDLY = re.compile(
    r"\b(?:REPORTEDLY|ALLEGEDLY) (?:\w+LY |ALSO )?(?:AGREED|SAID|TOLD|URGED|STATED|ASKED|INSISTED|PROMISED"
    r"|PROPOSED|SUGGESTED|WARNED|REFUSED|DEMANDED|INFORMED|ASSURED|EXPRESSED|INDICATED|CLAIMED|DECLARED)\b"
)
_ISSUED = re.compile(
    rf"\b(?:{_WORDS}|ANNOUNCEMENT|COMMUNI[QG]U[EÉ]|DECLARATION|BROADCAST) BY (?:THE )?(?P<who>(?:[A-Z][\w.'’-]+ ){{0,3}}?"
    r"[A-Z][\w.'’-]+)(?:,[^.;]{0,80},)?(?: \w+){0,2} (?:THAT|TO THE EFFECT|REITERATED|SAID|STATED|STATING|DECLARED"
    r"|DECLARING|SAYING|ANNOUNCED|ANNOUNCING|CALLED|REPEATED|CLAIMED)\b"
)
_BY = re.compile(rf"\b{_WORDS} {_GIVEN} (?:\w+ )?BY (?:THE )?(?P<who>(?:[A-Z][\w.'’-]+ ){1,4}?)(?:THAT|TO (?!THE\b|A\b)[A-Z]+)\b")
_FROM = re.compile(
    r"\b(?:ASSURANCES?|WORD|MESSAGE|WARNING|INFORMATION|REPORTS?|LETTER|NOTE) FROM"
    r" (?P<who>(?:[A-Z][\w.'’-]+ ){1,5}?)(?:THAT|TO THE EFFECT|SAYING|STATING|ASKING|URGING|REQUESTING)\b"
)
_ACCORDING = re.compile(
    r"\bACCORDING TO (?:THE )?(?P<who>(?:[A-Z][\w.'’-]+ ){0,3}?[A-Z][\w.'’-]+)(?=,| (?:THE|IT|HE|[A-Z]+ (?:IS|WAS|HAS|HAD))\b)"
)
_AS_TOLD = re.compile(
    r"\bAS (?:I |WE |HE )?(?:\w+LY )?(?:TOLD|EXPLAINED|STATED|INDICATED|OUTLINED|SAID|PUT) (?:TO|BY) "
)
_WAS_TOLD = re.compile(
    r"\b(?:I|WE|HE|SHE|THEY|EMB\w*|[A-Z]\w+OFFS?|OFFICERS?|MISSION|DEPARTMENT|DEPT|POST|AMBASSADOR|MINISTER"
    r"|PRESIDENT|[A-Z]+S)"
    r" (?:WAS|WERE|HAVE BEEN|HAS BEEN|HAD BEEN|AM|ARE|IS) (?:\w+LY |ALSO |THEN |NOW )?"
    r"(?:TOLD|INFORMED|ADVISED|ASSURED|WARNED|REMINDED|GIVEN TO UNDERSTAND)\b"
    r"(?! (?:TO|NOT|IN FULL|OF)\b)"
)
_HEARD = re.compile(
    r"\b(?:I|WE|EMB\w*|HE|THEY) (?:HAVE |HAS |HAD |ALSO )?(?:HEARD|LEARNED|LEARNT) (?!NOTHING|NO\b|OF\b|TO\b|OUT\b)"
    r"|\bI HEARD (?:HIM|HER|THEM) "
)
_SAID_TO_HAVE = re.compile(
    r"\b(?:IS|ARE|WAS|WERE) (?:REPORTED|SAID|ALLEGED|UNDERSTOOD) TO HAVE (?:\w+LY )?(?:SAID|TOLD|STATED|ASKED"
    r"|REPLIED|ASSURED|EXPRESSED|DECLARED|INFORMED|WARNED|URGED|INDICATED|PROMISED)\b"
)
_PRESSES = re.compile(
    r"\b(?:PRESS(?:ED|ING)|PRODD(?:ED|ING)|QUIZZ(?:ED|ING)|APPROACHED|SOUNDED OUT) (?:ME|US|HIM)\b"
    r"|\bSHOWED (?:ME|US|HIM)\b"
    r"|\b(?:SPOKE|TALKED) (?:TO|WITH) (?:ME|US) (?:ABOUT|OF|CONCERNING|REGARDING|ON)\b"
    r"|\b(?:TOOK|TAKEN) (?:THE |THIS )?(?:MATTER|SUBJECT|QUESTION|POINT) UP WITH (?:ME|US|HIM)\b"
)
_ABLE_TO = re.compile(
    r"\b(?:(?:WAS|WERE) (?:ABLE|CAREFUL|AT PAINS|QUICK|COMPELLED|OBLIGED)|HASTENED|MANAGED|VENTURED|SOUGHT|FELT IMPELLED"
    r"|FELT OBLIGED|TOOK (?:THE |THIS )?(?:OCCASION|OPPORTUNITY)|HAD (?:THE )?(?:OCCASION|OPPORTUNITY)) TO (?:\w+LY )?(?:TELL"
    r"|SAY|ASSURE|INFORM|EXPLAIN|POINT OUT|MAKE (?:IT )?(?:CLEAR|EXPLICIT)|STRESS|EMPHASIZE|STATE|EXPRESS|REMIND|ASK|SUGGEST"
    r"|URGE|WARN|CLARIFY|STATE|CONVEY|MENTION)\b"
)
"""I WAS ABLE TO TELL THE KING THAT."""
_TOPIC = re.compile(
    r"\b(?:(?:TURNED|CAME|REVERTED|RETURNED|PASSED|SWITCHED) (?:\w+LY |THEN |NEXT |AGAIN |BACK |ONCE MORE ){0,2}TO (?:THE )?(?:THEME|QUESTION"
    r"|SUBJECT|MATTER|TOPIC|PROBLEM|POINT|ISSUE)|LAUNCHED INTO|TALKED (?:\w+ ){0,5}?(?:ABOUT|ON THIS|ON THE SUBJECT|OF)"
    r"|HELD FORTH|WAXED)\b"
)
"""TURNED TO THE QUESTION OF: what somebody spoke of."""
_PAPER = re.compile(
    r"\b(?:STATEMENT|COMMUNI[QG]U[EÉ]|EDITORIAL|LETTER|NOTE|CABLE|TELEGRAM|MESSAGE|DESPATCH|ARTICLE|PETITION|MEMORANDUM|[A-Z]+['’]S \d+)"
    r"(?: [^.;,]{1,60}?)?(?: ALSO)? (?:INDICATES|STATES|SAYS|DECLARES|ASKS|REQUESTS|INDICATED|STATED|SAID|DECLARED|ASKED|REQUESTED"
    r"|URGED|WARNED|ANNOUNCED|EXPRESSED|ASSURED|SUGGESTED|PROPOSED|DEMANDED)(?: (?:THAT|WHETHER|IF|THE|INFORMATION|HIM|US|ME|ITS|HIS"
    r"|[A-Z]+)\b)"
)
"""A paper speaks."""
_YOU = re.compile(
    r"\bYOU (?:ALSO |\w+LY |HAVE |HAD )?(?:ASKED|REQUESTED|TOLD|SUGGESTED|SAID|PROPOSED|EXPRESSED|STATED|POINTED OUT|RAISED"
    r"|INQUIRED|ASSURED|URGED|WROTE|MENTIONED)\b"
)
_STANDS = re.compile(r"\b(?:TAKES?|TOOK|TAKING|TAKEN) (?:A |AN |THE )?(?:VERY )?(?:\w+ )?(?:POSITION|LINE|VIEW|STAND)\b(?! ON BOARD)")
_LINE = re.compile(
    rf"\b(?:THE|A|ONE) (?:[A-Z]+ )?(?:LINE|{_WORDS}) (?:WHICH |THAT )?(?:I|WE) (?:HAVE |HAD )?(?:TAKEN|TOOK|MADE"
    r"|EXPRESSED|GAVE|GIVEN|PUT)\b"
)
"""THE LINE I HAVE TAKEN WITH HIM IS."""
_INSTRUCTS = re.compile(r"\bYOU (?:SHOULD|MAY|MIGHT|ARE AUTHORIZED|COULD)\b|\bPLEASE\b")
_LEADS = re.compile(
    r"^(?=.*\b(?:FOLLOW\w*|EMERGED|THESE|AS FOLLOWS|WERE|MADE|RAISED)\b)(?=.*\b(?:DISCUSS\w*|CONVERSATIONS?|TALKS?|MEETING"
    r"|INTERVIEW|SAID|TOLD|STATED|VIEWS?|POINTS?|REACTIONS?|COMMENTS?|QUESTIONS?|REMARKS|RESPONSE|REPLY|OBSERVATIONS?"
    r"|STATEMENTS?|ARGUMENTS?|PROPOSALS?)\b)",
    re.DOTALL,
)
"""Announces a list of what was said."""
_OWN_LIST = re.compile(r"\b(?:YOU|YOUR|OUR|MY|WE|EMBASSY|DEPARTMENT|DEPT|REQUESTED|RECOMMEND\w*|PLEASE|REASONS?|SUBMITTED)\b")
_ENTRY = re.compile(r"\W{0,2}(?:\d{1,2}|[A-Za-z])[.)]\s|[•–—-]\s*\w")
_WE_NOW = re.compile(r"\b(?:WE|OUR)\b[^.]*\b(?:IS|ARE|HAS|HAVE|WILL|CAN|MUST|DO|SHOULD)\b|^\W*WE (?!WERE|HAD|WENT|MET|DISCUSSED)")
_TO_US = re.compile(r"\b(?:OBVIOUS|APPARENT|CLEAR|EVIDENT) TO (?:US|ME)\b")
_DEEP = 60
"""Characters before a clause behind which the next sentence goes on with what stands before it."""
_TALKS = ("conversation", "minutes", "discussion", "record", "notes", "transcript")
_PRESENT = re.compile(r"\b(?:IS|ARE|HAS|HAVE|WILL|CAN|MAY|MUST|SHOULD|DO|DOES|DON['’]T|WON['’]T|\w+['’](?:LL|RE|VE))\b")
_SORT = (
    r"(?:CONCERNED|PLEASED|ANXIOUS|WORRIED|INTERESTED|PREPARED|WILLING|READY|DISTURBED|DISAPPOINTED|HOPEFUL|CONVINCED|CERTAIN"
    r"|SURE|UNABLE|AGAINST|IN FAVOR|OPPOSED|GRATEFUL|SURPRISED|AWARE|CONFIDENT|DUBIOUS|DOUBTFUL|RELUCTANT|HAPPY|GLAD|SORRY"
    r"|INCLINED|DETERMINED|ADAMANT|SKEPTICAL)"
)
_FEELING = re.compile(
    r" (?:ALSO |THEN |STILL )?(?:(?:WAS|WERE|HAD BEEN|IS) (?:\w+LY |ALSO |VERY |MUCH |NOT |QUITE |MOST |RATHER |SOMEWHAT )*"
    rf"{_SORT}|(?:COULD|DID) NOT (?:SEE|UNDERSTAND|AGREE|ACCEPT|THINK|BELIEVE|WISH|WANT|FEEL|INTEND)"
    r"|(?:WANTED|WISHED|PREFERRED|HOPED) )\b"
)
_NOW = re.compile(
    r"(?<!WOULD )(?<!COULD )(?<!MIGHT )(?<!NOT )(?<!TO )\b(?:IS|ARE|HAS|HAVE|WILL|AM|DO|DOES|APPEARS?|SEEMS?|BELIEVE|THINK|FEEL|HOPE)\b"
)
_FEELS = re.compile(
    rf"\W*(?:(?:HOWEVER|BUT|AND|ALSO|NEVERTHELESS),? )?(?:HE|SHE|THEY)(?:{_FEELING.pattern}| (?:\w+LY )?{_SORT}\b)"
)
_I_WENT_ON = re.compile(
    r"(?<![\w.])(?:I|WE) (?:\w+LY |ALSO |THEN )?(?:BELIEVED|THOUGHT|FELT|COULD|WOULD|HOPED|SUPPOSED|DID NOT|WAS|KNEW|DOUBTED"
    r"|WERE|UNDERSTOOD|RECOGNIZED|FEARED|REALIZED|HAD BEEN|EXPECTED|WANTED|WISHED)\b|\bSEEMED TO (?:ME|US)\b"
)
_PAST = re.compile(r"\b(?:WAS|WERE|HAD|WOULD|COULD|MIGHT)\b")
_GATHERING = re.compile(
    r"\b(?:MEETING|CONVERSATION|LUNCHEON|LUNCH|DINNER|DISCUSSION|SESSION|INTERVIEW|PRESENT AT|LEFT|ARRIVED|DEPARTED|ADJOURNED)\b"
)
_SHIFTED = re.compile(r"\b(?:WOULD|COULD|MIGHT|HAD TO|HAD BEEN|WAS TO|WERE TO)\b")
_MINE = re.compile(r"(?<![.\w])(?:I|MY|WE|OUR)(?![.\w])|\b(?:EMBASSY|MISSION|DEPARTMENT|DEPT|PROBABLY|APPARENTLY|SEEMS?|APPEARS?|COMMENT)\b")
NARRATED = cue("attributing.narrated")
CHARACTERISES = cue("attributing.characterises")


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
        self._mine = False
        """Whether who reports is the last who spoke."""
        self._deep = False
        """Whether what a sentence tells stands deep within it."""
        self._spoke: list[Participant] = []
        self._talk = not paper.is_sent and any(word in paper.kind for word in _TALKS)
        """Whether it reports a talk and nothing else: what stands in it in the present is said."""

    def take_down(self) -> None:
        """Take down one statement for each sentence left that tells of one."""
        out = self._scribe.out
        taken: dict[str, list[Span]] = {}
        for saying in out.sayings:
            taken.setdefault(saying.block.prose.paragraph, []).append(self._place(saying.block.prose, saying.start, saying.end))
        self._spoke = [s.voice.player for s in out.sayings if s.voice.player is not None]
        listing = False
        for block in self._paper.blocks:
            spans = taken.get(block.prose.paragraph, [])
            mask = quoted(block.prose)
            told = self._mine = False
            for sentence in block.prose.sentences:
                place = self._place(block.prose, sentence.start, sentence.end)
                if any(s.start < place.end and place.start < s.end for s in spans):
                    told = True
                    self._mine = self._paper.is_sent and self._is_mine(block, sentence)
                    listing = listing and _ENTRY.match(block.prose.text, sentence.start) is not None
                    continue
                words = block.prose.plain[sentence.start : sentence.end]
                if words.rstrip()[-1:] == ":":
                    listing = _LEADS.search(words) is not None and _OWN_LIST.search(words) is None
                    told = False
                    continue
                entry = bool(block.label) or _ENTRY.match(block.prose.text, sentence.start) is not None
                listing = listing and entry
                if listing and len(words.split()) > 3 and not EDITORS.search(words):
                    self._say(block, sentence.start, sentence.end, None, "list")
                    told = True
                    continue
                self._deep = False
                if self._sentence(block, sentence, mask):
                    told = not self._deep
                elif self._talk:
                    told = self._goes_on(block, sentence, told=told) or (told and not self._acts(block, sentence))
                else:
                    told = told and self._goes_on(block, sentence, told=True)

    @staticmethod
    def _place(prose: Prose, start: int, end: int) -> Span:
        return Span(prose.at[start], prose.at[end - 1] + 1)

    def _is_mine(self, block: LayoutBlock, sentence: Span) -> bool:
        """Whether what is said in a sentence is last said by the one who reports."""
        said = [
            s for s in self._scribe.out.sayings
            if s.block.prose.paragraph == block.prose.paragraph and s.start < sentence.end and sentence.start < s.end
        ]  # fmt: skip
        last = said[-1] if said else None
        if last is None:
            return False
        first = last.head is not None and last.head.subject.kind in (SubjectKind.I, SubjectKind.WE)
        author = self._tracker.author
        return first or (author is not None and last.voice.player is author)

    def _acts(self, block: LayoutBlock, sentence: Span) -> bool:
        """Whether a sentence tells what was done at a meeting, behind which nobody goes on."""
        words = block.prose.plain[sentence.start : sentence.end]
        told = NARRATED.match(words) or MANNER.match(words) or CHARACTERISES.search(words[:120])
        return told is not None or self._tells_of_those(block, sentence)

    def _goes_on(self, block: LayoutBlock, sentence: Span, *, told: bool) -> bool:
        """Take down a sentence behind what somebody said that stands in the tenses of reported speech."""
        if "continuing" in self._without:
            return False
        text = block.prose.plain
        words = text[sentence.start : sentence.end]
        if words[:1] in "([" or words.rstrip()[-1:] == ":":
            return False
        if _TO_US.search(words) or NARRATED.match(words) or MANNER.match(words) or EDITORS.search(words) or CHARACTERISES.search(words[:120]):
            return False
        feels = _FEELS.match(words) is not None
        if self._mine:
            # I TOLD HIM. I COULD CONCEIVE OF A SITUATION: in the past, what who reports said on
            said = _I_WENT_ON.search(words) is not None and _NOW.search(words) is None
        elif self._talk:
            speaks = words.rstrip('”" ')[-1:] == "?" or _PRESENT.search(words) is not None
            shifted = _PAST.search(words) is not None and not self._tells_of_those(block, sentence)
            ours = _WE_NOW.search(words) is not None and bool(self._spoke) and block.role is Role.BODY
            said = (feels or speaks or shifted) if told else ours
        else:
            said = feels or (_SHIFTED.search(words) is not None and _MINE.search(words) is None)
            asks = words.rstrip('”" ')[-1:] == "?" and not _INSTRUCTS.search(words)
            said = (said or asks) and not (OURS.search(words) or TO_OFFICE.match(words))
        if not said:
            return False
        self._say(block, sentence.start, sentence.end, None, "goes on")
        return True

    def _tells_of_those(self, block: LayoutBlock, sentence: Span) -> bool:
        """Whether a sentence in the past tells what those who met did: WE HAD NOT FINISHED OUR DISCUSSION."""
        text = block.prose.plain
        opening = SubjectFinder(block.prose, sentence.start, sentence.end, self._finder.names).opening()
        if _GATHERING.search(text, sentence.start, sentence.end):
            return True
        if opening is None:
            return False
        if opening.kind is SubjectKind.PHRASE:
            player = self._finder.known(head_of(text[opening.start : opening.end]))
            return player is not None and self._tracker.is_present(player)
        return opening.kind in (SubjectKind.I, SubjectKind.WE, SubjectKind.HE, SubjectKind.THEY)

    def _feels(self, block: LayoutBlock, sentence: Span) -> bool:
        """Whether a sentence tells how one who speaks in the document feels: THE PRESIDENT WAS RELUCTANT."""
        opening = SubjectFinder(block.prose, sentence.start, sentence.end, self._finder.names).opening()
        if opening is None or opening.kind is not SubjectKind.PHRASE:
            return False
        text = block.prose.plain
        if not _FEELING.match(text, opening.end, sentence.end):
            return False
        meant = self._tracker.reader.meant(block.prose, opening.start, opening.end, strong=True)
        return meant.player is not None and meant.player in self._spoke

    def _sentence(self, block: LayoutBlock, sentence: Span, mask: bytearray) -> bool:
        """Whether a sentence tells of words, which are taken down."""
        text = block.prose.plain
        if text[: sentence.end].rstrip()[-1:] == ":":
            return False  # what follows is said, and not this
        if EDITORS.search(text, sentence.start, sentence.end):
            return False
        heads = Frames(block.prose, mask, self._finder).of(sentence.start, sentence.end)
        for head in heads:
            if self._reports(block, head):
                begin = min(head.start, head.verb_start)
                self._say(block, begin, sentence.end, head, "clause")
                # what is told deep within a sentence is not gone on with in the next
                self._deep = begin - sentence.start >= _DEEP
                return True
        if text[sentence.start] in "([" and _ENTRY.match(text, sentence.start) is None:
            return False
        if self._feels(block, sentence):
            self._say(block, sentence.start, sentence.end, None, "feels")
            return True
        if _INSTRUCTS.search(text, sentence.start, sentence.end):
            return False
        for sort, pattern in (
            ("noun", _OWNED), ("noun", _WISH), ("noun", _BY), ("noun", _FROM), ("noun", _ISSUED), ("noun", _ACCORDING), ("reportedly", _REPORTEDLY), ("as told", _AS_TOLD), ("passive", _WAS_TOLD),
            ("heard", _HEARD), ("said to have", _SAID_TO_HAVE), ("pressed", _PRESSES), ("line", _LINE), ("able to", _ABLE_TO), ("topic", _TOPIC), ("paper", _PAPER), ("you", _YOU), ("topic", _STANDS),
        ):  # fmt: skip
            match = pattern.search(text, sentence.start, sentence.end)
            if match is None or mask[match.start()]:
                continue
            if sort == "noun" and not self._is_somebody(block, match):
                continue
            if _SUPPOSED.search(text[sentence.start : match.start()]):
                continue
            if sort == "topic" and not self._somebody_opens(block, sentence.start):
                continue
            start = match.start() if sort == "noun" else sentence.start
            self._say(block, start, sentence.end, None, sort)
            return True
        return False

    def _is_somebody(self, block: LayoutBlock, match: re.Match[str]) -> bool:
        """Whether the owner of words is a person, a body or a nation."""
        groups = match.groupdict()
        if groups.get("his") or groups.get("his2"):
            return True
        name = next(one for one in ("who", "owner", "owner2") if groups.get(one))
        return self._may_speak(block, match.start(name), match.end(name))

    def _may_speak(self, block: LayoutBlock, start: int, end: int) -> bool:
        words = block.prose.plain[start:end].strip()
        head = head_of(words)
        if noun_kind(head) in (NounKind.PERSON, NounKind.BODY) or is_nation(head):
            return True
        if noun_kind(head) is not None:
            return False
        text = block.prose.text
        if text.isupper():
            return bool(head) and head.isalpha() and not is_common(head)
        return re.search(r"[A-Z][\w'’.-]*\W*$", text[start:end].strip()) is not None

    def _somebody_opens(self, block: LayoutBlock, start: int) -> bool:
        """Whether a sentence is about a person or a body, by its opening."""
        end = next((s.end for s in block.prose.sentences if s.start <= start < s.end), start)
        opening = SubjectFinder(block.prose, start, end, self._finder.names).opening()
        if opening is None:
            return False
        if opening.kind is SubjectKind.PHRASE:
            return self._may_speak(block, opening.start, opening.end)
        return opening.kind in (SubjectKind.HE, SubjectKind.THEY)

    @staticmethod
    def _named_hearer(block: LayoutBlock, head: ReportingClause) -> bool:
        """WE HAVE SUBMITTED TO CHAVEZ: whether a name is told, in a print that writes names large."""
        text = block.prose.text
        return not text.isupper() and _TO_NAME.match(text, head.end) is not None

    def _reports(self, block: LayoutBlock, head: ReportingClause) -> bool:
        """Whether a clause that the walk passed over tells as a fact that somebody spoke."""
        text = block.prose.plain
        if head.modal or head.negated or head.verb.group not in (*_SPEAKING, "deliver"):
            return False
        if is_nobodys(block, head) or deals_with(block, head) or _SUPPOSED.search(head.before):
            return False
        strong = is_strong(head.verb)
        gap = text[head.subject.end : head.verb_start]
        kind = head.subject.kind
        if head.verb.base and " DID " not in f"{gap} " and not (kind is SubjectKind.THEY and strong):
            return False
        if kind in (SubjectKind.I, SubjectKind.WE):
            if head.verb.lemma not in _TO_A_HEARER:
                return False
            always = kind is SubjectKind.I and head.verb.lemma in _ALWAYS_HEARD
            return always or _HEARER.match(text, head.end) is not None or self._named_hearer(block, head)
        if kind is SubjectKind.HE and "pronoun" in self._without:
            return False
        if kind in (SubjectKind.HE, SubjectKind.NOBODY, SubjectKind.LATTER, SubjectKind.FORMER):
            return strong or head.verb.group in _SPEAKING
        if kind is SubjectKind.THEY or kind is SubjectKind.BOTH:
            return strong
        if kind is SubjectKind.ELIDED:
            if head.participle:
                return False
            if head.before.strip():
                # LODGE SOUGHT TO CLARIFY IT AND SAID: he of the main clause did
                linked = head.subject.after in ("AND", "BUT", ",")
                return strong and linked and head.verb.lemma != "agree" and self._somebody_opens(block, head.verb_start - len(head.before))
            # STATED WE UNDERSTOOD IT: a telegram leaves out who
            return self._paper.kind == "telegram" and (strong or head.verb.lemma in _TELEGRAPHED)
        if kind is SubjectKind.PHRASE:
            if head.verb.group == "deliver" and not strong:
                return False
            head_word = head_of(text[head.subject.start : head.subject.end])
            if noun_kind(head_word) is NounKind.DOCUMENT:
                return strong
            return self._may_speak(block, head.subject.start, head.subject.end)
        return False

    def _say(
        self, block: LayoutBlock, start: int, end: int, head: ReportingClause | None, sort: str
    ) -> None:
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
