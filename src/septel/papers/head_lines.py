"""What the typed lines of a page's head show: titles, labels, pages' numbers, wires, letters, forms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from septel.lexicon import letters
from septel.papers.forms import PRINTED
from septel.papers.paper import PaperKind

_OFFICE = r"\W{0,4}(?:\w\W{1,3})?(?:SAC|DIRECTOR,?\s*FBI|LEGAT|LEGAL ATTACHE)\b"
_LATER = re.compile(
    r"^\W*PAGE\s*(?:NO\.?\s*)?(?:[2-9]|1\d|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|ELEVEN|TWELVE)\b"
    r"|\bPAGE\s*(?:NO\.?\s*)?(?:[2-9]|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN)\W*$"
    r"|^\W{0,3}-+\s?[2-9]\s?-+(?:\W|$)|^\W*[2-9][.)]?\s*$|[-~]\s?[2-9]\s?[-~](?:\s|$)",
    re.IGNORECASE,
)
_NUMBER_WORD = r"(?:TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|ELEVEN|TWELVE)"
_LATER_ROW = re.compile(
    rf"^\W*(?:TO|INFO|FROM|CONF|CITE)\b.{{0,24}}\bPAGE\s+{_NUMBER_WORD}\b|\bPAGE\s+{_NUMBER_WORD}\W+(?:CITE|INFO|TO)\b"
)
"""A later page's number typed among the empty cells of its form: `TO INFO PAGE FIVE CITE DIR`."""
_HEADLINES = re.compile(
    r"^\W*(?:(?:AIRTEL|TELETYPE|MEMO(?:RANDUM)?|LETTER)\s+TO\b|TO\s+SAC,|RE\s?:)", re.IGNORECASE
)
_DATE = re.compile(
    r"\b(?:\d{1,2}\s*(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\.?,?\s*(?:19)?\d\d"
    r"|(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\.?\s*\d{1,2}\s*,\s*19\d\d"
    r"|\d{1,2}[-/]\d{1,2}[-/](?:19)?\d\d)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?P<label>TO|FROM|SUBJECT|SUBJ|VIA|THRU|ATTENTION|REFERENCE|REF)\b\s*[:;.=sti1]{1,2}(?:\s|$)|"
    r"^\W*(?P<caps>TO|FROM|SUBJECT|VIA|THRU|ATTENTION|REFERENCE)\s*[:;]",
    re.IGNORECASE,
)
_TO_BUREAU = re.compile(r"\bTO[e#]?" + _OFFICE, re.IGNORECASE)
_FROM_BUREAU = re.compile(r"\bFROM[e#]?" + _OFFICE, re.IGNORECASE)
_CITED = re.compile(r"\bCITE\s*:?\s*(?:DIR(?:ECTOR)?|[A-Z]{3,8}[ -]?\d{3,6})", re.IGNORECASE)
_WIRED = re.compile(r"\bTO\s+[A-Z][A-Z .]{2,25}\s+(?:FROM|FM|FR)\s+[A-Z]{4,}")
_DEAR = re.compile(r"^\W*D(?:ear|EAR)\s+[A-Z][\w.]*(?:\s+[A-Z][\w.'-]*){0,3}\s*[,:;.-]?$")
_OFFICES_WIRED = re.compile(
    r"\bC[I1]TE\W{0,3}\s*D(?:OS|CS|CD)\s?/\s?[A-Z]{3,}|^\W*[A-Z]{1,5}\s+C[I1]TE\s+[A-Z]{2,4}\s+\d{3,5}\b|\bNR\s?\w{1,3}(?:-\d\d)?\s+(?:ROUTINE|PRIORITY|DEFERRED)\b"
    r"|^\W*(?:TO|FOR)\s+[A-Z]{3,}\b.{0,30}\bFROM\s+[A-Z]{3,}\b.{0,20}\b(?:BY|FOR)\b"
    r"|^\W*[A-Z]{3,}(?: \([A-Z]+\))? [FK]ROM [A-Z]{3,}(?: \([A-Z]+\))?(?:\s+[A-Z]{2} ?\d{3,5})?\W*$"
)
"""Heads of teletypes between offices in the country, 1951-59: `WA CITE NYOR 1191`, `KELLY FROM SUPPORT`."""
_SENT_NUMBER = re.compile(r"^\W*(?:DIR|[A-Z]{4})\s+\d{4,5}\s*\((?:OUT|0UT)\s*\d{5}\)")
_INTERCEPT = re.compile(r"^\W*(?:FR(?:OM)?|FM)\W{0,3}\s*[A-Z ]{4,30}:\s*[A-Z]", re.IGNORECASE)
_COPIES = re.compile(r"^\W{0,3}[1-9l]\s?[-~—]\s?(?:Mr\.?\s)?[A-Z][a-z]+")
_POSTS = re.compile(
    r"^\W*FM\s+(?:SECSTATE|AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|USDEL|USUN|USINT|USLO|DEPT)\b"
)
_PAGED = re.compile(
    r"^\W*P[A4]GE\s+(?P<page>\d\d?)\W{0,2}\s+(?:OF\s+\d\d?\W{0,2}\s+)?[A-Z][A-Z ./]{2,24}?\W{0,2}\s+\d{4,6}\b"
)
_FORM_NUMBER = re.compile(
    r"^\W*(?:[A-Z]{1,5}\s+)?NO[:;.]\s*\d{1,5},?\s+(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)",
    re.IGNORECASE,
)
_FORM_FIELD = re.compile(
    r"\b(?:ACTION|SENT) (?:DEPARTMENT|DEPT|SECSTATE)\b|\bREF\W{1,3}(?:EMBTEL|DEPTEL|DEPCIRTEL)|"
    r"^\W*(?:[A-Z]{1,5}\s+)?(?:Control|Rec'?d)\s*[:;]|\bSecretary of State\b.{0,12}$",
    re.IGNORECASE,
)
_CONTINUED_FORM = re.compile(r"[-~]\s?[2-9]\s?[-~]\s*#?\d{1,5},\s*[A-Z]{3,}")
_CHIEF = re.compile(
    r"\bC[hbnla][a-z]{1,3} of (?:Station|Base)|\bChief[,.]? (?:WH|WE|EE|FE|SAS|[A-Z][a-z]+ Hemisphere)\b|"
    r"^\W*C[hbnla]\w{2,3}, \w.{2,30}\bDiv[il1]s[il1]on\b"
)
_FROM_CHIEF = re.compile(r"\W*FROM\W{0,4}\s+(?:(?:Acting |Deputy )?Chief\b|COS\b)", re.IGNORECASE)
_DISPATCH = re.compile(r"\W*(?:OFFICIAL )?DISPATCH\b(?: NO\W.{3,14})?\W*")
_ACTION = re.compile(r"\bAct\w{2,4} Required\s*[:;.]", re.IGNORECASE)
_ATTACHED = re.compile(
    r"^\W*(?:ATTACHMENT|ENCLOSURE|TAB|APPENDIX|ANNEX)\b(?:.{0,12}\bTO\b|\s+(?:NO\.?\s*)?(?:[IVX]{1,4}|[A-H]|\d{1,2})\W*$)",
    re.IGNORECASE,
)
_PRINTED_KINDS = {
    "Memorandum": PaperKind.MEMORANDUM,
    "Telegram": PaperKind.STATE_TELEGRAM,
    "Airgram": PaperKind.STATE_TELEGRAM,
    "Circular": PaperKind.STATE_TELEGRAM,
    "Letter": PaperKind.LETTER,
    "Note": PaperKind.LETTER,
    "Message": PaperKind.LETTER,
    "Despatch": PaperKind.DISPATCH,
    "Minutes": PaperKind.MEMORANDUM,
    "Summary": PaperKind.MEMORANDUM,
    "Notes": PaperKind.MEMORANDUM,
    "Record": PaperKind.MEMORANDUM,
}
_TDCS = re.compile(r"\bT[DO0]C[S5]\s?(?:D[B8])?\W{0,3}3\d*\W{0,2}/")
_PREAMBLE = re.compile(r"^\W*[OPRZ0]\s+[0-3]\d[0-2]\d[0-5]\dZ|\bDE\s+R[A-Z]{4,6}\s+\d{3,4}|^FM\s+[A-Z]{5,}")
_GROUP = re.compile(
    r"^(?:[A-Z]\s){4,}[A-Z]\s+[0-3]\d[0-2]\d[0-5]\dZ|^(?:SECRET|CONFIDENTIAL)\s+[0-3]\d[0-2]\d[0-5]\dZ?\b"
)


