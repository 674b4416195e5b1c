"""Information reports of the Central Intelligence Agency that went by wire, 1962-73 (TDCS, TDCSDB)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from septel.lexicon import letters
from septel.papers.forms.cables import SERVICE
from septel.papers.forms.fields import FormFields
from septel.papers.places import (
    PlacedDate,
    Sheet,
    SheetRow,
    agencies_on,
    dates_on,
    grade_on,
    month_of,
    name,
    paragraph_labels,
)

HEAD = 34
_FIGURE = r"[\dOØIlSBZ]"
_NUMBER = re.compile(
    r"\bT[DO0]C[S5](?:\W{0,2}(?P<series>DB|D8|[A-Z]{2}))?\W{0,3}(?P<group>3\d{0,2})\W{0,3}"
    rf"(?P<number>{_FIGURE}{{3}}\W{{0,2}}{_FIGURE}{{3}}|\d{{5}}\s?-\s?\d\d)(?!\d)"
)
_OTHERS = re.compile(
    r"\b(?P<number>CS(?:\s?[-.]?\s?\w{1,3})??\s?[-. ]\s?\d{1,3}\s?/\s?\d{3}(?:[,.]\d{3}|\d\d\s?-\s?\d\d)|"
    r"CS[-. ]{1,2}(?:[A-Z]{2}-)?\d{4,6}|"
    r"[O0]{2}\s?-?\s?[B8]-\d{5,6}|[O0]{2}-\d{5}|[O0]{2}-[A-Z]-[\d/,]{5,10}(?:-\d\d)?|"
    r"S[O0]-\d{5,6}|DB-\d{5,6}|[A-Z]{3}\s?-\s?\d{3,5})(?!\d)"
)
"""Numbers of reports by pouch: of the clandestine services, domestic contacts, the field, of 1948-53."""
_LEAD = re.compile(r"(?:[A-Z0-9]{1,5}[-/])+$")
"""What hangs on the number's left belongs to it."""
_CELL = re.compile(r"(?i:REPORT)\s+N[Oo0]|^\W*N[O0]\.|\bC[DS]\s+N[O0]")
_FIGURES = str.maketrans("OØIlSBZ", "0011582")
_LIMITED = re.compile(r"T[DO0]C[S5]\s?D[B8]")
_IN = re.compile(r"\bIN\W{0,3}(?P<number>\d{5})\b")
_FIELD = re.compile(
    r"\b(?P<number>[A-Z]{1,2}-[A-Z]{1,3}-\d{3,6}|[A-Z]{3}-\d{4,6}|[A-HJ-Z]-\d{4}|TDCS(?:DB)?\s?-\s?3\d{0,2}/\s?\d{3},\s?\d{3})\b"
)
_FIELD_CELL = re.compile(r"\bFIELD\b|\bREPORT\s+N")
"""The cell under the references: the field's own number."""
_RIGHT_CELL = re.compile(
    r"\s*\b(?:DATE\W{1,3}(?:D[I1l]?S|OF INFO|OF REPORT)|PRECEDENCE\b|"
    r"REPORT\W{1,2}N|REFERENCES?\b|FIELD REPORT)"
)
"""The cells right of the subject's."""
_NEXT_CELL = re.compile(
    r"^\W*(?:CIA HAS|DATE|PLACES?|APPR|SOURCE|COUNTRY|INFO|DOI|PADA|PRECEDENCE|REF|REPORT|NO\b|THIS|FIELD|"
    r"PARAS?|[1-9]\.)",
    re.IGNORECASE,
)
"""What stands under it."""
_PLACE = re.compile(r"\b(?P<place>[A-Z][A-Z ]{2,20}(?:, [A-Z][A-Z ]{2,20})+)(?=,?\s*[/(\d]|\s*$)")
_AT_PLACE = r"^\W*PLACES?(?:\W{0,4}|\s[&g8aS6]{1,2})\s(?:DATE\s+AC[QO]\W*\s*|(?i:ACQUIRED)\W+)?"
_ONE_PLACE = re.compile(_AT_PLACE + r"(?P<place>[A-Z][A-Z]{3,}(?: [A-Z]{3,}){0,2})\s*\(")
_MIXED_PLACE = re.compile(
    _AT_PLACE + r"(?P<place>[A-Z][A-Za-z. ]{2,20}(?:, ?[A-Z][A-Za-z. ]{1,20})+?)\s*(?:[(/\d]|$)"
)
_ACQUIRED = re.compile(
    r"^\W*(?i:(?:PLACE\s+)?ACQUIRED)\W*(?!BY\b)(?P<place>[A-Z][^\W\d_]+(?:[, ]+[^\W\d_]+){0,4}?)"
    r"(?=\s{2}|\W*$|\s+(?i:DATE))"
)


