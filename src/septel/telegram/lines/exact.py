"""The rules by which a clean line is known, each with its era and its source.

A rule is tried only on lines that begin with one of its first characters. Rules of the form and
release layers hold anywhere on a page; rules of the heading only where the grammar is in a heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from septel.telegram.lines.line import LineKind


@dataclass(frozen=True, slots=True)
class LineRule:
    """How one kind of line is known.

    Attributes:
        kind: what the line is when the rule holds.
        name: the rule's name, used in faults and hints.
        era: years in which the form was in use.
        origin: the document or set that shows it.
        firsts: characters that the line can begin with; empty means any.
        pattern: what the line must match from its beginning.
    """

    kind: LineKind
    name: str
    era: str
    origin: str
    firsts: str
    pattern: re.Pattern[str]


def _rule(
    kind: LineKind, name: str, era: str, origin: str, firsts: str, pattern: str, flags: int = 0
) -> LineRule:
    return LineRule(kind, name, era, origin, firsts, re.compile(pattern, flags))


GRADE = (
    r"(?P<grade>T ?O ?P ?\s*S ?E ?C ?R ?E ?T|S ?E ?C ?R ?E ?T|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|"
    r"LIMITED OFF?ICI?AL USE|LOU|UNCLA?S(?:SIFIED)?(?: ?E ?F ?T ?O)?|U N C L A S(?: S I F I E D)?)"
)
_ACP = "ACP 127"
_AAD = "released telegrams 1973-79"
_I = re.IGNORECASE
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# fmt: off
ANYWHERE: tuple[LineRule, ...] = (
    _rule(
        LineKind.RELEASE, "systematic review stamp", "1997-", _AAD, "DMSU",
        r"(?:(?:Margaret P\. Grafeld|Sheryl P\. Walter)\s*)?"
        r"Declassified/Released(?: US Department of State.*)?$"
        r"|(?:Margaret P\. Grafeld|Sheryl P\. Walter)$|US Department of State EO Systematic Review", _I,
    ),
    _rule(
        LineKind.RELEASE, "declassification stamp", "1972-", "NARA and library release stamps", "DSA",
        r"(?:DECLASSIFIED|Declassified)\b(?!\s+(?:[a-z]{2,}|THE|AN?|AND|BUT|DOCUMENTS?|PAPERS?|WAS|WERE|IS|ARE|HAS|HAVE)\b)"
        r".{0,60}$|SANITIZED\b.{0,40}$|(?:Authority|AUTHORITY)\s+(?:NND|NLN|NLK|NLJ|E\.?O)",
    ),
    _rule(LineKind.FRAME, "archive's frame", "1973-79", _AAD, "M", r"Message (?:Text|Attributes)$"),
    _rule(
        LineKind.FOOTER, "not to be reproduced", "1965-75", "telegram HELSINKI 1321", "N",
        r"NOT TO BE REPRODUCED WITHOUT THE AUTHORIZATION",
    ),
    _rule(
        LineKind.FOOTER, "reproduction prohibited", "1955-66", "JFK Collection, RIF 104-10291-10002", "RPU",
        r'REPRODUCTION FROM THIS COPY IS|PROHIBITED UNLESS "?UNCLASSIFIED|UNLESS "UNCLASSIFIED"',
    ),
    _rule(
        LineKind.PAGE, "page line", "1965-79", _AAD, "P",
        r"PAGE\s+(?P<page>\d\d?)(?:\s+OF\s+(?P<pages>\d\d?))?\s+"
        r"(?P<post>[A-Z][A-Z ./]*?)\s+(?P<serial>\d{4,6})"
        r"(?:\s+(?P<n>\d\d)\s+OF\s+(?P<of>\d\d))?(?:\s+(?P<time>\d{6}[Z2]))?(?:\W.*)?$",
    ),
    _rule(
        LineKind.DISTRIBUTION, "distribution", "1963-79", _AAD, "AOI",
        r"(?:ACTION|ORIGIN|INFO)\s+[A-Z/]{1,6}-\d\d?\b",
    ),
    _rule(LineKind.DASHES, "dash line", "1973-79", _AAD, "-", r"-{8,}\s*(?:\d{6}|$)"),
    _rule(LineKind.ROUTING, "accounting line", "1957-", _ACP, "SZG", r"STATE GR ?NC$|GR ?(?:NC|\d+)$|ZEN/"),
    _rule(LineKind.ROUTING, "start of transmission", "1957-", _ACP, "V", r"(?:VZCZC|VV )[A-Z]{3}\d{3}"),
    _rule(
        LineKind.ROUTING, "routing line", "1957-", _ACP, "ROPZ",
        r"(?P<prosign>[ZOPR])(?P=prosign) R[A-Z!|1]{4,7}(?: |$)",
    ),
    _rule(LineKind.ROUTING, "station line", "1957-", _ACP, "D", r"DE R[A-Z]{3,6} ?#?\d{3,4}"),
    _rule(LineKind.ROUTING, "security line", "1957-", _ACP, "Z", r"ZN[RY] [A-Z]{5}"),
    _rule(LineKind.ROUTING, "break", "1957-", _ACP, "B", r"BT(?: *#?\d{0,4})?$"),
    _rule(LineKind.ROUTING, "end of transmission", "1957-", _ACP, "N<",
          r"N{3,}(?:MAFVVZCZ)?$|<< END OF DOCUMENT >>"),
    _rule(LineKind.ROUTING, "operator's error", "1957-", _ACP, "E", r"E{6,}$|E(?: E){5,}"),
    _rule(
        LineKind.REMARK, "remark of the communications centre", "1973-79", _AAD, "NC(#*",
        r"NOTE BY OC/?T|\(?\*+ ?(?:OMISSION|PORTION|AS RECEIVED)|"
        r"C O R R E C T E D\s+C O P Y|CORRECTED COPY\b|"
        r"#(?: AS RECEIVED)|\(#\) OMISSION",
    ),
    _rule(
        LineKind.PREAMBLE, "preamble", "1957-", _ACP, "ZOPR0123",
        r"(?P<prosigns>(?:[ZOPR]\s+){0,3})(?P<dtg>(?P<day>[0-3]\d)(?P<hour>\d\d)(?P<minute>\d\d)\s?(?P<zone>[A-Z])"
        r"\s?(?P<month>JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\.?\s*(?P<year>\d{4}|\d ?\d)?)"
        r"(?:(?<=\d)[A-Z*#][A-Z0-9/*#-]{0,5})?"
        r"(?P<signals>(?:\s+[A-Z0-9/-]+){0,4})$",
    ),
    _rule(LineKind.FROM, "originator", "1957-", _ACP, "F", r"FM\s+(?P<name>.+)$"),
)
# fmt: on
MARKING = re.compile(
    GRADE + r"(?P<rest>\s+(?:POSS(?:IBLE)? DUPE|NODIS|EXDIS|LIMDIS|STADIS|ADP\d+|[A-Z]{0,3}\d{3,}))?\s*$"
)
CLASS = re.compile(
    GRADE + r"(?:\s+(?P<final>FINAL))?"
    r"(?:\s+SECT(?:ION|\.)?\s*(?P<n>\d{1,2}|ONE|TWO|THREE|FOUR|FIVE|SIX)?\s*OF\s*(?P<of>\d{1,2}|TWO|THREE|FOUR|FIVE|SIX))?"
    r"(?:\s+(?P<post>[A-Z][A-Z ./]{1,26}?))?(?:\s+(?P<serial>\d{1,6})(?:/(?P<part>\d))?)?"
    r"(?:\s+SECT(?:ION|\.)?\s*(?P<n2>\d{1,2})\s*OF\s*(?P<of2>\d{1,2}))?"
    r"(?:\s+(?P<series>[A-Z]{5,6})\s+(?P<seriesno>\d{1,6}))?$"
)
OFFICES = re.compile(r"(?:[A-Z/]{1,6}-\d\d?[ ,]*)*(?:/\s*\d{2,3}\s*[A-Z]?)?\s*(?:[A-Z]{1,4}-?\d*)?$")
OFFICE = re.compile(r"([A-Z/]{1,6})-(\d\d?)\b")
TOTAL = re.compile(r"/\s*(\d{2,3})\s*[A-Z]?\s*$")

ADDRESSING: tuple[LineRule, ...] = (
    _rule(LineKind.TO, "action addressee", "1957-", _ACP, "T", r"TO[:\s]\s*(?P<name>.+)$"),
    _rule(LineKind.INFO, "info addressee", "1957-", _ACP, "I", r"INFO[:\s]\s*(?P<name>.+)$"),
    _rule(LineKind.EXEMPT, "exempted addressee", "1957-", _ACP, "X", r"XMT\s+(?P<name>.+)$"),
)

# fmt: off
HEADING: tuple[LineRule, ...] = (
    _rule(
        LineKind.EO, "executive order line", "1973-03-01 to 1979", "TAGS/E.O. 11652 handbook", "EB",
        r"[EB][.,]? ?M?[O0][.,M]{0,2}:? ?(?P<order>1?1652|12065)\s*[:;.,-]?\s*(?P<code>.*)$",
    ),
    _rule(LineKind.TAGS, "TAGS line", "1973-03-01 to 1979", "TAGS/E.O. 11652 handbook", "T",
          r"TAGS?\b\s*[:;.,-]*\s*(?P<tags>.*)$"),
    _rule(LineKind.SUBJECT, "subject line", "1955-79", _AAD, "S",
          r"SUBJ(?:ECT|ETC|CT|\.)?\s*[:;.,-]+\s*(?P<subject>.*)$"),
    _rule(LineKind.REFERENCE, "reference line", "1955-79", _AAD, "R",
          r"(?:REF(?:ERENCES?|TELS?|S)?(?:\(S\)|/S)?)\s*[:;-]+\s*(?P<refs>.*)$|REFS?\s+(?P<bare>\(?A[.)].*)$"),
    _rule(
        LineKind.PASS, "pass instruction", "1960-79", "telegram HELSINKI 1321", _LETTERS,
        r"(?P<who>(?:DEPT|DEPARTMENT|STATE|SECSTATE|EMBASSY|[A-Z][A-Z ]{2,20}?)\s+)?"
        r"(?:FOR INFO:? )?(?:PLEASE |ALSO |PLS ){0,2}"
        r"(?:PASS|REPEAT TO|RELAY TO)\b(?:ED)?\s*(?:TO )?(?P<to>[A-Z].*)$",
    ),
    _rule(LineKind.ATTENTION, "for whom", "1955-79", _AAD, _LETTERS,
          r"(?:FOR|FROM|PERSONAL FOR|EYES ONLY FOR|ATTN|ATTENTION)\b:?\s*(?P<name>.+)$"
          r"|(?P<station>[A-Z][A-Z/. ]{1,22}?) (?:FOR|PASS TO)\b:? ?(?P<whom>[A-Z].{0,60})$"),
)
# fmt: on
SERIES = re.compile(r"(?P<name>[A-Z]{5,6})\s+(?P<number>\d{1,6})$")
CAPTION_SPLIT = re.compile(r"\s*[/,;]+\s*|\s{2,}")

FORM: tuple[LineRule, ...] = (
    _rule(
        LineKind.FORM,
        "printed form",
        "1955-73",
        "JFK Collection, RIF 176-10038-10032",
        "",
        r"(?:#+ ?)?(?:INCOMING|OUTGOING) TELEGRAM\b.*$|(?:#+ ?)?Department of State$|TELEGRAM$|"
        r"(?:.{0,20}\s)?CONTROL:\s*\d+.*$|(?:.{0,12}\s)?RE?C'?D:\s*.*$|ADMIN INTERNAL USE ONLY$|"
        r"United States$|Information Agency$|Classification$",
        _I,
    ),
)
# Beside the fields stands a column of offices; a copy's engine reads both as one line.
COLUMN = re.compile(r"(?P<symbol>[A-Z]{1,4})(?:\s+(?P<rest>\S.*))?$")
COLUMN_WORD = re.compile(r"(?:\d+ )?(?P<word>Action|Info|(?:ACTION|INFO)(?=$))(?: (?P<rest>\S.*))?$")
PRINTED = re.compile(r"\bTELEGRAM\b|\bCONTROL:|\bRE?C'?D:", _I)
# Labels with a wrong letter or two on lines that stand where theirs do (`XIBJ:`, `USBJ:`, `RFE:`).
GARBLED_SUBJECT = re.compile(r"(?P<label>[A-Z*#]{3,8})\s?[:;]\s*(?P<subject>\S.*)$")
GARBLED_REFERENCE = re.compile(r"(?P<label>[A-Z*#]{2,8})\s?[:;]\s*(?P<refs>\S.*)$|(?P<bare>(?!))")
# A garbled label before what can only be a TAGS line.
TAGS_ALONE = re.compile(r"[^\s:]{1,6}\s*[:;.]\s*(?P<tags>(?P<first>[A-Z]{4})\b.*)$")
FORM_TIME = re.compile(r"(?:\d{1,2}(?::\d\d)?\s*[AP]\.?\s?M\.?|(?:RMR )?DATE:.*)$", _I)
# `SENT DEPARTMENT 660, REPEATED INFORMATION CINCPAC POLAD 2683`: the early form's own TO and INFO lines.
# Groups of automatic downgrading under E.O. 10501 as amended by E.O. 10964, 1961-72.
GROUP = re.compile(r"(?:GP|GROUP)[- ]?(?P<group>[1-4])\.?$")
FORM_SENT = re.compile(
    r"(?:SENT|ACTION) (?P<first>DEPARTMENT|DEPT)[: ]\s*(?P<number>\d{1,5})[,;.]?\s*"
    r"(?:REPEATED |RPTD )?INFO(?:RMATION)? (?P<name>[A-Z].*?)\.?$"
)
FORM_FROM = re.compile(r"(?:.{0,6}\s)?FROM:\s*(?P<name>[A-Z][A-Za-z .]{2,30})$")
FORM_TO = re.compile(
    r"(?:.{0,6}\s)?(?:TO|ACTION):\s*(?P<name>(?:SECSTATE|SECRETARY OF STATE|Secretary of State)(?!\w)"
    r".{0,12}?)(?:\s+(?P<number>\d{1,5}))?$"
)
FORM_NUMBER = re.compile(
    r"(?:.{0,6}\s)?NO:?\s*(?P<serial>\d{1,5}),\s*(?P<date>[A-Z]+ \d{1,2}),?\s*"
    r"(?P<time>\d{1,2}(?::\d\d)?\s*[AP]\.?M\.?)?",
    _I,
)
INDICATOR = re.compile(r"R[A-Z]{3,6}/")
INDICATED = re.compile(r"(?:TO|INFO) R[A-Z]{3,6}/[A-Z]")
DASHES_END = re.compile(r"(?:^|\s)\d{6}\W*$")
BOX = re.compile(r"\d{2,3}$")
FROM_BARE = re.compile(r"FM\s*$")
FROM_INLINE = re.compile(r"\sFM\s*$")
DRAFTING = re.compile(
    r"(?:\d+\s+)?(?:DRAFTED BY|APPROVED BY|DESIRED DISTRIBUTION|TEXT (?:RECEIVED|DRAFTED) BY)"
)
CATALOGUE = re.compile(r"([A-Z][A-Za-z ]+?):\s*(.*)$")
LABEL_OR_MARK = re.compile(
    r"\(?\d{1,3}(?:\.\)|[.)])\s*\D|\(?[A-Z](?:\)|\.\s)|(?:BEGIN )?SUMMARY\b|"
    r"BEGIN (?:TEXT|SUMMARY|UNCLAS|QUOTE)|ACTION REQUESTED"
)

BY_FIRST: dict[str, tuple[LineRule, ...]] = {}
for _first in {first for rule in ANYWHERE for first in rule.firsts}:
    BY_FIRST[_first] = tuple(rule for rule in ANYWHERE if _first in rule.firsts)
HEADING_BY_FIRST: dict[str, tuple[LineRule, ...]] = {}
for _first in {first for rule in HEADING for first in rule.firsts}:
    HEADING_BY_FIRST[_first] = tuple(rule for rule in HEADING if _first in rule.firsts)


# Stamps, frames and markings repeat from page to page and from file to file.
@lru_cache(maxsize=8192)
def anywhere(text: str) -> tuple[LineRule, re.Match[str]] | None:
    """The first rule of the form, transmission and release layers that holds."""
    for rule in BY_FIRST.get(text[0], ()):
        found = rule.pattern.match(text)
        if found:
            return rule, found
    return None


# What the beginning of a line must show before any rule that may hold within the text is tried on it.
SUSPECT: dict[str, Callable[[str], re.Match[str] | None]] = {
    first: re.compile(pattern).match
    for first, pattern in {
        "A": r"(?i:AUTHORITY)|ACTION\s",
        "B": r"BT",
        "C": r"C ?O ?N ?F|C O R|CORR|CON",
        "D": r"(?i:DECLASS)|DE R",
        "E": r"E(?:E{5}| E)",
        "F": r"FM(?:\s|$)|FINAL",
        "G": r"GR|GP",
        "I": r"INFO\s",
        "L": r"LIM|LOU",
        "M": r"(?i:MARGARET|MESSAGE)",
        "N": r"NOT TO BE|NNN|NOTE BY",
        "O": r"ORIGIN\s|O\s|OO R",
        "P": r"PAGE\s|P\s|PP R|PROHIBITED",
        "R": r"R\s|RR R|REPRODUCTION",
        "S": r"(?i:SHERYL)|SANI|STATE GR|S ?E ?C ?R ?E|SECT",
        "T": r"T ?O ?P",
        "U": r"(?i:US DEP)|U ?N ?C|UNLESS",
        "V": r"VZCZC|VV ",
        "Z": r"Z[NZE]|Z\s",
        "-": r"-{8}",
        "(": r"\(\*|\(#",
        "#": r"#",
        "*": r"\*",
        "<": r"<<",
        **dict.fromkeys("0123", r"\d{6}\s?[A-Z]"),
        **dict.fromkeys("dmsua", r".(?i:ECLASS|ESSAGE|ARGARET|HERYL|S DEP|UTHORITY)"),
    }.items()
}

_BLANKS = " \t\v\f\r\x1c\x1d\x1e\x1f"
_SMALL = dict.fromkeys("dmsua", "eEaAhHsSuU")
_ANY = "".join(map(chr, range(128)))
# The second characters that these beginnings can have: two characters let most lines of text pass.
_SECONDS = _SMALL | {
    "A": "UuC", "B": "T", "C": " O", "D": "Ee", "E": "E ", "F": "MI", "G": "RP", "I": "N", "L": "IO",
    "M": "AaEe", "N": "ON", "O": "RO" + _BLANKS, "P": "APR" + _BLANKS, "R": "RE" + _BLANKS, "S": "HhAT E",
    "T": " O", "U": "Ss N", "V": "ZV", "Z": "NZE" + _BLANKS, "-": "-", "(": "*#", "#": _ANY, "*": _ANY,
    "<": "<", "0": "0123456789", "1": "0123456789", "2": "0123456789", "3": "0123456789",
}  # fmt: skip
PAIRS = frozenset(first + second for first, seconds in _SECONDS.items() for second in seconds) | {"#", "*"}


def may_open(text: str) -> bool:
    """Whether the beginning of a line is one of `SUSPECT`."""
    pair = text[:2]
    if pair not in PAIRS and pair.isascii():
        return False
    opening = SUSPECT.get(pair[0])
    return opening is not None and opening(text) is not None


def resembles(text: str) -> bool:
    """Whether a line may be a page marking with one wrong character, or has an `FM` that ran into it."""
    return text[-2:] == "FM" or (text[0] in "CLU" and 10 <= len(text) <= 22)


@lru_cache(maxsize=4096)
def marking(text: str) -> re.Match[str] | None:
    """A classification alone on its line, as pages have it at head and foot."""
    return MARKING.match(text) if text[0] in "TSCLU" else None


def in_address(text: str) -> bool:
    """Whether a line begins plainly as an addressee's does."""
    return any(text[0] in rule.firsts and rule.pattern.match(text) for rule in ADDRESSING)


