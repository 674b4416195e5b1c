"""Military messages, wires of the White House and others, and the Department's own telegrams of all years."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.papers.forms.fields import FormFields
from septel.papers.forms.patterns import GROUP, date_in, grade_in, is_dateline, labels_in, lines_of
from septel.papers.places import Sheet, dates_on, grade_on, month_number, paragraph_labels
from septel.telegram import Telegram, parse
from septel.text import Reading, Source

_PREAMBLE = re.compile(r"^\W*(?P<sign>[ZOPR0])\s+(?P<group>\d{6}\s?Z)")
_FROM = re.compile(r"^\W*F(?:[NWH]?\s+(?P<loose>[A-Z][A-Z0-9 /]{3,40})|M\s+(?P<who>[A-Z][A-Z0-9 /]{2,40}))$")
_ROUTED = re.compile(
    r"^\W*(?P<label>TO|INFO)?\s*(?P<name>(?:R(?: ?[A-Z]){3,6}|ZEN)\s?/\s?[A-Z][A-Z 0-9.]*)\W*$"
)
_CLASSED = re.compile(
    r"^\W*(?P<grade>(?:[A-Z][. ]){5,}[A-Z](?: [A-Z])*|TOP SECRET|SECRET|CONFIDENTIAL)\s+"
    r"(?P<number>[A-Z]{2,8}(?: [A-Z]{2,8}){0,2} \d{2,6})\b"
)
_CODEWORD = re.compile(r"(?:T[O0]P|.?[O0]P|T.P|T[O0].) SECRET (?P<word>[A-Z]{4,10})$")
_LETTERED = re.compile(r"^\W{0,2}(?:REFS?\W{1,3})?(?P<label>[A-H])\.\s+(?P<what>[A-Z0-9][A-Z0-9 -]{3,40})$")
_CITED = re.compile(r"\b(?P<number>(?:CAS|WH|CAP|NO|NR)\.?\s?\d{3,6})\b")
_SENDER = re.compile(
    r"^\W{0,2}(?:FR(?:OM)?|FM)\W{0,2}\s+(?P<who>[A-Z][A-Za-z. ,:]{4,50}?)"
    r"(?:\s{2,}|\s+\d{1,2} [A-Z]{3} \d\d|$)",
    re.I,
)
_RECEIVER = re.compile(
    r"^\W{0,2}(?:TO|EYES ONLY FOR)\W{0,2}\s+(?P<who>[A-Z][A-Za-z. ,:]{4,50}?)"
    r"(?:\s+(?:URGENT|ROUTINE|PRIORITY)|\s{2,}|$)",
    re.I,
)
_EMBTEL = re.compile(r"\b(?:EMBTELS?|DEPTELS?|DEPCIRTELS?) \d{2,4}\b")
_GARBLED = re.compile(r"(?:EMB|DEP|DEPCIR)TELS? (?!\d{1,5}(?:\W|$))")
"""A telegram of the Department cited with what is no number of its series."""
_NO_NAMES = re.compile(
    r"SECRET|CONFIDENTIAL|UNCLASSIFIED|EYES ONLY|BT$|GP-|PAGE|END OF|MESSAGE|COPY|"
    r"\b(?:LIMDIS|NOFORN|EXDIS|NODIS|SPECAT|LIMIT|DISTRIBUTION|AMEMBASSY|SECSTATE|REGARDS)\b|"
    r"^(?:TO|FROM|FM|INFO|FOR|REF)\b"
)
_SIGNED = re.compile(r"^[A-Z][A-Z.]+(?: [A-Z][A-Z.]+){0,3}$")


def wire_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """The fields of a military or other message from one reading of its pages."""
    lines = [
        " ".join(one.text for one in row.after(-1)) for sheet in sheets for row in sheet.rows
    ] or lines_of(text)
    head = lines[:40]
    group = next((match for line in head if (match := _PREAMBLE.match(line))), None)
    classed = next((match for line in lines[:60] if (match := _CLASSED.match(line))), None)
    to, info = _receivers(head)
    sender = next((_who(m) for line in head if (m := _FROM.match(line) or _SENDER.match(line))), "")
    cited = (
        classed["number"]
        if classed
        else next((m["number"] for line in head[:8] if (m := _CITED.search(line))), "")
    )
    cited = re.sub(r"\.?\s+", " ", cited)
    body = next((n for n, line in enumerate(lines) if re.match(r"\W{0,3}1\s?[.,]\s", line)), 0)
    return FormFields(
        originator=" ".join(sender.split()).strip(" ,."),
        number=re.sub(r"^N[OR]\W*", "", cited),
        numbers=(cited,) if cited else (),
        date=_date("\n".join(lines), group["group"] if group else ""),
        time_group=group["group"] if group else "",
        to=to,
        info=info,
        classification=classed["grade"] if classed else _worded(lines) or grade_in(lines) or grade_on(sheets),
        references=tuple(
            f"{m['label']}. {m['what']}" for line in lines[:body] if (m := _LETTERED.match(line))
        ),
        paragraphs=paragraph_labels(sheets),
        signature=_signed(lines),
    )


def _who(match: re.Match[str]) -> str:
    told = match.groupdict()
    return told.get("who") or told.get("loose") or ""


def _worded(lines: Sequence[str]) -> str:
    """A grade with its codeword alone on a line near the top: `TOP SECRET DINAR`."""
    told = next((match for line in lines[:6] if (match := _CODEWORD.match(line))), None)
    return f"TOP SECRET {told['word']}" if told else ""


def _signed(lines: Sequence[str]) -> str:
    """A name alone near the end; a marking or a page's number is none."""
    for line in reversed(lines[-6:]):
        plain = _SIGNED.match(line) and 4 < len(line) < 30 and not _NO_NAMES.search(line)
        plain = plain and max(map(len, line.split())) > 3
        if plain and len(line.split()) > 1:
            return line
    return ""