def report_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """The fields of an information report from one reading of its pages."""
    if not sheets or not sheets[0].rows:
        return FormFields(service=SERVICE)
    head = sheets[0]
    source = next((n for n, row in enumerate(head.rows[:HEAD]) if _labelled(row, "SOURCE")), 0)
    number = _number(text) or _other_number(head)
    received = _IN.search(text)
    # From reports of the limited series agencies were struck out.
    printed = not _LIMITED.search(text) and not number.startswith(("CS", "OO", "00"))
    return FormFields(
        service=SERVICE,
        originator=_mended(_place(head)),
        number=number,
        numbers=tuple(filter(None, (number, f"IN {received['number']}" if received else ""))),
        date=_distributed(head),
        to=next((row for sheet in (head, *sheets[1:]) if (row := agencies_on(sheet, printed=printed))), ()),
        classification=grade_on(sheets) or _grade(head),
        subject=_subject(head, source or HEAD),
        references=_references(head, number),
        paragraphs=paragraph_labels(sheets, head.rows[: source + 1]),
    )


def _number(text: str) -> str:
    """The number that most places of the report bear."""
    votes: Counter[str] = Counter()
    for match in _NUMBER.finditer(text):
        figures = re.sub(r"\s", "", match["number"]).translate(_FIGURES)
        if "-" not in figures:
            figures = re.sub(r"\D", "", figures)
            figures = f"{figures[:3]},{figures[3:]}"
        series = "DB" if match["series"] == "D8" else match["series"] or ""
        votes[f"TDCS{series}-{match['group']}/{figures}"] += 1
    return max(votes, key=lambda one: votes[one], default="")


def _subject(head: Sheet, end: int) -> str:
    """The subject with the rows on which it goes on, without the cells at its right."""
    at = next((n for n, row in enumerate(head.rows[:end]) if _labelled(row, "SUBJECT")), None)
    if at is None and (under := _under_country(head, end)):
        return under
    if at is None:
        return _RIGHT_CELL.split(head.value("SUBJECT", rows=HEAD, places=1))[0].rstrip()
    first = head.rows[at]
    begun = first.tokens[1].left if len(first.tokens) > 1 else first.left
    lines = [_RIGHT_CELL.split(" ".join(one.text for one in first.tokens[1:]))[0]]
    for row in head.rows[at + 1 : min(at + 4, end)]:
        text = _RIGHT_CELL.split(row.text)[0].strip()
        beside = head.has_places and abs(row.left - begun) > 6  # a stamp, or another cell
        below = head.rows[head.rows.index(row) + 1 :][:1]
        last = text.istitle() and len(text) > 3 and any(_NEXT_CELL.match(one.text) for one in below)
        short = len(text.split()) < 2 and not text.isupper() and not last
        if _NEXT_CELL.match(row.text) or beside or short or not text or text.isupper() != lines[0].isupper():
            break
        lines.append(text)
    joined = " ".join(line.strip(" :;") for line in lines)
    return re.sub(r"(?<=[A-Z])- (?=[A-Z])", "", joined).strip(" :;.")


def _under_country(head: Sheet, end: int) -> str:
    """The subject whose label was not read: in the row under the country's, where that one's value stands."""
    at = next((n for n, row in enumerate(head.rows[:end]) if _labelled(row, "COUNTRY")), None)
    if at is None or not head.has_places or at + 1 >= len(head.rows) or len(head.rows[at].tokens) < 2:
        return ""
    row, value = head.rows[at + 1], head.rows[at].tokens[1].left
    if abs(row.left - value) > 2:
        return ""
    return _RIGHT_CELL.split(" ".join(one.text for one in (row.tokens[0], *row.after(0, 10.0))))[0].strip(
        " :;."
    )


def _other_number(head: Sheet) -> str:
    """The number of a report that went by pouch, in the cell REPORT NO."""
    for at, row in enumerate(head.rows[:HEAD]):
        match = _OTHERS.search(row.text)
        above = head.rows[at - 1].text if at else ""
        if match and _CELL.search(f"{above} {row.text[: match.start()]}"):
            lead = _LEAD.search(row.text[: match.start()])
            return (lead[0] if lead else "") + re.sub(r"[\s.]", "", match["number"])
    return ""


def _labelled(row: SheetRow, label: str) -> bool:
    return fuzz.ratio("".join(filter(str.isalpha, row.tokens[0].text.upper())), label) >= 80