_MEMO = re.compile(r"^\W*(?:MEMO\W*$|(?:MEMO|Memo)\s+(?:FOR|[Ff]or)\b.{2,45}$)")
"""The short title; `MEMO TO` stands on later pages of the Bureau."""


def _is_memorandum(line: str, bare: str) -> bool:
    """Whether a line is the title of a memorandum: in capitals, or followed by whom it is for."""
    if _MEMO.match(line):
        return True
    if len(bare) > 70 or len(bare) < 9:
        return False
    if re.match(r"\W*MEMORANDUM\s+DATED\b", line, re.IGNORECASE):
        return False  # one that is spoken of
    if fuzz.ratio("MEMORANDUM", bare) >= 84:
        return True
    shown = sum(map(str.isupper, line)) > 0.55 * len(bare)
    told = max(fuzz.ratio("MEMORANDUMFOR", bare[:13]), fuzz.ratio("MEMORANDUMTO", bare[:12])) >= 80
    return told and (shown or re.search(r"\s(?:for|to)\b", line.lower()[:18]) is not None)


@dataclass(slots=True)
class HeadLines:
    """The typed lines of a page's head, and what they have shown so far."""

    head: Sequence[str]
    begins: dict[PaperKind, int] = field(default_factory=lambda: defaultdict(int))
    kinds: dict[PaperKind, int] = field(default_factory=lambda: defaultdict(int))
    why: list[str] = field(default_factory=list)
    later: int = 0
    labels: set[str] = field(default_factory=set)
    dated: bool = False
    preamble: bool = False
    country: bool = False
    contact: bool = False
    posts: bool = False
    early: int = 0
    stations: int = 0
    headline: bool = False

    def look(self, at: int, line: str) -> None:
        """Take one line in: pages' numbers and labels, then wires, then forms and letters."""
        self._titles(at, line)
        self._page(line)
        self._wires(at, line)
        self._forms(at, line)

    def _titles(self, at: int, line: str) -> None:
        bare = letters(line)
        if (at < 10 and _LATER.search(line)) or _LATER_ROW.search(line):
            self.later = max(self.later, 3)
            self.why.append("a later page's number")
        self.headline = self.headline or (at < 4 and _HEADLINES.match(line) is not None)
        label = _LABEL.match(line)
        if label:
            self.labels.add((label["label"] or label["caps"]).upper()[:4])
        self.dated = self.dated or (at < 8 and _DATE.search(line) is not None)
        printed = PRINTED.match(line) if at < 3 else None
        if printed is not None:
            kind = _PRINTED_KINDS.get(printed["word"], PaperKind.OTHER)
            self.begins[kind] = 6  # what it quotes in its head shows nothing of itself
            self.why.append("an editor's title")
        memo = at < 12 and _is_memorandum(line, bare)
        if memo:
            self.begins[PaperKind.MEMORANDUM] = max(self.begins[PaperKind.MEMORANDUM], 3)
            self.why.append("memorandum")
        if bare == "AIRTEL" or (bare.endswith("AIRTEL") and len(bare) < 14):
            self.begins[PaperKind.BUREAU] = max(self.begins[PaperKind.BUREAU], 3)
            self.why.append("airtel")
        if _PREAMBLE.search(line):
            self.preamble = True
            self.why.append("a message's preamble")
        self.country = self.country or re.match(r"\W*COUNTRY\b", line) is not None
        self.contact = self.contact or re.search(r"\bC[I1]TE\W{0,3}\s*D(?:OS|CS|CD)/", line) is not None
        self.posts = self.posts or _POSTS.search(line) is not None

    def _page(self, line: str) -> None:
        paged = _PAGED.match(line)
        if paged:
            self.kinds[PaperKind.STATE_TELEGRAM] = 3
        if paged and int(paged["page"]) > 1:
            self.later = max(self.later, 3)
            self.why.append("a later page's number")
        elif paged:
            self.begins[PaperKind.STATE_TELEGRAM] += 3
            self.why.append("a first page's number")

    def _wires(self, at: int, line: str) -> None:
        if _GROUP.match(line):
            self.begins[PaperKind.CABLE] = max(self.begins[PaperKind.CABLE], 2)
            self.why.append("classification and time")
        if _TDCS.search(line):
            self.kinds[PaperKind.REPORT] = 3
            self.why.append("a report's number")
        if _CITED.search(line):
            self.kinds[PaperKind.CABLE] += 2
        if at < 10 and _OFFICES_WIRED.search(line):
            self.begins[PaperKind.CABLE] = max(self.begins[PaperKind.CABLE], 3)
            self.why.append("a teletype's head")
        if _SENT_NUMBER.match(line):
            self.kinds[PaperKind.CABLE] = max(self.kinds[PaperKind.CABLE], 3)
            self.begins[PaperKind.CABLE] = max(self.begins[PaperKind.CABLE], 2)
            self.why.append("a number of despatch")
        if at < 8 and _WIRED.search(line):
            self.begins[PaperKind.CABLE] += 3
            self.why.append("a wire's addresses")
        if at < 6 and _INTERCEPT.match(line):
            self.begins[PaperKind.OTHER_CABLE] += 2
            self.why.append("a station and its office")
        if at < 10 and re.match(r"\W*EYES ONLY (?:FOR|TO)\b", line, re.IGNORECASE):
            self.begins[PaperKind.OTHER_CABLE] += 2
            self.why.append("eyes only for")

    def _forms(self, at: int, line: str) -> None:
        if _FORM_NUMBER.search(line):
            self.early += 2
        self.early += 1 if _FORM_FIELD.search(line) else 0
        if at < 6 and _CONTINUED_FORM.search(line):
            self.later = max(self.later, 4)
            self.why.append("a later page's number")
        self.stations += (
            at < 12 and len(line) < 70 and not line[:1].isdigit() and _CHIEF.search(line) is not None
        )
        self.stations += at < 14 and _ACTION.search(line) is not None
        self.stations += at < 14 and _FROM_CHIEF.match(line) is not None
        self.stations += 2 * (at < 5 and _DISPATCH.fullmatch(line) is not None)
        if at < 4 and _ATTACHED.match(line):
            self.begins[PaperKind.OTHER] = max(self.begins[PaperKind.OTHER], 3)
            self.why.append("an attachment")
        if (
            at < 5
            and re.match(r"\W*C?[Hh]ief,?\s", line)
            and self.dated | any(map(_DATE.search, self.head[:9]))
        ):
            self.begins[PaperKind.MEMORANDUM] = max(self.begins[PaperKind.MEMORANDUM], 2)
            self.why.append("an office and a date")
        if _DEAR.match(line):
            self.begins[PaperKind.LETTER] = max(self.begins[PaperKind.LETTER], 3)
            self.why.append("a letter's address")

    def conclude(self) -> None:
        """What only all lines together show."""
        if self.headline and not {"FROM", "SUBJ"} <= self.labels:
            self.later = max(self.later, 3)
            self.why.append("a later page's head")
        if self.early >= 2:
            self.begins[PaperKind.STATE_TELEGRAM] += 3
            self.why.append("fields of the Department's form")
        titled = self.begins.get(PaperKind.MEMORANDUM, 0) >= 3
        if titled:
            self.begins.pop(PaperKind.OTHER, None)  # what is attached has a kind of its own
        if self.stations >= 2 and not titled:
            self.begins[PaperKind.DISPATCH] = max(self.begins[PaperKind.DISPATCH], 3)
            self.why.append("chiefs and an action required")
        if self.preamble and self.kinds.get(PaperKind.REPORT, 0) >= 3 and self.country:
            # A report that went by teletype has a military envelope.
            self.begins[PaperKind.REPORT] = max(self.begins[PaperKind.REPORT], 4)
            self.kinds[PaperKind.REPORT] = 4
        elif self.preamble and PaperKind.CABLE in self.begins and self.contact:
            self.begins[PaperKind.CABLE] += 1
        elif self.preamble:
            self.begins[PaperKind.STATE_TELEGRAM if self.posts else PaperKind.MILITARY] += 3
        if sum(_COPIES.match(line) is not None for line in self.head[:8]) >= 2:
            self.begins[PaperKind.MEMORANDUM] = max(self.begins[PaperKind.MEMORANDUM], 2)
            self.why.append("a list of copies")
        text = " ".join(self.head)
        if _TO_BUREAU.search(text) and _FROM_BUREAU.search(text):
            weight = 3 if re.search(r"airtel|teletype|radiogram", text, re.IGNORECASE) else 1
            self.begins[PaperKind.BUREAU] = max(self.begins[PaperKind.BUREAU], weight)
            self.why.append("offices of the FBI")
        if {"TO", "FROM"} <= self.labels and "SUBJ" in self.labels:
            self.begins[PaperKind.MEMORANDUM] = max(self.begins[PaperKind.MEMORANDUM], 2)
            self.why.append("to, from, subject")
        elif "SUBJ" in self.labels and self.dated:
            self.begins[PaperKind.MEMORANDUM] = max(self.begins[PaperKind.MEMORANDUM], 2)
            self.why.append("a date and a subject")
        elif (
            _is_headed_by_subject(self.head[:5])
            and not self.labels & {"TO", "FROM"}
            and len(letters(text)) >= _SOME
        ):
            # Later pages repeat their subject: it begins nothing.
            self.kinds[PaperKind.MEMORANDUM] = max(self.kinds[PaperKind.MEMORANDUM], 2)
            self.why.append("a subject over the text")


def _is_headed_by_subject(head: Sequence[str]) -> bool:
    """Whether SUBJECT stands over all but a grade and marks of later hands, as on attached memoranda."""
    for line in head:
        if _SUBJECT.match(line):
            return True
        if len(letters(line)) > _SHORT:
            return False
    return False


_SUBJECT = re.compile(r"\W*(?:SUBJECT|SUBJ)\s*[:;]", re.IGNORECASE)
_SHORT = 16
"""A grade or a record's number has no more letters."""
_SOME = 120
"""So many letters, at least, has a page that shows what its text is."""


def typed_head(head: Sequence[str]) -> HeadLines:
    """What the typed lines of a page's head show: beginnings, kinds, and how strongly it goes on."""
    seen = HeadLines(head)
    for at, line in enumerate(head):
        seen.look(at, line)
    seen.conclude()
    return seen
