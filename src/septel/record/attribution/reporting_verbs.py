"""Verbs of saying and what they do, as data."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from septel.record.attribution.tokens import Subject, SubjectKind
from septel.record.model import Act, Polarity
from septel.record.people import NounKind, noun_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingVerb:
    """A verb or phrase that reports speech, a stance or a deed.

    Attributes:
        lemma: its name.
        group: `speech`, `ask`, `answer`, `propose`, `accept`, `reject`, `commit`, `reserve`, `attitude`,
            `deliver` or `narrative`.
        act: what one does with it.
        polarity: whether it denies.
        participle: whether this form ends in -ING.
        base: whether this form can only follow TO or an auxiliary, or is the present.
    """

    lemma: str
    group: str
    act: Act
    polarity: Polarity
    participle: bool
    base: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingClause:
    """A place where someone is made to speak: subject and verb.

    Attributes:
        start: where the subject begins; of an elided subject, the verb.
        verb_start: where the verb begins.
        end: where the verb ends.
        subject: the phrase that is its subject.
        verb: the verb.
        perfect: HAD SAID, HAS SAID.
        modal: WOULD SAY, COULD SAY.
        negated: DID NOT SAY.
        aside: between commas within what was said (`, DOBRYNIN SAID,`).
        before: the sentence up to the subject, in upper case.
        participle: SAYING, ADDING: the subject is that of another verb.
        agreed: IT WAS AGREED: those who met speak, no one of them.
        present: SAYS, INSISTS.
    """

    start: int
    verb_start: int
    end: int
    subject: Subject
    verb: ReportingVerb
    perfect: bool = False
    modal: bool = False
    negated: bool = False
    aside: bool = False
    before: str = ""
    participle: bool = False
    agreed: bool = False
    present: bool = False


@cache
def verbs() -> dict[str, ReportingVerb]:
    """Every form in the shipped table and what it is."""
    text = (files("septel.record") / "data" / "verbs.tsv").read_text(encoding="utf-8")
    found: dict[str, ReportingVerb] = {}
    for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        lemma = row["lemma"].upper()
        plain = [] if row["class"] == "narrative" else [lemma.replace(" ", "_")]
        for form in [*row["forms"].split(), *plain]:
            words = form.replace("_", " ")
            first = words.split()[0]
            found.setdefault(
                words,
                ReportingVerb(
                    lemma=row["lemma"],
                    group=row["class"],
                    act=Act(row["act"]),
                    polarity=Polarity(row["polarity"]),
                    participle=first.endswith("ING"),
                    base=row["class"] != "narrative"
                    and (
                        first == lemma.split()[0]
                        or not {f"{first}D", f"{first}ED"}.isdisjoint(row["forms"].split())
                    )
                    and first not in _SAME_IN_PAST,
                ),
            )
    return found


_SAME_IN_PAST = frozenset({"READ", "SET", "PUT", "CUT"})


STRONG = frozenset(
    {
        "add", "admit", "advise", "agree", "announce", "answer", "ask", "assert", "assure", "boast",
        "break in", "chide", "claim", "comment", "complain", "confess", "congratulate", "convey", "counsel",
        "declare", "deliver", "demand", "deny", "disagree", "elaborate", "emphasize", "exclaim", "explain",
        "express", "go on", "hand", "inform", "inquire", "insist", "interject", "interrupt", "lecture",
        "make clear", "make the point", "note", "notify", "object", "observe", "opine", "plead",
        "point out", "press", "proclaim", "profess", "reassure", "refer briefly", "sum up", "promise",
        "propose", "protest", "query", "read", "rejoin", "relate", "remark", "remind", "reply", "request",
        "respond", "retort", "say", "speak", "state", "stress", "telephone", "tell", "thank", "urge",
        "volunteer", "want to know", "warn", "wonder", "write",
    }
)  # fmt: skip
"""Lemmas of verbs that only speakers have: what stands before one is somebody, known or not."""


NO_SPEECH = re.compile(
    r"(?:RAISED|RAISES|RAISING)\s+(?:\w+\s+){0,2}(?:HOPES?|EXPECTATIONS?|FUNDS?|PRICES?|TAXES|WAGES|MONEY"
    r"|TROOPS"
    r"|TENSIONS?)\b"
    r"|(?:ASSERT(?:ED|S|ING))\s+(?:\w+\s+)?(?:CONTROL|AUTHORITY|INFLUENCE|LEADERSHIP|DOMINANCE)\b"
    r"|(?:SUPPORT(?:ED|S))\s+(?!(?:\w+\s+){1,4}?(?:VIEWS?|PROPOSALS?|IDEAS?|POSITIONS?|RESOLUTIONS?"
    r"|SUGGESTIONS?"
    r"|RECOMMENDATIONS?|STATEMENTS?|CONCEPTS?|PLANS?|MOTIONS?|REQUESTS?|APPROACH)\b)"
    r"|MAINTAIN(?:ED|S|ING)\s+(?:(?:A|AN|HIS|ITS|THEIR|HER)\s+)?(?:\w+\s+)?(?:ATTITUDE|SILENCE|CONTACTS?|RELATIONS"
    r"|CONTROL|ORDER|PEACE|RESERVE|POSTURE|STABILITY|DISCIPLINE)\b"
    r"|PRESENTED\s+(?:\w+ ){1,3}WITH\b"
    r"|CONTINU(?:ED|ES)(?:\s+TO\b|,?\s+BY\b|[^.;]{0,50}\sEFFORTS?\b)"
    r"|DISMISS(?:ED|ES)\s+(?:HIM|HER|THEM|ALL|\d+|SEVERAL|SOME)\b"
    r"|\w+ED(?: TO)?\s+(?:ABOVE|BELOW|IN PARAS?\b|IN (?:REF|DEPT|DEP|EMB)\w*|IN \d|DEPARTMENT[’']?S?\b"
    r"|(?:REF|DEP|DEPT|EMB)TELS?\b|IN (?:THE |MY |YOUR |OUR )?(?:DEPARTMENT[’']S "
    r"|EMBASSY[’']S )?(?:TELEGRAM|DESPATCH)S?\b)"
)
"""RAISED HOPES, ASSERTED CONTROL, SUPPORTED PAZ, DISMISSED HIM, SUBJECTS LISTED ABOVE: no words."""
THE_REMARK = re.compile(
    r"MADE (?:THE|THIS|THAT|THESE|HIS) (?:REMARK|COMMENT|STATEMENT|POINT)S?"
    r" (?!THAT\b|TO THE EFFECT|ON\b|ABOUT|CONCERNING|IN REPLY)"
)
LIGHT = re.compile(
    r"\b(?P<verb>MADE|GAVE|OFFERED|PRESENTED|PUT|LODGED|ISSUED|RAISED|RENEWED|POSED|ENTERED"
    r"|VOICED)\s+(?:(?!THAT|WHICH|AND"
    r"|BUT)[\w'-]+\s+){0,4}?"
    r"(?:STATEMENTS?|PRESENTATIONS?|POINTS?|SPEECH|REMARKS?|ASSURANCES?|EXPLANATIONS?|DETAILS|SUMMARY"
    r"|PROPOSALS?|DEMANDS?|UNDERTAKING|OFFER|COMMITMENT|PROMISE|WARNING|ARGUMENTS?|COUNTERPROPOSALS?"
    r"|COMPLAINTS?|PLEA|REQUESTS?|SUGGESTIONS?|OBSERVATIONS?|COMMENTS?|QUESTIONS?|PROTESTS?|RUNDOWN"
    r"|ACCOUNT|ANALYSIS|VIEWS|COMMUNI[QG]U[EÉ]|DECLARATION|PROCLAMATION|MANIFESTO)\b"
)
VIEW = re.compile(
    r"(?P<own>'S?|\bHIS|\bHER|\bTHEIR|\bMY)\s+(?:OWN |PERSONAL |ONLY |MAIN |FIRST |IMMEDIATE |INITIAL "
    r"|GENERAL )*"
    r"(?P<noun>VIEW|OPINION|REPLY|RESPONSE|ANSWER|POSITION|FEELING|REACTION|IMPRESSION|COMMENT|POINT"
    r"|BELIEF|CONCLUSION|THESIS|LINE)"
    r"\s+(?:WAS|IS)\b(?: THAT\b)?"
)
_WAS_TOLD = re.compile(
    r"\s+(?:THAT\b|(?:THE )?(?!HIM\b|HER\b|US\b|ME\b|THEM\b|IT\b)[A-Z][\w'’-]+"
    r" (?:HAS|HAD|IS|ARE|WAS|WERE|WILL|WOULD|COULD|CAN|MAY|MUST|SHOULD|DOES|DID)\b)"
)
"""What follows a verb of telling that has no hearer: telegraphic, its subject was told."""
_TELLS = frozenset({"TOLD", "INFORMED", "ASSURED", "NOTIFIED", "REMINDED"})
_MAY_BE_TOLD = frozenset({"ADVISED", "INFORMED", "NOTIFIED", "ASSURED", "REMINDED", "CAUTIONED"})
_HEARER = re.compile(
    r",|\s+(?:HIM|HER|US|ME|THEM|YOU|IT|AGAINST)\b|\s+(?:THE |OUR |MY |THIS |HIS )?(?:DEPT|DEPARTMENT|EMB"
    r"|EMBASSY|AMBASSADOR|AMB|CHARGE|EMBOFFS?|POLOFF|MISSION|MINISTER|PRESIDENT|SECRETARY|GOVERNMENT|GOVT"
    r"|PRESS|MR|(?:SUB|UNDER)[- ]?SECRETARY|MIN[A-Z]{3}|[A-Z]{2,4}MIN|SENATOR|GENERAL|COLONEL|DR"
    r"|[A-Z]{1,4}G|[A-Z]{2,4}DEL)\b"
    r"(?! (?:NOT )?(?:INCLINED|PREPARED|CONCERNED|UNABLE|UNWILLING|WILLING|READY|AWARE|STUDYING"
    r"|CONSIDERING)\b)"
    r"|(?: (?!THAT\b)[\w.'’-]+){1,5}? (?:THAT|OF|TO|WHETHER|HE|SHE|THEY|WE|I)\b"
    r"| (?!THIS\b|LATE\b|EARLY\b|LAST\b|ON\b)[\w'’-]+ (?:TODAY|YESTERDAY|TONIGHT|THIS)\b"
)
"""Who hears behind a verb of telling; EMBASSY INFORMED DEPT INCLINED AGREE drops its small words."""
_WAS_ADVISED = re.compile(
    r"\b(?:WAS|WERE|BEEN)(?: \w+LY| ALSO| THEN| FURTHER)*"
    r" (?:ADVISED|INFORMED|TOLD|ASSURED|REMINDED|NOTIFIED)\b"
    r"|\b(?:ADVISED|INFORMED|TOLD|ASSURED|REMINDED|NOTIFIED) BY\b"
)
_HIS = re.compile(r"\s+(?:HIS|ITS|THEIR|OUR) (?P<what>[A-Z]+)\b")
AGREED = re.compile(
    r"\b(?:IT (?:WAS|HAD BEEN),? (?:\w+LY |ALSO |THEN |FURTHER |FINALLY |THEREFORE,? |HOWEVER,? )*"
    r"(?P<verb>AGREED|UNDERSTOOD|DECIDED|RESOLVED|SUGGESTED|PROPOSED|CONCLUDED|NOTED|POINTED OUT|EMPHASIZED"
    r"|STRESSED|EXPLAINED|MENTIONED|OBSERVED|INDICATED|LEFT(?= THAT))\b(?! BY\b)"
    r"|THERE (?:WAS|SEEMED TO BE|APPEARED TO BE) (?:ALSO |A |GENERAL |FULL |UNANIMOUS |COMPLETE "
    r"|BROAD )*(?P<noun>AGREEMENT|CONSENSUS)\b)"
)
PURPOSE = re.compile(
    r"\b(?:CALLED|PAID (?:AN? )?(?:\w+ )?CALL|CAME|TELEPHONED|PHONED|CONTACTED|VISITED|SUMMONED"
    r"|APPROACHED|STOPPED BY|DROPPED IN|ASKED TO SEE"
    r"|(?:DREW|TOOK|PULLED) (?:ME|US|HIM) ASIDE|CAME OVER(?: TO (?:ME|US))?"
    r"|ASKED (?:FOR )?(?:AN? )?(?:APPOINTMENT|MEETING)|REQUESTED (?:AN? )?(?:APPOINTMENT|MEETING"
    r"|INTERVIEW)|SENT FOR|MET"
    r"|TOOK (?:THE |THIS )?(?:OCCASION|OPPORTUNITY|ADVANTAGE)|USED (?:THE "
    r"|THIS )?OCCASION)\b[^.;:]{0,110}?\b(?:IN ORDER )?TO\s*$"
    r"|\b(?:WAS|HAD BEEN|IS|HAS BEEN) (?:INSTRUCTED|AUTHORIZED|DIRECTED) BY (?:HIS|HER|ITS|THEIR) "
    r"(?:\w+ )?(?:GOVERNMENT|GOVT|AUTHORITIES|CAPITAL|FOREIGN MINISTER|PRIME MINISTER|PRESIDENT) TO\s*$"
)
_AGREED_THING = re.compile(r"\s+(?:POSITIONS?|TEXTS?|DRAFTS?|LINE|FIGURES?|MINUTES?|LANGUAGE|PAPERS?)\b")
_AN_AGREED = re.compile(r"\b(?:AN|THE|DRAFT|AN? (?:ALLIED|JOINT|COMMON|GENERALLY|MUTUALLY))\s+$")
_AIMED = re.compile(r"\s+(?:AGAINST|AT|TOWARDS?)\b")
_TALKED = re.compile(r"\s+(?:\w+LY )?(?:TO|WITH)\b")
_GOING_ON = re.compile(r"\s+(?:THE |THEIR )?(?:DISCUSSIONS?|TALKS?|CONVERSATIONS?|MEETING|NEGOTIATIONS?)\b")
_SENT_TO = re.compile(r"\s+INFO(?:RMATION)?\b|\s+(?:INFO(?:RMATION)? |TO )?(?:[A-Z]+ ){1,2}[A-Z]*\d")
_WANTS_TO = re.compile(r"\b(?:WANTED|WISHED|WISHES|WANTS|HOPED|INTENDED|PLANNED) TO\s*$")
_ADDED_TO = re.compile(r"\s+TO\s+(?!ME\b|HIM\b|HER\b|US\b|THEM\b|THIS\b|THAT\b|WHAT\b)")
_INTERRUPTS = re.compile(
    r"\s*(?:[,.:;“\"]|$|(?:TO|AND|WITH|HERE|AT|BY|HIM|HER|ME|US|THEM)\b"
    r"|(?:MR|DR|THE (?:SECRETARY|PRESIDENT|MINISTER|AMBASSADOR|CHAIRMAN))\b)"
)
_FOREGOING = re.compile(r"\W*(?:THE )?(?:FOREGOING|ABOVE|PRECEDING)\b")
_UPON = re.compile(r"\s+(?:UPON|ON)\b")
_THIS = re.compile(r"\s+(?:THIS|IT)(?: \w+LY| WELL)?\s*[,.;]")
_WITH_INTEREST = re.compile(
    r"\s+WITH (?:\w+ )?(?:INTEREST|CONCERN|SATISFACTION)|\s+(?:NOT ONLY |CHIEFLY |BOTH )?FOR\b"
)


_TO_BE = re.compile(r" TO (?:BE|HAVE)\b")
_BEHIND = re.compile(r"\b(?:ON|AT|OF|FOR|INTO|UPON|UNDER|WITH|FROM|ABOUT|THROUGH|AGAINST) $")
"""Behind these a form in ED tells what a noun is like."""


def is_no_speech(verb: ReportingVerb, text: str, at: int, end: int, start: int) -> bool:
    """Whether what looks like a verb of saying is none by what stands beside it.

    Args:
        verb: the verb.
        text: the passage in upper case.
        at: where the verb begins.
        end: where it ends.
        start: where its sentence begins.
    """
    if verb.lemma == "agree" and _AGREED_THING.match(text, end):
        return True  # WE NOW HAVE AGREED POSITION
    if (
        verb.lemma == "agree"
        and _AN_AGREED.search(text, start, at)
        and re.match(r"\s+[A-Z]", text[end : end + 3])
    ):
        return True  # A BASIS FOR AN ALLIED AGREED PLAN
    if text[at:end].endswith("ED") and text[start:at].rstrip().endswith("'S"):
        return True  # THE EMBASSY'S SUGGESTED CHANGES
    behind = text[end : end + 6]
    if text[at:end].endswith("ED") and re.match(r" [A-Z]", behind) and _BEHIND.search(text, start, at):
        return not re.match(r" (?:THAT|HE|IT|TO|I) ", behind)  # GENERAL CHUN ON PROPOSED PROGRAM
    if text[at:end] in ("SAID", "REPORTED", "STATED", "ALLEGED", "UNDERSTOOD") and _TO_BE.match(text, end):
        return True  # RIFLES SAID TO BE IN THEIR HANDS: by whom, is not said
    if text[at:end] == "HELD" and text[end : end + 1] == ",":
        return True  # LONG TENURE, VARIOUS OFFICES HELD, AND
    if text[at:end] == "DIRECTED" and _AIMED.match(text, end):
        return True
    if verb.lemma == "note" and _WITH_INTEREST.match(text, end):
        return True  # NOTED WITH INTEREST
    if NO_SPEECH.match(text, at):
        return True
    if verb.lemma == "agree" and text[start:at].rstrip().endswith(",") and _UPON.match(text, end):
        return True  # A SYSTEM, AGREED UPON BY ALL
    if verb.lemma == "note" and text[at:end] == "NOTED" and text.startswith(" FOR ", end):
        return True  # A DEPUTY NOTED FOR HIS VIEWS
    if verb.group == "deliver" and _WANTS_TO.search(text, start, at):
        return True  # HE WANTED TO DELIVER THIS MESSAGE: not yet done
    if verb.lemma == "add" and _ADDED_TO.match(text, end):
        return True  # THIS ADDED TO HIS DIFFICULTIES
    if verb.lemma == "interrupt" and not _INTERRUPTS.match(text, end):
        return True  # THEY INTERRUPTED ROAD TRAFFIC
    if verb.lemma == "continue" and _GOING_ON.match(text, end):
        return True  # THEY WERE CONTINUING DISCUSSION
    if text[at:end] == "CONTINUING" and text[start:at].strip() and not re.match(r"\s*[,“\"]", text[end:]):
        return True  # MILITARY GOVERNMENT AND CONTINUING GROWTH OF SENTIMENT
    if verb.lemma == "relate" and _ADDED_TO.match(text, end):
        return True  # THEY RELATE TO VIET-NAM
    if verb.lemma == "report" and _FOREGOING.match(text, start):
        return True  # FOREGOING VIEWS OF CORREA REPORTED FULLY BECAUSE
    if verb.lemma == "understand" and _THIS.match(text, end):
        return True  # HE UNDERSTOOD THIS WELL
    if verb.lemma == "speak" and _TALKED.match(text, end):
        return True  # WHEN I SPOKE TO HIM
    return verb.lemma == "repeat" and _SENT_TO.match(text, end) is not None  # REPEATED LONDON TOSEC 13


def was_told(form: str, text: str, end: int) -> bool:
    """Whether a verb of telling has no hearer, so that its subject was told.

    Args:
        form: the verb as it stands.
        text: the passage in upper case.
        end: where the verb ends.
    """
    if form not in _TELLS:
        return False
    his = None if form == "TOLD" else _HIS.match(text, end)
    if his is not None and noun_kind(his.group("what")) not in (NounKind.PERSON, NounKind.BODY):
        return True
    return _WAS_TOLD.match(text, end) is not None


def tells_passively(text: str) -> bool:
    """Whether a paper in upper case tells what somebody was told, so that its ADVISED may be that too."""
    return _WAS_ADVISED.search(text) is not None


def may_be_told(form: str, text: str, end: int, *, passive: bool) -> bool:
    """Whether the subject of a verb of telling may have been told, where a page drops its small words.

    MINISTER ADVISED THAT SUPPORT IS LIMITED is either the minister's or was told to him.

    Args:
        form: the verb as it stands.
        text: the passage in upper case.
        end: where the verb ends.
        passive: whether the paper tells elsewhere what somebody was told; ADVISED alone is in the active.
    """
    if form not in _MAY_BE_TOLD or (form in ("ADVISED", "CAUTIONED") and not passive):
        return False
    return _HEARER.match(text, end) is None


@cache
def verb_pattern() -> re.Pattern[str]:
    """Every form of a verb of saying, the longest first."""
    forms = sorted(verbs(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?P<verb>{'|'.join(re.escape(f) for f in forms)})\b(?!-)")


def is_strong(verb: ReportingVerb) -> bool:
    """Whether only speakers have this verb."""
    return verb.lemma in STRONG


_JOIN = re.compile(r",?\s+(?:AND|BUT|WHILE)(?: THE)?\s+(?:THE\s+)?")
_DOING = frozenset({"propose", "accept", "reject", "ask"})
_SHARED = re.compile(r"\s+(?!THAT\b|TO\b|IF\b|WHETHER\b|IT\b|THIS\b)[A-Z]")


def share_object(plain: str, first: ReportingClause, second: ReportingClause) -> bool:
    """Whether a verb of saying has the object that stands behind the verb of another.

    Args:
        plain: the passage in upper case.
        first: a clause in which someone proposes, accepts, rejects or asks.
        second: the next clause of the sentence.
    """
    return (
        first.verb.group in _DOING
        and second.verb.group in _DOING
        and first.subject.kind is SubjectKind.PHRASE is second.subject.kind
        and not (first.modal or second.modal or first.negated or second.negated)
        and _JOIN.fullmatch(plain, first.end, second.subject.start) is not None
        and _SHARED.match(plain, second.end) is not None
    )


def sharing(plain: str, found: Sequence[ReportingClause]) -> tuple[ReportingClause, ReportingClause] | None:
    """The first two clauses of a sentence that share an object; None where none do."""
    return next((pair for pair in pairwise(found) if share_object(plain, *pair)), None)
