"""Patterns by which a sentence tells besides that somebody spoke, and of those that go on with it."""

from __future__ import annotations

import re

from septel.record.layout import cue

SPEAKING = frozenset({"speech", "ask", "answer", "propose", "accept", "reject", "commit", "reserve"})
TO_A_HEARER = frozenset(
    {
        "tell", "inform", "advise", "notify", "assure", "urge", "ask", "reply", "answer", "respond",
        "point out", "explain", "remind", "emphasize", "stress", "warn", "repeat", "express", "promise",
        "make clear", "say", "request", "propose", "suggest", "press", "thank", "agree", "inquire", "submit",
        "read", "hand", "deliver", "state", "indicate", "mention",
    }
)  # fmt: skip
"""Verbs by which who reports tells what he himself said to another."""
ALWAYS_HEARD = frozenset({"reply", "answer", "respond", "tell", "assure", "remind", "ask", "inquire", "say"})
TELEGRAPHED = frozenset(
    {
        "mention", "indicate", "refer", "repeat", "affirm", "confirm", "conclude", "describe", "outline",
        "report", "raise", "argue", "maintain", "recall", "predict", "disagree", "reject",
    }
)  # fmt: skip
"""Verbs that open a telegram's sentence without a subject, and tell what somebody said."""
HEARER = re.compile(
    r"\s+(?:\w+ ){0,4}?(?:TO )?(?:HIM|HER|THEM|(?:THE )?(?:PRESIDENT|MINISTER|AMBASSADOR|PREMIER|CHANCELLOR"
    r"|PRIME MINISTER|FOREIGN MINISTER|GENERAL|CHARGE|KING|SHAH|OTHERS|MR\.?|DR\.?|[A-Z]+S\b))\b"
)
THINKS = re.compile(r"(?: \w+LY)? (?:THAT|IT|WE|THE)\b")
"""Behind FELT or THOUGHT, where the record of a talk tells what somebody's view was."""
TO_NAME = re.compile(r"\s+(?:to )?(?!The |That |US |It |I |We )[A-Z][a-zé]+\b")
SUPPOSED = re.compile(
    r"\b(?:IF|WHETHER|UNLESS|LEST|IN CASE|PROVIDED|IN ORDER|SO THAT|UNTIL)\b(?![^;:]{0,60},)[^;:]{0,60}$"
    r"|\b(?:SHOULD|WOULD|WILL|MAY|MIGHT|COULD|NO|NOT|DOUBT|UNLIKELY)\b(?: [A-Z']+){0,3}\s*$"
    r"|\b(?:WHATEVER|WHAT|ALL|EVERYTHING)\s*$"
    r"|\b(?:ASSUME|INFER|SUSPECT|GUESS|GATHER|SUPPOSE|PRESUME|IMAGINE)(?: THAT)?\s*$"
    r"|\b(?:FIRST|ONLY|LAST) (?:TIME|OCCASION)(?: THAT)?\s*$"
)
"""What is only supposed, wished or denied, before a clause."""
GIVEN = r"(?:MADE|GIVEN|EXPRESSED|ADVANCED|VOICED|PUT FORWARD|PRESENTED|PROPOSED|STATED|SUBMITTED)"
WORDS = (
    r"(?:REPLY|RESPONSE|ANSWER|REACTION|VIEWS?|OPINION|POSITION|STANCE|ATTITUDE|CONTENTION|ARGUMENT|THESIS"
    r"|CLAIMS?|LINE|EXPLANATION|ESTIMATE|PROPOSALS?|SUGGESTIONS?|REQUESTS?|OFFERS?|DEMANDS?|ASSURANCES?"
    r"|PROMISES?|PLEDGES?|WARNINGS?|COMPLAINTS?|QUESTIONS?|INQUIRY|DESIRE|DETERMINATION|INSISTENCE"
    r"|RECOMMENDATIONS?|ASSERTIONS?|STATEMENTS?|REMARKS?|COMMENTS?|OBSERVATIONS?|COMMITMENT|UNDERTAKING"
    r"|POINT|CONCLUSION|COUNTERPROPOSALS?|REFUSAL|PLEA|APPEAL|THEORY|FEELING|INCLINATION|PRESCRIPTION"
    r"|ADVICE|OBJECTIONS?)"
)
"""Nouns that carry what somebody said."""
OWNED = re.compile(
    rf"(?:(?P<owner>[A-Z][\w.-]*)['’]S?|\b(?P<his>HIS|HER|THEIR)) (?:[A-Z-]+ ){{0,3}}?{WORDS}\b"
    r"(?:[^.;:]{0,60}? (?:WAS|WERE|IS|HAS BEEN|HAD BEEN|REMAINS|REMAINED) (?:ALWAYS |STILL )?(?:THAT|TO)\b"
    r"|(?: TO [\w.]+)? THAT\b(?! (?:WAS|IS|HAS|HAD)\b)|:)"
    r"|(?:(?P<owner2>[A-Z][\w.-]*)(?:['’]S?)?|\b(?P<his2>HIS|HER|THEIR)) (?:[A-Z-]+ ){0,3}?(?:REPLY"
    r"|RESPONSE|ANSWER|WORDS"
    r"|COMMENT|REACTION|REPLIES|RESPONSES|ANSWERS|REACTIONS)(?:,[^,.;]{0,60},)? (?:WAS|WERE|TAKE|TOOK)\b"
)
WISH = re.compile(
    r"(?:(?P<owner>[A-Z][\w.-]*)['’]S?|\b(?P<his>HIS|HER|THEIR)) (?:[A-Z-]+ ){0,2}?"
    r"(?:DESIRE|DETERMINATION|PROPOSAL|SUGGESTION|REQUEST|OFFER|PROMISE|PLEDGE|COMMITMENT|REFUSAL|APPEAL)"
    r" (?:TO (?!THE\b|A\b|AN\b|HIS\b|THIS\b|US\b|ME\b|YOU\b|SECRETARY\b|PRESIDENT\b|AMBASSADOR\b"
    r"|MR\b)[A-Z]+|THAT)\b"
)
OBJECT = re.compile(r"\b(?:AT|IN|WITH|FROM|BY|THAN|ON)(?: THE)?(?: [A-Z][A-Z.]+){0,2}\s+$")
"""CALLED AT HIS REQUEST TO PRESENT: what a wish was the cause of, and not what was wished."""
REPORTEDLY = re.compile(
    r"\b(?:REPORTEDLY|ALLEGEDLY) (?:\w+LY |ALSO )?(?:AGREED|SAID|TOLD|URGED|STATED|ASKED|INSISTED|PROMISED"
    r"|PROPOSED|SUGGESTED|WARNED|REFUSED|DEMANDED|INFORMED|ASSURED|EXPRESSED|INDICATED|CLAIMED|DECLARED)\b"
)
ISSUED = re.compile(
    rf"\b(?:{WORDS}|ANNOUNCEMENT|COMMUNI[QG]U[EÉ]|DECLARATION"
    rf"|BROADCAST) BY (?:THE )?(?P<who>(?:[A-Z][\w.'’-]+ ){{0,3}}?"
    r"[A-Z][\w.'’-]+)(?:,[^.;]{0,80},)?(?: \w+){0,2} (?:THAT|TO THE EFFECT|REITERATED|SAID|STATED|STATING"
    r"|DECLARED"
    r"|DECLARING|SAYING|ANNOUNCED|ANNOUNCING|CALLED|REPEATED|CLAIMED)\b"
)
BY = re.compile(
    rf"\b{WORDS} {GIVEN} (?:\w+ )?BY (?:THE )?"
    rf"(?P<who>(?:(?!(?:IN|AT|ON|FOR|DURING|WITH) )[A-Z][\w.'’-]+ ){{1,4}}?)(?:THAT|TO (?!THE\b"
    rf"|A\b)[A-Z]+)\b"
)
FROM = re.compile(
    r"\b(?:ASSURANCES?|WORD|MESSAGE|WARNING|INFORMATION|REPORTS?|LETTER|NOTE) FROM"
    r" (?P<who>(?:[A-Z][\w.'’-]+ ){1,5}?)(?:THAT|TO THE EFFECT|SAYING|STATING|ASKING|URGING|REQUESTING)\b"
)
ACCORDING = re.compile(
    r"\bACCORDING TO (?:THE )?(?P<who>(?:[A-Z][\w.'’-]+ ){0,3}?[A-Z][\w.'’-]+)(?=,| (?:THE|IT|HE"
    r"|[A-Z]+ (?:IS|WAS|HAS|HAD))\b)"
)
AS_TOLD = re.compile(
    r"\bAS (?:I |WE |HE )?(?:\w+LY )?(?:TOLD|EXPLAINED|STATED|INDICATED|OUTLINED|SAID|PUT) (?:TO|BY) "
)
WAS_TOLD = re.compile(
    r"\b(?:I|WE|HE|SHE|THEY|EMB\w*|[A-Z]\w+OFFS?|OFFICERS?|MISSION|DEPARTMENT|DEPT|POST|AMBASSADOR|MINISTER"
    r"|PRESIDENT|[A-Z]+S)"
    r" (?:WAS|WERE|HAVE BEEN|HAS BEEN|HAD BEEN|ARE|IS) (?:\w+LY |ALSO |THEN |NOW )?"
    r"(?:TOLD|INFORMED|ADVISED|ASSURED|WARNED|REMINDED|GIVEN TO UNDERSTAND)\b"
    r"(?! (?:TO|NOT|IN FULL|OF)\b)"
)
HEARD = re.compile(
    r"\b(?:I|WE|EMB\w*|HE|THEY) (?:HAVE |HAS |HAD |ALSO )?(?:HEARD|LEARNED|LEARNT) (?!NOTHING|NO\b|OF\b"
    r"|TO\b|OUT\b)"
    r"|\bI HEARD (?:HIM|HER|THEM) "
)
SAID_TO_HAVE = re.compile(
    r"\b(?:IS|ARE|WAS|WERE) (?:REPORTED|SAID|ALLEGED|UNDERSTOOD) TO HAVE (?:\w+LY )?(?:SAID|TOLD|STATED|ASKED"
    r"|REPLIED|ASSURED|EXPRESSED|DECLARED|INFORMED|WARNED|URGED|INDICATED|PROMISED)\b"
)
PRESSES = re.compile(
    r"\b(?:PRESS(?:ED|ING)|PRODD(?:ED|ING)|QUIZZ(?:ED|ING)|APPROACHED|SOUNDED OUT) (?:ME|US|HIM)\b"
    r"|\bSHOWED (?:ME|US|HIM)\b"
    r"|\b(?:SPOKE|TALKED) (?:TO|WITH) (?:ME|US) (?:ABOUT|OF|CONCERNING|REGARDING|ON)\b"
    r"|\b(?:TOOK|TAKEN) (?:THE |THIS )?(?:MATTER|SUBJECT|QUESTION|POINT) UP WITH (?:ME|US|HIM)\b"
)
ABLE_TO = re.compile(
    r"\b(?:(?:WAS|WERE) (?:ABLE|CAREFUL|AT PAINS|QUICK|COMPELLED|OBLIGED)|HASTENED|MANAGED|VENTURED"
    r"|SOUGHT|FELT IMPELLED"
    r"|FELT OBLIGED|(?:TOOK|TAKEN) PAINS|TOOK (?:THE |THIS )?(?:OCCASION|OPPORTUNITY)"
    r"|HAD (?:THE )?(?:OCCASION"
    r"|OPPORTUNITY)) TO (?:\w+LY )?(?:TELL"
    r"|SAY|ASSURE|INFORM|EXPLAIN|POINT OUT|MAKE (?:IT )?(?:CLEAR|EXPLICIT)|STRESS|EMPHASIZE|STATE|EXPRESS"
    r"|REMIND|ASK|SUGGEST"
    r"|URGE|WARN|CLARIFY|STATE|CONVEY|MENTION)\b"
)
"""I WAS ABLE TO TELL THE KING THAT."""
TOPIC = re.compile(
    r"\b(?:(?:TURNED|CAME|REVERTED|RETURNED|PASSED|SWITCHED) (?:\w+LY |THEN |NEXT |AGAIN |BACK "
    r"|ONCE MORE ){0,2}TO (?:THE )?(?:THEME|QUESTION"
    r"|SUBJECT|MATTER|TOPIC|PROBLEM|POINT|ISSUE)|LAUNCHED INTO|TALKED (?:\w+ ){0,5}?(?:ABOUT|ON THIS"
    r"|ON THE SUBJECT|OF)"
    r"|HELD FORTH|WAXED)\b"
)
"""TURNED TO THE QUESTION OF: what somebody spoke of."""
PAPER = re.compile(
    r"\b(?:STATEMENT|COMMUNI[QG]U[EÉ]|EDITORIAL|LETTER|NOTE|CABLE|TELEGRAM|MESSAGE|DESPATCH|ARTICLE"
    r"|PETITION|MEMORANDUM|REFERENCE \([A-Z]\)|[A-Z]+['’]S \d+)"
    r"(?: [^.;,]{1,60}?)?(?: ALSO)? (?:INDICATES|STATES|SAYS|DECLARES|ASKS|REQUESTS|INDICATED|STATED|SAID"
    r"|DECLARED|ASKED|REQUESTED"
    r"|URGED|WARNED|ANNOUNCED|EXPRESSED|ASSURED|SUGGESTED|PROPOSED|DEMANDED)(?: (?:THAT|WHETHER|IF|THE"
    r"|INFORMATION|HIM|US|ME|ITS|HIS"
    r"|[A-Z]+)\b)"
)
"""A paper speaks."""
YOU = re.compile(
    r"\bYOU (?:ALSO |\w+LY |HAVE |HAD )?(?:ASKED|REQUESTED|TOLD|SUGGESTED|SAID|PROPOSED|EXPRESSED|STATED"
    r"|POINTED OUT|RAISED"
    r"|INQUIRED|ASSURED|URGED|WROTE|MENTIONED|OUTLINED|INDICATED|RECOMMENDED)\b"
)
STANDS = re.compile(
    r"\b(?<!TO )(?:TAKES?|TOOK|TAKING|TAKEN) (?:A |AN |THE )?(?:VERY )?(?:\w+ )?(?:POSITION|LINE|VIEW"
    r"|STAND)\b(?! ON BOARD)"
)
LINE = re.compile(
    r"\b(?:USING|USES|USED|ADVANCED|MAKING|MADE) (?:THE |AN )?ARGUMENTS?\b|"
    rf"\b(?:THE|A|ONE) (?:[A-Z]+ )?(?:LINE|{WORDS}) (?:WHICH |THAT )?(?:I|WE) (?:HAVE |HAD )?(?:TAKEN"
    rf"|TOOK|MADE"
    r"|EXPRESSED|GAVE|GIVEN|PUT)\b"
)
"""THE LINE I HAVE TAKEN WITH HIM IS."""
INSTRUCTS = re.compile(r"\bYOU (?:SHOULD|MAY|MIGHT|ARE AUTHORIZED|COULD)\b|\bPLEASE\b")
LEADS = re.compile(
    r"^(?=.*\b(?:FOLLOW\w*|EMERGED|THESE|AS FOLLOWS|WERE|MADE|RAISED)\b)(?=.*\b(?:DISCUSS\w*"
    r"|CONVERSATIONS?|TALKS?|MEETING"
    r"|INTERVIEW|SAID|TOLD|STATED|VIEWS?|POINTS?|REACTIONS?|COMMENTS?|QUESTIONS?|REMARKS|RESPONSE|REPLY"
    r"|OBSERVATIONS?"
    r"|STATEMENTS?|ARGUMENTS?|PROPOSALS?|UNDERSTANDING"
    r"|AGREEMENT)\b)",
    re.DOTALL,
)
"""Announces a list of what was said."""
LEADS_ON = re.compile(
    r"\W*(?:THE )?FOLLOWING (?:ARE|IS|WERE) (?!REPEATED|TEXT|FOR|A |BASED)|[^.]*\bAS FOLLOWS\W*$"
    r"|[^.]*\bFOLLOWING (?:\w+ )?(?:POINTS?|COMMENTS?|REMARKS?|STATEMENTS?|OBSERVATIONS?|VIEWS?|EFFECT)\W*$"
)
"""A lead that ends in a full stop."""
OWN_LIST = re.compile(
    r"\b(?:YOU|YOUR|OUR|MY|WE|EMBASSY|DEPARTMENT|DEPT|REQUESTED|RECOMMEND\w*|PLEASE|REASONS?|SUBMITTED"
    r"|SHOULD|WOULD|MAY"
    r"|ALONG|LINES|INSTRUCT\w*|AUTHORIZED|PROPOSED?|DRAFT|SUGGESTED|WILL|MIGHT|INCLUDE|CONCLUSIONS TO BE"
    r"|AMENDMENTS|IMPRESSIONS|COURSES? OF ACTION|EXAMPLES?|NOT SURE|OBJECTIVES?)\b"
)
"""A list of the reporter's own, or of what somebody is yet to say."""
DELETED = re.compile(
    r"\[[^\]]{0,80}(?:DECLASSIFIED|DELETED)\]\s+(?:\w+LY |ALSO |THEN )?(?:SAID|STATED|TOLD|ASKED|REPLIED"
    r"|ADDED|NOTED|BELIEVED"
    r"|EXPLAINED|REPORTED|SUGGESTED|INDICATED|OBSERVED|AGREED|COMMENTED|FELT|THOUGHT|REMARKED|ANSWERED"
    r"|POINTED OUT)\b"
)
"""Somebody speaks whose name is left out of the print."""
COLON_QUOTE = re.compile(r":\s*[“\"](?=\w)")
ENTRY = re.compile(r"\W{0,2}(?:\d{1,2}|[A-Za-z])[.)]\s|[•–—-]\s*\w")
WE_NOW = re.compile(
    r"\b(?:WE|OUR)\b[^.]*\b(?:IS|ARE|HAS|HAVE|WILL|CAN|MUST|DO|SHOULD)\b|^\W*WE (?!WERE|HAD|WENT|MET"
    r"|DISCUSSED)"
)
TO_US = re.compile(r"\b(?:OBVIOUS|APPARENT|CLEAR|EVIDENT) TO (?:US|ME)\b")
YOURS = re.compile(r"\bYOUR (?:GOVERNMENT|GOVT|EXCELLENCY|MAJESTY)\b")
FEW = 4
DEEP = 60
"""Characters before a clause behind which the next sentence goes on with what stands before it."""
TALKS = ("conversation", "minutes", "discussion", "record", "notes", "transcript")
PRESENT = re.compile(
    r"\b(?:IS|ARE|HAS|HAVE|WILL|CAN|MAY|MUST|SHOULD|DO|DOES|DON['’]T|WON['’]T|\w+['’](?:LL|RE|VE))\b"
)
SORT = (
    r"(?:CONCERNED|PLEASED|ANXIOUS|WORRIED|INTERESTED|PREPARED|WILLING|READY|DISTURBED|DISAPPOINTED"
    r"|HOPEFUL|CONVINCED|CERTAIN(?! TO\b)"
    r"|SURE(?! TO\b)|UNABLE|AGAINST|IN FAVOR|OPPOSED|GRATEFUL|SURPRISED|AWARE|CONFIDENT|DUBIOUS|DOUBTFUL"
    r"|RELUCTANT"
    r"|HAPPY|GLAD|SORRY"
    r"|INCLINED|DETERMINED|ADAMANT|SKEPTICAL)"
)
FEELING = re.compile(
    r" (?:ALSO |THEN |STILL )?(?:(?:WAS|WERE|HAD BEEN|IS) (?:\w+LY |ALSO |VERY |MUCH |NOT |QUITE |MOST "
    r"|RATHER |SOMEWHAT )*"
    rf"{SORT}|(?:COULD|DID) NOT (?:SEE|UNDERSTAND|AGREE|ACCEPT|THINK|BELIEVE|WISH|WANT|FEEL|INTEND)"
    r"|(?:WANT(?:ED|S)|WISH(?:ED|ES)|PREFER(?:RED|S)|HOPE[DS]|DESIRE[DS]|FELT|FEELS|BELIEVE[DS]"
    r"|THOUGHT|THINKS|FEAR(?:ED|S)|DOUBT(?:ED|S)|INTEND(?:ED|S)|PLAN(?:NED|S)|FAVOR(?:ED|S)|NEED(?:ED|S)"
    r"|REGARD(?:ED|S)|(?:HAD|HAS) (?:OPTED|DECIDED|CONCLUDED|HOPED|INTENDED|PLANNED)|SAW NO|SEES NO) )"
)
"""How somebody feels, what he thinks or plans, behind the phrase that names him."""
GUESSED = re.compile(
    r"\b(?:PROBABLY|APPARENTLY|OBVIOUSLY|CLEARLY|EVIDENTLY|PRESUMABLY|UNDOUBTEDLY|DOUBTLESS|SEEMS?|SEEMED"
    r"|APPEARS?|APPEARED|I|MY|OUR|WE|IN OTHER WORDS)\b"
)
"""What who reports infers of somebody's mind."""
BY_SAYING = re.compile(
    r"\b(?:CONCLUDED|BEGAN|OPENED|CLOSED|ENDED|REPLIED|RESPONDED|ANSWERED|STARTED|COUNTERED|FINISHED"
    r"|COMMENCED|(?:CONTENTED|CONFINED|LIMITED|SATISFIED) HIMSELF)"
    r"(?: (?:HIS|HER|OUR|THE|THIS) (?:[A-Z]+ ){0,2}?[A-Z]+)?"
    r" (?:BY|WITH|TO) (?:\w+LY )?(?:SAY|STAT|EXPLAIN|EMPHASIZ|STRESS|RECOMMEND|ASK|REMARK|POINT|EXPRESS"
    r"|REITERAT|REPEAT|URG|NOT|OBSERV|SUGGEST|REMIND|TELL|ASSUR|REQUEST|REFER|WARN|DECLAR|INDICAT|PROPOS"
    r"|OUTLIN|REVIEW)ING\b"
    r"|\b(?:HIS|HER|THEIR) (?:\w+ )?(?:RESPONSE|REPLY|ANSWER|COMMENTS?|REMARKS?|REACTION),? (?:SAYING|STATING"
    r"|NOTING|INDICATING|ADDING|POINTING OUT|EMPHASIZING|ASKING)\b"
)
"""CONCLUDED BY SAYING, CONTENTED HIMSELF WITH SAYING, REPLIED BY EXPLAINING."""
WHICH_HE = re.compile(
    r"\bWHICH (?:HE|SHE) (?:\w+LY |ALSO )?(?:THOUGHT|FELT|BELIEVED|CONSIDERED|SAID|REGARDED|HOPED|FEARED"
    r"|DESCRIBED|CALLED)\b"
)
"""WE DISCUSSED THE CANAL, WHICH HE THOUGHT COULD BE SETTLED."""
ITS_VIEW = re.compile(
    r"\bIT (?:IS|WAS) (?:ALSO )?(?:THE )?(?:VIEW|OPINION|CONTENTION|BELIEF|POSITION|FEELING)"
    r" (?:OF (?:THE )?)?(?P<owner>(?!THE\b|OF\b|MY|OUR|EMBASSY|DEPARTMENT|DEPT|THAT|MISSION)"
    r"[A-Z][\w.]+(?: [A-Z][\w.]+){0,3}?) THAT\b"
)
"""IT WAS VIEW FRENCH DELEGATION THAT."""
IN_VIEW = re.compile(
    r"\b(?:IN|TO) (?:(?!(?:EMBASSY|EMB|DEPARTMENT|DEPT|MISSION|POST|TODAY|YESTERDAY|WEEK|YEAR)\b)"
    r"(?P<owner>[A-Z][\w.-]*)['’]S?|(?P<his>HIS|HER)) (?:OWN |PERSONAL |CONSIDERED |CANDID )?"
    r"(?:VIEW|OPINION|JUDGE?MENT|ESTIMATION|MIND)\b(?! OF\b)"
)
"""IN SCHROEDER'S VIEW."""
MADE_CASE = re.compile(
    r"\b(?<!WAS )(?<!WERE )(?:MADE|MAKE|MAKES|LODGED|ENTERED|REGISTERED|VOICED|LAUNCHED) (?:A |AN |THE )?"
    r"(?:[A-Z“”\"’'-]+ ){0,3}?[“\"]?(?:APPEAL|PLEA|PROTEST|COMPLAINT|REQUEST|PROPOSAL|SUGGESTION|OFFER)S?"
    r"[”\"]? (?:FOR|THAT|TO|ABOUT|AGAINST|REGARDING|RE|CONCERNING|ON BEHALF)\b"
    r"|\bMADE IT (?:\w+LY |VERY |QUITE )?(?:CLEAR|PLAIN)\b"
)
"""MADE A LENGTHY APPEAL ON BEHALF OF."""
ADJUNCT = re.compile(
    r",? (?:WITH|[A-Z]{3,}ING) [^,.;:]{3,70}? (?:SAID|REPLIED|ASKED|STATED|ADDED|REMARKED|OBSERVED|COMMENTED"
    r"|DECLARED|EXCLAIMED)\b(?! TO (?:BE|HAVE)\b)"
)
"""RIFAI WITH TEARS IN HIS EYES SAID: what stands between one who speaks and his verb."""
NOW = re.compile(
    r"(?<!WOULD )(?<!COULD )(?<!MIGHT )(?<!NOT )(?<!TO )\b(?:IS|ARE|HAS|HAVE|WILL|AM|DO|DOES|APPEARS?"
    r"|SEEMS?|BELIEVE|THINK|FEEL|HOPE)\b"
)
FEELS = re.compile(
    rf"\W*(?:(?:HOWEVER|BUT|AND|ALSO|NEVERTHELESS),? )?(?:HE|SHE|THEY)(?:{FEELING.pattern}"
    rf"| (?:\w+LY )?{SORT}\b)"
    r"|\W*(?:ALSO )?(?:HOPES|WISHES|WANTS|FEELS|BELIEVES|THINKS|FEARS|DOUBTS|CONSIDERS|DESIRES|INTENDS|PLANS"
    r"|EXPECTS|PREFERS|APPRECIATES|REGARDS|REGRETS|SEES|PLACES)\b(?! (?:ARE|WERE|TO|FOR|OF|AND)\b)"
)
HOLDS = re.compile(
    r" (?:\w+LY |ALSO |STILL )?(?:WISHES|DESIRES|WILL|MUST|HOLDS|HOPES|DOES NOT|PLANS|WANTS|NEEDS|CANNOT|HAS"
    r"|COULD NOT|WOULD|IS (?:NOT )?(?:PREPARED|WILLING|READY|ANXIOUS|DETERMINED))\b"
)
"""What a land wants, behind its name: YEMEN WISHES BE FRIENDS."""
I_WENT_ON = re.compile(
    r"(?<![\w.])(?:I|WE) (?:\w+LY |ALSO |THEN )?(?:BELIEVED|THOUGHT|FELT|COULD|WOULD|HOPED|SUPPOSED"
    r"|DID NOT|WAS|KNEW|DOUBTED"
    r"|WERE|UNDERSTOOD|RECOGNIZED|FEARED|REALIZED|HAD BEEN|EXPECTED|WANTED|WISHED)\b|\bSEEMED TO (?:ME|US)\b"
)
PAST = re.compile(r"\b(?:WAS|WERE|HAD|WOULD|COULD|MIGHT)\b")
GATHERING = re.compile(
    r"\b(?:MEETING|CONVERSATION|LUNCHEON|LUNCH|DINNER|DISCUSSION|SESSION|INTERVIEW|PRESENT AT|LEFT"
    r"|ARRIVED|DEPARTED|ADJOURNED)\b"
)
SHIFTED = re.compile(r"\b(?:WOULD|COULD|MIGHT|HAD TO|HAD BEEN|WAS TO|WERE TO)\b")
MINE = re.compile(
    r"(?<![.\w])(?:I|MY|WE|OUR)(?![.\w])|\b(?:EMBASSY|MISSION|DEPARTMENT|DEPT|PROBABLY|APPARENTLY|SEEMS?"
    r"|APPEARS?|COMMENT)\b"
)
NARRATED = cue("attributing.narrated")
CHARACTERISES = cue("attributing.characterises")

TELLING = (
    ("noun", OWNED),
    ("view", IN_VIEW),
    ("view", ITS_VIEW),
    ("relative", WHICH_HE),
    ("noun", WISH),
    ("noun", BY),
    ("noun", FROM),
    ("noun", ISSUED),
    ("noun", ACCORDING),
    ("reportedly", REPORTEDLY),
    ("as told", AS_TOLD),
    ("passive", WAS_TOLD),
    ("heard", HEARD),
    ("said to have", SAID_TO_HAVE),
    ("pressed", PRESSES),
    ("line", LINE),
    ("able to", ABLE_TO),
    ("by saying", BY_SAYING),
    ("topic", TOPIC),
    ("topic", MADE_CASE),
    ("paper", PAPER),
    ("you", YOU),
    ("topic", STANDS),
)
"""What shows that a sentence tells of words, with its pattern, the surest first."""