def _receivers(head: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    routed: dict[str, list[str]] = {"TO": [], "INFO": []}
    role = ""
    for line in head:
        match = _ROUTED.match(line)
        if match is not None:
            role = match["label"] or role
            if role:
                indicator, _, name = match["name"].partition("/")
                routed[role].append(f"{indicator.replace(' ', '')}/{name.strip()}")
        elif role and not line.startswith("BT"):
            role = role if len(line) < 6 else ""
    if routed["TO"]:
        return tuple(routed["TO"]), tuple(routed["INFO"])
    told = next((m["who"] for line in head if (m := _RECEIVER.match(line))), "")
    return ((told.strip(" ,."),) if told else ()), ()


def _date(whole: str, group: str) -> str:
    told = date_in("\n".join(line for line in whole[:1500].split("\n") if is_dateline(line)))
    if told and group and int(group[:2]) <= 31 and abs(int(told[8:]) - int(group[:2])) <= 2:
        return f"{told[:8]}{int(group[:2]):02d}"
    full = GROUP.search(whole)
    if not told and full is not None and full["month"]:
        year = int(full["year"])
        return (
            f"{year + 1900 if year < 100 else year}-{month_number(full['month']):02d}-{int(full['day']):02d}"
        )
    return told


def state_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """The fields of a telegram of the Department: of its printed form of 1950-63, else by the grammar."""
    grammar = fields_of_telegram(parse(Reading.of(Source.of_text(text))), text)
    return _incoming_form(sheets).over(grammar) if sheets else grammar


def _incoming_form(sheets: Sequence[Sheet]) -> FormFields:
    """The form INCOMING TELEGRAM: FROM, TO, NO (serial, date, local hour) right of the column of offices."""
    head = sheets[0]
    told = head.value("NO", rows=30, places=4)
    serial = _SERIAL.match(told)
    if serial is None:
        return FormFields()
    sent = next(dates_on(head, rows=30), None)
    beside = next((m for row in head.rows[:30] if (m := _INFORMED.search(row.text))), None)
    cited = _EMBTEL.search(head.value("REF", rows=30, places=4))
    return FormFields(
        originator=_CAPITALS.sub("", head.value("FROM", "EROM", rows=30, places=4)).strip(),
        number=serial["number"],
        numbers=(serial["number"],),
        date=sent.iso if sent else "",
        to=tuple(filter(None, (head.value("TO", rows=30, places=4),))),
        info=tuple(one["who"].strip() for one in _INFORMED_POST.finditer(beside["who"])) if beside else (),
        references=(cited.group(),) if cited else (),
        paragraphs=paragraph_labels(sheets),
    )


_SERIAL = re.compile(r"(?P<number>\d{1,5}),?\s+(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)", re.I)
_INFORMED = re.compile(
    r"(?:ACTION\s+DEP\w+\W{0,3}\d+.{0,3}|SENT\s+DEP\w+.{0,20}?)\s+"
    r"(?:INFORMATION|REPEATED\s+INFORMATION)\s+(?P<who>[A-Z][A-Z0-9 ,.]+?)\W*$"
)
_INFORMED_POST = re.compile(r"(?P<who>[A-Z][A-Z ]+?)(?=\W+\d|\W*,|\W*$)")
_CAPITALS = re.compile(r"[^A-Za-z .].*$")


def fields_of_telegram(telegram: Telegram, text: str) -> FormFields:
    """A parsed telegram in the fields of a form."""
    heading = telegram.heading
    number = heading.number.value if heading.number else None
    sent = heading.sent.value if heading.sent else None
    day = f"{sent.year:04d}-{sent.month:02d}-{sent.day:02d}" if sent and sent.year and sent.month else ""
    lines = lines_of(text)
    return FormFields(
        service="Department of State",
        originator=heading.originator.value.name if heading.originator else "",
        number=str(number.serial) if number else "",
        numbers=(f"{number.post or ''} {number.serial}".strip(),) if number else (),
        date=day or date_in("\n".join(lines[:40])),
        time_group=heading.sent.raw if heading.sent else "",
        to=tuple(one.station.name for one in heading.action),
        info=tuple(one.station.name for one in heading.info),
        classification=heading.classification.value if heading.classification else grade_in(lines),
        captions=tuple(caption.value for caption in heading.captions),
        subject=heading.subject.value if heading.subject else "",
        references=tuple(field.value for field in heading.references if not _GARBLED.match(field.value))
        or tuple(dict.fromkeys(" ".join(m.group().split()) for m in _EMBTEL.finditer("\n".join(lines[:40])))),
        paragraphs=labels_in(lines),
        signature=telegram.signature.value if telegram.signature else "",
    )
