"""What a speaker does by saying something, how firmly, on what condition: rules as data."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from septel.record.attribution import ReportingClause, verbs
from septel.record.layout import Prose, cue
from septel.record.model import Act, Excerpt, Modality, Polarity, nations_in, side_key

_NUMBER = cue("wording.number")
_CONDITION = cue("wording.condition")
_NEGATIVE = re.compile(r"\b(?:NOT|NO|NEVER|NOR|NEITHER|CANNOT|NOTHING|NONE|WITHOUT|HARDLY)\b|N'T\b")
_MODAL = (
    (Modality.MUST, re.compile(r"\b(?:MUST|SHOULD|HAVE TO|HAS TO|HAD TO|NECESSARY|OUGHT)\b")),
    (Modality.POSSIBLE, re.compile(r"\b(?:MIGHT|MAY|COULD|POSSIBLE|PERHAPS|CAN)\b")),
    (Modality.WOULD, re.compile(r"\bWOULD\b")),
    (Modality.WILL, re.compile(r"\b(?:WILL|SHALL)\b")),
)
_ASKS_FOR = re.compile(
    r"\b(?:ASKED|ASKS|ASKING|REQUESTED)\b(?:(?:,? [\w.'-]+){0,18}?,? TO (?!KNOW|DISCUSS WHETHER|WHAT|WHICH)"
    r"|(?: AGAIN| ALSO)? THAT\b"
    r"|(?: ME| US| HIM| THEM)?(?: AGAIN| ALSO)? FOR (?!(?:[\w'’]+ ){0,4}(?:CLARIFICATION|VIEWS?|INFORMATION"
    r"|COMMENTS?"
    r"|OPINIONS?|REACTIONS?|EXPLANATION|DETAILS|ADVICE|ESTIMATE|NEWS|IMPRESSIONS?|ASSESSMENT|JUDGE?MENT"
    r"|EVALUATION|THOUGHTS|APPRAISAL|REASONS?)\b)"
    r"| (?:ME|US|HIM) (?:CALL|COME|SEE|TELL|INFORM|CONVEY|TAKE|GIVE|SEND|PASS|URGE|TRANSMIT|REPORT|BRING)\b)"
)
"""ASKED EMBASSY TO, ASKED THAT, ASKED FOR HIS SUPPORT: what is asked is a deed, no answer."""
_ASKS_AFTER_ALL = re.compile(
    r"\b(?:ASKED|ASKS|ASKING)\b[^,;]{0,40}\b(?:WHETHER|IF|WHAT|WHY|HOW|WHO|WHEN|WHERE|ABOUT)\b"
)
_SUBORDINATE = re.compile(
    r"\b(?:IF|WHETHER|WHICH|WHO|WHOM|WHOSE|BECAUSE|UNLESS|ALTHOUGH|THOUGH|WHEN|WHILE|WHAT|WHY|HOW|WHERE"
    # AFTER CAREFUL STUDY, BEFORE THE SUMMIT: these begin a clause only before its subject.
    r"|(?:AFTER|BEFORE|SINCE|UNTIL|THAN) (?:HE|SHE|IT|THEY|WE|I|YOU))\b"
)
_OPENED = (
    r"DECIDED|CONCLUDED|KNEW|KNOWS?|CONVINCED|SURE|CLEAR|AFRAID|AWARE|CONFIDENT|CERTAIN|GLAD|SORRY|TRUE|MEANT"
    r"|HOPES?|THINKS?|FEELS?|BELIEVES?"
    r"|VIEWS?|OPINION|BELIEF|FEELING|CONVICTION|HOPE|JUDGE?MENT"
)
"""Words that no verb of saying is, and behind which THAT begins what the speaker himself thinks."""


@cache
def _thought() -> re.Pattern[str]:
    """A verb of saying, thinking or deciding with the THAT behind it, where no clause stands between."""
    forms = "|".join(re.escape(form) for form in sorted(verbs(), key=len, reverse=True))
    return re.compile(rf"\b(?:{forms}|{_OPENED})\b(?: (?!WHICH|WHO|IF)[\w.'’-]+){{0,4}}? THAT\b")


_OWN = re.compile(
    r"^\W*(?:(?:THAT|AND|BUT|HOWEVER|THEREFORE|ALSO|THUS|SO|YET|THEN|\w+LY),? )*"
    r"(?P<who>HE|SHE|I|WE|IT|THEY|THIS|THESE|THERE|SUCH|HIS|HER|OUR|MY|ITS|THEIR|NO|NOT|NOTHING)?\b"
)
_SUPPOSED = re.compile(
    r"\bSUGGEST(?:ED|S|ING)\b(?: TO \w+)?(?: THAT)? "
    r"(?:(?!SHOULD|COULD|WOULD|BE |TO |ONCE |IF |WHEN |AFTER )[\w.'’-]+ ){1,8}?"
    r"(?:(?:MIGHT|MAY) (?:BE [“\"]?\w+ING|HAVE)|WAS|WERE|HAD|HAS|IS|ARE|BETRAYED)\b"
)
"""SUGGESTED THAT THEY MIGHT BE PREPARING: what he supposed."""


_SHORT_LEAD = 12
"""Characters before a word at the head of what is said, which then has no other subject."""
_FIRST_NOUN = re.compile(r"\W*(?:THAT |THE )?[A-Z]{2,}(?<!LY) ")
"""IDB DEMANDS TOO MUCH: a subject of one word."""


@dataclass(frozen=True, slots=True)
class _Rule:
    act: Act
    pattern: re.Pattern[str]
    where: str
    """`own`: it must stand in the main clause of what is said; `speaker`: and the speaker be its subject."""


@cache
def _rules() -> tuple[_Rule, ...]:
    text = (files("septel.record") / "data" / "acts.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(_Rule(Act(row["act"]), re.compile(row["pattern"]), row["where"]) for row in rows)


@cache
def _hedges() -> dict[str, re.Pattern[str]]:
    text = (files("septel.record") / "data" / "hedges.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["whose"]: re.compile(rf"\b(?:{row['pattern']})\b") for row in rows}


def whose_clause(prose: Prose, content: int, at: int, side: str | None = None) -> str:
    """Of whom the clause is in which a word stands: `own`, `another's`, or `subordinate`.

    Args:
        prose: the passage.
        content: where what was said begins.
        at: where the word stands.
        side: the side for which the speaker speaks.
    """
    lead = prose.plain[content:at]
    clause = re.split(r"[,;:] ", lead)[-1]
    deeper = _thought().sub(" ", clause)
    if _SUBORDINATE.search(clause) or re.search(r"\S \w+ (?:\w+ )?THAT\b", deeper):
        return "subordinate"
    found = _OWN.match(clause)
    if found and found.group("who"):
        return "own"
    named = nations_in(clause)
    if named and side is not None:
        return "own" if side_key(side) in named[:1] else "another's"
    another = _FIRST_NOUN.fullmatch(clause) is not None
    return "own" if len(clause) < _SHORT_LEAD and not another else "another's"


def act_of(
    prose: Prose, start: int, end: int, content: int, head: ReportingClause | None, side: str | None = None
) -> tuple[Act, Excerpt | None]:
    """What the speaker does and the words that show it; STATES without such words."""
    text = prose.plain
    verb = prose.excerpt(head.verb_start, head.end) if head and start <= head.verb_start < end else None
    group = head.verb.group if head and verb else ""
    if head is not None and verb is not None:
        if group == "ask":
            if doubts(prose, head):
                return Act.OBJECTS, verb
            return _asked(text, start, end, content), verb
        if head.agreed and head.verb.act in (Act.AGREES, Act.PROPOSES):
            return head.verb.act, verb
    supposed = _SUPPOSED.search(text, start, end)
    for rule in _rules():
        found = rule.pattern.search(text, content, end)
        if found is None and group in ("accept", "attitude", "propose", "reject", "speech", "reserve"):
            found = rule.pattern.search(text, start, end)
            if found and verb and not (found.start() < content):
                found = None
        if found is None or not found.group().strip():
            continue
        its_verb = head is not None and found.start() == head.verb_start
        if rule.where and found.start() >= content and not its_verb:
            whose = whose_clause(prose, content, found.start(), side)
            if whose == "subordinate" or (whose == "another's" and rule.where == "speaker"):
                continue
        if rule.act is Act.PROPOSES and supposed and supposed.start() <= found.start() < supposed.end():
            continue
        return rule.act, prose.excerpt(found.start(), found.end())
    if head is not None and verb is not None:
        if supposed and head.verb.act is Act.PROPOSES:
            return Act.STATES, verb
        if head.negated and head.verb.act in (Act.REJECTS, Act.OBJECTS):
            return Act.ACCEPTS, verb
        if head.negated and head.verb.act in (Act.ACCEPTS, Act.AGREES):
            return Act.REJECTS, verb
        if head.verb.act not in (Act.STATES, Act.PROCEDURAL):
            return head.verb.act, verb
    return Act.STATES, verb


_DOUBTED = re.compile(
    r"\W+(?:VERY |WHETHER )?(?:THE |ITS |THEIR |HIS |OUR |ANY )(?:\w+ )?"
    r"(?:NEED|NECESSITY|WISDOM|VALUE|USEFULNESS"
    r"|UTILITY|DESIRABILITY|LEGALITY|VALIDITY|PROPRIETY|ADVISABILITY|FEASIBILITY|MERITS?|SINCERITY|GOOD FAITH"
    r"|COMPETENCE|RELEVANCE|APPROPRIATENESS|PRACTICABILITY|RIGHT)\b"
)


def doubts(prose: Prose, head: ReportingClause) -> bool:
    """Whether somebody objects by a question: QUESTIONED THE NEED FOR THESE MEETINGS."""
    return head.verb.lemma == "question" and _DOUBTED.match(prose.plain, head.end) is not None


def _asked(text: str, start: int, end: int, content: int) -> Act:
    """Whether somebody asks a question or asks for something."""
    if re.search(r"\bWHY NOT\b", text[content:end]):
        return Act.PROPOSES
    wanted = _ASKS_FOR.search(text, start, end)
    question = _ASKS_AFTER_ALL.search(text, start, end)
    return Act.REQUESTS if wanted and not question else Act.ASKS


def polarity_of(prose: Prose, start: int, end: int) -> Polarity:
    """Whether what was said is denied."""
    return Polarity.NEGATIVE if _NEGATIVE.search(prose.plain, start, end) else Polarity.POSITIVE


def modality_of(prose: Prose, start: int, end: int) -> Modality:
    """How firmly it is put."""
    return next((m for m, pattern in _MODAL if pattern.search(prose.plain, start, end)), Modality.PLAIN)


def conditions_in(prose: Prose, start: int, end: int) -> tuple[Excerpt, ...]:
    """The clauses on which it depends."""
    return tuple(
        prose.excerpt(m.start(), m.end())
        for m in _CONDITION.finditer(prose.plain, start, end)
        if len(m.group().split()) > 2
    )


def hedges_in(prose: Prose, start: int, end: int, whose: str) -> tuple[Excerpt, ...]:
    """Words that hold back: the `speaker`'s or the `reporter`'s."""
    return tuple(
        prose.excerpt(m.start(), m.end()) for m in _hedges()[whose].finditer(prose.plain, start, end)
    )


def numbers_in(prose: Prose, start: int, end: int) -> tuple[Excerpt, ...]:
    """The figures, in figures or words."""
    return tuple(prose.excerpt(m.start(), m.end()) for m in _NUMBER.finditer(prose.plain, start, end))