_LABELLED = frozenset({LineKind.EO, LineKind.TAGS, LineKind.SUBJECT, LineKind.REFERENCE})
_LABELS_BY_FIRST = {
    first: tuple(rule for rule in found if rule.kind in _LABELLED)
    for first, found in HEADING_BY_FIRST.items()
}


def _may_hold(kind: LineKind, text: str) -> bool:
    """Whether a line has a word without which a loose rule can't hold: it costs less than the rule."""
    if kind is LineKind.PASS:
        return "PASS" in text or "REPEAT TO" in text or "RELAY TO" in text
    if kind is LineKind.ATTENTION:
        return "FOR" in text or "FROM" in text or "PASS TO" in text or "ATT" in text
    return True


def in_heading(text: str) -> Iterator[tuple[LineRule, re.Match[str]]]:
    """The rules of the heading that hold, strictest first."""
    for rule in HEADING_BY_FIRST.get(text[0], ()):
        found = rule.pattern.match(text) if _may_hold(rule.kind, text) else None
        if found:
            yield rule, found


def labelled(text: str) -> tuple[LineRule, re.Match[str]] | None:
    """The rule of the heading's labelled lines that holds: E.O., TAGS, subject, references."""
    for rule in _LABELS_BY_FIRST.get(text[0], ()):
        found = rule.pattern.match(text)
        if found:
            return rule, found
    return None