def _distributed(head: Sheet) -> str:
    """The date of distribution: behind its label or under it, else the last one of the head's right half."""
    dates = list(dates_on(head, rows=HEAD))
    for one in dates:
        row = head.rows[one.row]
        before = [token for token in row.tokens if token.left < one.left]
        alone = not before or before == list(row.tokens[:1])
        before = before or list(head.rows[one.row - 1].tokens if alone and one.row else ())
        told = " ".join(token.text for token in before[-3:]).upper()
        if _LABEL.search(told):
            return one.iso
    if under := _under_label(head, dates):
        return under
    own = [one for one in dates if not _OTHER_DATE.search(head.rows[one.row].text.upper())]
    # The label's second word was lost: DATE alone before it, and no other date's label.
    bare = [one for one in own if _BARE_DATE.match(head.rows[one.row].text)]
    if len(bare) == 1:
        return bare[0].iso
    width = max((row.right for row in head.rows), default=0.0)
    right = [one for one in own if one.left > 0.55 * width]
    return right[0].iso if right else ""


def _under_label(head: Sheet, dates: Sequence[PlacedDate]) -> str:
    """The first date in the rows under a label without a value of its own, before another date's label."""
    for at, row in enumerate(head.rows[:HEAD]):
        label = _LABEL.search(row.text.upper())
        if label is None or any(one.row == at for one in dates):
            continue
        for below in range(at + 1, min(at + _UNDER, len(head.rows))):
            if told := next((one.iso for one in dates if one.row == below), ""):
                # Another label before the date in its row is that date's.
                return "" if _OTHER_DATE.search(head.rows[below].text.upper()) else told
            if _OTHER_DATE.search(head.rows[below].text.upper()):
                break
    return ""


_LABEL = re.compile(r"\bD[I1]?STR|\bDATE\W{1,3}D[I1]ST\b|OF REPORT|\bREPORT DATE")
_OTHER_DATE = re.compile(r"\bINF[O0]|\bAC[QO0]|\bPLACE|\bDATE\W{1,3}[O0]F\b")
"""What stands before the dates of the information and of its getting."""
_UNDER = 4
"""A label's value stands so few rows under it."""
_BARE_DATE = re.compile(r"\W*DATE\W{1,3}\d{1,2}\s")


def _place(head: Sheet) -> str:
    """Where the information was got: country and city in the cell PLACE & DATE ACQ."""
    for at, row in enumerate(head.rows[:HEAD]):
        if not any(_labelled(row, label) for label in ("PLACE", "PLACES", "PADA")):
            continue
        for near in (*head.rows[at : at + 4], *head.rows[max(0, at - 1) : at]):
            match = _PLACE.search(near.text)
            # A date in the cell tells it from the row of the subject.
            match = match or _ONE_PLACE.match(near.text)
            if match and any(month_of(token.text) for token in near.tokens):
                return re.sub(
                    r"^(?:(?:TA?CO|DATE|ACQ|ACO|PLACE|INFO|APPR\w*)\W+)+", "", match["place"].strip()
                )
            if mixed := _MIXED_PLACE.match(near.text):
                return mixed["place"].strip(" .,") + ("." if mixed["place"].rstrip().endswith(".") else "")
    told = (_ACQUIRED.match(row.text) for row in head.rows[:HEAD])
    return next((match["place"].strip(" ,") for match in told if match), "")


def _mended(place: str) -> str:
    """A place whose town in capitals was misread by a letter, as stations' names have it."""
    before, comma, town = place.rpartition(", ")
    full = name(town) if comma and town.isupper() else None
    return f"{before}, {full}" if full else place


def _references(head: Sheet, own: str) -> tuple[str, ...]:
    """Other reports in the cell REF; a receipt number and the field's own number are none."""
    for at, row in enumerate(head.rows[:HEAD]):
        place = next(
            (n for n, one in enumerate(row.tokens) if re.match(r"REF(?:ERENCES?)?\b", one.text)), None
        )
        if place is None:
            continue
        left = row.tokens[place].left
        words: list[str] = []
        for near in head.rows[at : at + 3]:
            cut = _FIELD_CELL.search(near.text)
            words += [one.text for one in near.tokens if one.left >= left - 4] if not cut else []
            if cut:
                break
        cell = " ".join(words)
        cited = [re.sub(r"\s", "", match["number"]) for match in _FIELD.finditer(cell)]
        return tuple(one for one in cited if letters(one) != letters(own) or one[-3:] != own[-3:])
    return ()


def _grade(head: Sheet) -> str:
    """A grade with its controls in one cell: `SECRET/NO FOREIGN DISSEM`."""
    for row in (*head.rows[:14], *head.rows[-8:]):
        match = re.match(
            r"\W*(?:CLASSIFICATION\W+)?(TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED)\s?/?\s?"
            r"(?:NO|CONTROL|US\b|U\.S|$)",
            row.text.upper(),
        )
        if match:
            return match[1]
    return ""
