"""Memoranda, letters and dispatches: who to whom, about what, when, signed by whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from septel.lexicon import letters
from septel.papers.forms.address import (
    addressed,
    bare_head,
    bare_title,
    further_receivers,
    kept_for,
    released,
)
from septel.papers.forms.cells import LabelledCell, cell_value, is_cell, labelled_cells
from septel.papers.forms.fields import FormFields
from septel.papers.forms.patterns import (
    DATE_CELL,
    FEW,
    PRINTED,
    date_in,
    grade_in,
    is_dateline,
    labels_in,
    lines_of,
)
from septel.papers.forms.signers import signer_of
from septel.papers.places import LATEST_YEAR, FormWitness, Sheet, dates_on, grade_on

_FOR = re.compile(
    r"^\W*(?:MEMO(?:RANDUM)?(?:\s+N[O0]\.?\s?\d{1,4})?|NOTES?)\s+(?:FOR|TO)\s*[:;]?\s*(?P<who>.{3,60})$",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^\W*(?P<title>MEMO(?:RANDUM)? (?:FOR (?:THE )?(?:RECORD|FILES?)\b|"
    r"OF (?:A )?(?:CONVERSATION|MEETING|DISCUSSION)).{0,60})$",
    re.I,
)
_SYMBOL = re.compile(r"\W*(?P<symbol>[A-Z]{2,4}[AWST])\s?-\s?(?P<number>\d{3,6})\W*")
"""A paper's own symbol stands alone on a line; others are of what it cites."""
_FILED = re.compile(
    r"(?:(?!(?:NW|NL[A-Z]|FORM|JOB|BOX|FILE|PAGE|ROOM|COPY|CASE|APR|AUG|DEC|FEB|JAN|JUL|JUN|MAR|MAY|NOV|OCT|SEP)\b)"
    r"[A-Z]{2,5}(?:/[A-Z0-9&]{1,6})?(?:\sN[Oo]\.?)?\s?-?\s?|(?:REPORT|MEMO(?:RANDUM)?) N[Oo]\W{1,3})"
    r"(?:\d{2}-\d{2,5}[A-Za-z]?|(?<=[A-Z]-|[A-Z]\s)\d/\d{3},\d{3}|\d{3,5}[/-]\d{2}|"
    r"(?<=[Oo][. ])\s*[\dA-Z]{1,4}-\d{2,5})"
)
"""The number under which an office filed its paper, alone above the title: `ABC 74-15`, `ABC No. 515/63`."""
_NAMED_MEMO = re.compile(r"^\W*MEMORANDUM\s?[:;]\s+(?P<title>(?!FOR\b|TO\b)\S.{6,80})$")
"""A memorandum of estimates or current intelligence bears its subject behind its name."""
_PARTICIPANTS = re.compile(r"^\W*(?:PARTICIPANTS?|Participants?|PRESENT|Present)\b\s*[:;]?\s*")
_CELL = re.compile(r"^(?:SUBJECT|DATE|TIME|PLACE|COPIES|Subject|Date|Time|Place|Copies)\b")
_SIDE = re.compile(
    r"^\s*(?:US|U\.S\.|USSR|U\.S\.S\.R\.|American|Soviet|United States)(?:\s+[Ss]ide)?\s*[:\-–]\s*"
)
_PERSON = re.compile(
    r"^(?:[A-Z][\w.'’-]*\s+){1,6}[A-Z][\w'’-]+$|^(?:The )?(?:President|Secretary|Under Secretary)$"
)
_BODY = re.compile(
    r"^\W{0,3}(?:\d{1,2}\s?[.,]|[a-z]\s?[.,)]|[lI]\s?[.,])\s*[\"(]?[A-Z]|^\W*(?:\S+\s+){9,}\S{1,}.{0,}$|^[A-Z].{75}"
)
_DATE_WORD = re.compile(r"(?:DATE[DSI:]?|Date)[:;.]?")
"""The cell right of the receiver's on the government's memorandum form."""
_OPENS = re.compile(r"\W{0,3}(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.? \d{1,2},?) (?:19)?[4-7]\d\b")
_SUBJECT = re.compile(r"\W*(?:SUBJECT|Subject|RE|REFERENCE)\b")
_LATE = re.compile(
    r"\W*(?:DATE|Date)?\W*(?:\d{1,2} [A-Z][A-Za-z]+ \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4}|"
    r"\d\d/\d\d/\d\d(?:\d\d)?\b.{0,12})\W*"
)
"""A date typed alone on its line: papers of the reviews of 1975-98 are later than what they review."""
_CITED = re.compile(r"\b[A-Z]{3,5}\s?-\s?\d{3,6},")
"""A dispatch that is cited, with its date behind it."""
_RELEASED = re.compile(r"RECORDS ACT|RELEASE UNDER|KENNEDY ASSASSINATION$|^\d{3}-\d{5}-\d{5}")
"""The bar that the archive printed over the page."""
_LABELLED = re.compile(
    r"^(?:[A-Z][A-Z /]{1,20}|Date|Place|Time|Ref(?:erences?)?|From|To|For|Via|Thr(?:u|ough)|Attn|Attention|"
    r"Source|Participants|Present|Notes?|Copies|cc|Action|Info|Enclosures?|Attachments?|Distribution|File)\s?:|"
    r"^\W*(?:MEMORANDUM|Memorandum|REF|TO|FROM|SECRET|CONFIDENTIAL)\b|"
    r"^[A-Z][a-z]{2,11}(?: [a-z]{3,9})?\s?:\s*(?:\S+\s*){0,2}$|"
    r"^(?:Place|Date|Evaluation|Report)\b[A-Za-z ]{0,16}:|^[A-Z][A-Za-z]{2,11}\s?(?:#|N[o0]\.\s?\d)|"
    r"^[\W\d_]+$"
)
_SPREAD = 60
"""So many lines may hold the head."""
_APART = 2.5
"""Rows farther from each other than so many heights have a blank between them."""
_VALUE = 28
"""A cell's value begins so many characters right of its label at the most: farther off stands a stamp."""
_LEADS = re.compile(r"\b(?:[Oo]n|[Oo]f|[Dd]ated|[Bb]etween|[Dd]uring|[Ff]rom|[Uu]ntil|and|the)$")
"""A line of a subject that goes on, though with a date."""
_WIDE = 80
"""A line of a subject is no longer."""
_HEAD = 30
"""How many lines may be a paper's head."""
_GAP = re.compile(r"(?!SUBJ)[A-Z]{4,}\s{3,}\S")
_NOBODY = re.compile(r"^\W*$|^\W*\d{1,2} [A-Z][a-z]{2,8}\.? (?:19)?\d\d\W*$", re.IGNORECASE)
"""Nothing is sent to a date."""
_BUREAU = re.compile(
    r"^(?P<who>(?:(?:Director|DIRECTOR), FBI|(?:SAC|Legat|LEGAT), [A-Z][A-Za-z ]{2,20})\b.{0,24}?)"
    r"(?:\s+\d{1,2}-\d{1,2}-\d\d)?$"
)
"""The bare lines of the Bureau: receiver above sender."""


def memo_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """The fields of a memorandum, letter or dispatch from one reading of its pages."""
    lines = [line for line in lines_of(text) if not _RELEASED.search(line)]
    head = lines[:_HEAD]
    rows = [row.laid for row in sheets[0].rows if not _RELEASED.search(row.text)] if sheets else lines
    body = _body(rows)
    title = next((match for line in head if (match := _TITLE.match(line))), None)
    cells = labelled_cells(rows[: max(body, 1)])
    told = {cell.label: cell.value for cell in reversed(cells) if cell.value}
    to, sender, guessed = _parties(rows, told, body, titled=title is not None)
    printed = next((match for line in lines[:4] if (match := PRINTED.match(line))), None)
    symbol = next((match for line in (*lines[:12], *lines[-12:]) if (match := _SYMBOL.fullmatch(line))), None)
    number = f"{symbol['symbol']}-{symbol['number']}" if symbol else _filed(rows[:body])
    columns = [
        part for sheet in sheets for row in sheet.rows for part in re.split(r"\s{6,}", row.laid)
    ] or lines
    unlabelled = None if to or sender or told.get("subject") or title else bare_head(rows[:body])
    if unlabelled:
        to, sender, guessed = (unlabelled.to,), unlabelled.sender, ("to", "originator", "subject")
    labelled = told.get("subject") or unlabelled or next(filter(_NAMED_MEMO.match, head), None)
    alone = "" if labelled or sender or printed else bare_title(rows[:body])
    signer = signer_of(columns, _body(columns))
    date = _date(lines)
    shaped = "" if date or not sheets else _misread_date(sheets[0], body)
    return FormFields(
        originator=sender,
        number=number,
        numbers=(number,) if number else (),
        date=date or shaped,
        to=to,
        classification=grade_in(lines) or grade_on(sheets),
        subject=_subject(
            [
                line if line.endswith(told.get("subject", "\n")) else _own_cell(line, rows)
                for line in _spread(text, sheets)
                if not _is_gapped(line, rows) or line.endswith(told.get("subject", "\n"))
            ],
            told.get("subject", "")
            or (unlabelled.subject if unlabelled else "")
            or next((m["title"] for line in head if (m := _NAMED_MEMO.match(line))), ""),
            alone or (title["title"].strip() if title else ""),
            printed["title"] if printed else "",
        ),
        references=_references(cells, rows),
        paragraphs=labels_in(lines),
        signature=signer.name if signer else "",
        participants=_participants(text.split("\n")[:60]),
        guessed=(
            *guessed,
            *(("signature",) if signer and not signer.sure else ()),
            *(("date",) if shaped else ()),
            *(("subject",) if alone else ()),
        ),
    )


def filed_number(witness: FormWitness) -> str:
    """The office's own number above a paper's title, by one reading of it; empty where it has none."""
    rows = [row.laid for row in witness.sheets[0].rows] if witness.sheets else []
    return _filed([row for row in rows[: _body(rows)] if not _RELEASED.search(row)])


def _references(cells: Sequence[LabelledCell], rows: Sequence[str]) -> tuple[str, ...]:
    """What the cell refers to: by its letters where it has several, one to a row."""
    cell = next((one for one in cells if one.label == "references" and one.value), None)
    if cell is None:
        return ()
    first = re.match(r"\(?[Aa][.)]\s*", cell.value)
    if first is None:
        return (cell.value,)
    found = [cell.value[first.end() :]]
    for row in rows[cell.line + 1 :]:
        match = re.match(r"\W*(?P<letter>[A-Ha-h])[.)]\s*(?P<value>\S.*)", row.strip())
        if match is None or match["letter"].upper() != chr(65 + len(found)):
            break
        found.append(cell_value(match["value"]))
    return tuple(found) if len(found) > 1 else (cell.value,)


def _filed(head: Sequence[str]) -> str:
    """The office's own number, alone on its row or in its column of it, above the title or cells."""
    for row in head:
        if is_cell(row) or _TITLE.match(row) or _FOR.match(row):
            break
        for part in re.split(r"\s{5,}", row):
            if match := _FILED.fullmatch(part.strip(" .,;:*#()")):
                return " ".join(match.group().split())
    return ""


_ROUTED = frozenset(
    (
        "TOLSON", "BOARDMAN", "LADD", "NICHOLS", "BELMONT", "CLEGG", "GLAVIN", "HARBO", "ROSEN", "TRACY",
        "MOHR", "PARSONS", "TROTTER", "WINTERROWD", "TELEROOM", "HOLLOMAN", "MISSGANDY", "GANDY", "DELOACH",
        "CASPER", "CALLAHAN", "CONRAD",
        "EVANS", "GALE", "SULLIVAN", "TAVEL", "MALONE", "MCGUIRE", "SIZOO", "NEASE",
    )
)  # fmt: skip
"""The officers printed one under the other at the right of the Bureau's sheets, to be ticked."""


def _is_routed(text: str) -> bool:
    """Whether a row has nothing but an officer of the Bureau's printed list."""
    return len(text.split()) <= _ROUTING and letters(text) in _ROUTED


_ROUTING = 3


def _spread(text: str, sheets: Sequence[Sheet]) -> list[str]:
    """The first lines of a paper, with an empty one where its rows stand apart on the page."""
    rows = sheets[0].rows[:_SPREAD] if sheets else ()
    rows = tuple(row for row in rows if not _is_routed(row.text))
    apart = [below.down - row.down > _APART for row, below in pairwise(rows)]
    if not any(apart):
        return text.split("\n")[:_SPREAD]
    return [
        line
        for row, gap in zip(rows, (*apart, False), strict=True)
        for line in (" " * round(row.left) + row.text, *[""] * gap)
    ]


def _is_gapped(line: str, rows: Sequence[str]) -> bool:
    """Whether a line is a row that begins with a word in capitals and a gap: a cell, its colon not read."""
    bare = " ".join(line.split())
    return any(_GAP.match(row) and " ".join(row.split()) == bare for row in rows[:_HEAD])


def _own_cell(line: str, rows: Sequence[str]) -> str:
    """A line without what stands far right of it in its row: a stamp, or another cell."""
    bare = " ".join(line.split())
    row = next((row for row in rows[:_HEAD] if bare and " ".join(row.split()) == bare), "")
    return cell_value(row) if re.search(r"\S\s{5,}\S", row) and not _LABELLED.match(row) else line


def _body(lines: Sequence[str]) -> int:
    """Where the text begins, within reason."""
    begun = (
        n
        for n, line in enumerate(lines)
        if _BODY.match(" ".join(line.split())) and not PRINTED.match(line) and not is_cell(line)
        if not any(map(is_cell, lines[n + 1 : n + 3]))
    )
    return min(next(begun, _HEAD), _HEAD)


def _parties(
    lines: Sequence[str], told: Mapping[str, str], body: int, *, titled: bool
) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Who to whom, and which of them no label tells: by cells, a letter's address, the Bureau's offices."""
    head = lines[: max(body, 1)]
    bare = next((match["who"].strip(" .:") for line in head if (match := _FOR.match(line))), "")
    receiver = told.get("to", "") or ("" if titled and not kept_for(bare) else bare)
    receiver = "" if _NOBODY.match(receiver) else kept_for(receiver) or released(receiver)
    sender = released(told.get("from", ""))
    if receiver or sender:
        listed = further_receivers(lines[:_HEAD], receiver) if receiver else ()
        return (receiver, *listed) if receiver else (), sender, ()
    if address := addressed(lines):
        return (address,), "", ()
    offices = [match["who"].strip() for line in head if (match := _BUREAU.match(line))]
    if len(offices) > 1:
        return (offices[0],), offices[1], ("to", "originator")
    return (), "", ()


def _subject(head: Sequence[str], told: str, title: str, printed: str) -> str:
    """The subject, behind or under its label; an editor's title before it; else the paper's own title."""
    lines = lines_of("\n".join(head))[:30]
    if not told:
        at = next((n for n, line in enumerate(lines[:-1]) if re.fullmatch(r"\W*SUBJECTS?\W*", line)), None)
        told = re.sub(r"^[•\s]+|\[\d+\]|[\s.]+$", "", lines[at + 1]) if at is not None else ""
    told = " ".join([told, *_further(head, told)]) if told else ""
    told = re.sub(r"(?<=[a-z])- (?=[a-z])", "", told)
    printed = " ".join(printed.split()).rstrip(" .")
    if printed:
        return f"{printed}: {told}" if told else printed
    return told or title


def _further(head: Sequence[str], subject: str) -> list[str]:
    """The lines right under a subject's first on which it goes on: up to a blank, a label or a paragraph."""
    at = next((n for n, line in enumerate(head) if line.strip(" \t.:;|*#").endswith(subject)), len(head))
    found: list[str] = []
    for line in head[at + 1 : at + 4]:
        bare = line.strip(" \t|*#")
        above = (found or [subject])[-1]
        dated = date_in(bare) and not _LEADS.search(above)
        beside = len(line) - len(line.lstrip()) > len(head[at]) - len(head[at].lstrip()) + _VALUE
        if (
            sum(map(str.isalpha, bare)) < 2
            or len(bare) > _WIDE
            or _LABELLED.match(bare)
            or _BODY.match(bare)
            or dated
            or beside
        ):
            break
        found.append(bare.strip(" .:;"))
    return found


def _date(lines: Sequence[str]) -> str:
    """The date of the head, alone on its line or in a cell DATE; one that the text speaks of is none."""
    above = [
        line
        for before, line in pairwise(("", *lines[: _body(lines)]))
        if not _SUBJECT.match(line) and not _CITED.search(line) and is_dateline(line)
        if not _LEADS.search(before) or DATE_CELL.search(line)
    ]
    opened = next((match.group() for line in above[:12] if (match := _OPENS.match(line))), "")
    alone = [line for line in above if _LATE.fullmatch(line)]
    told = date_in(opened) or date_in("\n".join(above)) or date_in("\n".join(alone), last=LATEST_YEAR)
    cells = [
        f"{line[match.start() :]} {below if len(below.split()) <= FEW else ''}"
        for line, below in zip(lines, [*lines[1:], ""], strict=True)
        if (match := DATE_CELL.search(line))
    ]
    return told or date_in("\n".join(cells))


def _misread_date(head: Sheet, body: int) -> str:
    """A date of which a letter of the month was misread, alone on its row or beside DATE above the text."""
    for date in dates_on(head, rows=body):
        row = head.rows[date.row]
        few = len(row.tokens) <= FEW and (len(row.tokens) < FEW - 1 or DATE_CELL.search(row.text))
        if few or any(_DATE_WORD.fullmatch(one.text) and one.left < date.left for one in row.tokens):
            return date.iso
    return ""


def _participants(head: Sequence[str]) -> tuple[str, ...]:
    """The names under or behind PARTICIPANTS, without offices, up to the next label or blank."""
    at = next((n for n, line in enumerate(head) if _PARTICIPANTS.match(line)), None)
    if at is None:
        return ()
    found: list[str] = []
    behind = _PARTICIPANTS.sub("", head[at])
    for line in (behind, *head[at + 1 : at + 30]):
        bare = line.strip(" \t•*-–—|")
        if not bare:
            if found:
                break
            continue
        if found and (_CELL.match(bare) or len(bare) > 90):
            break
        for part in bare.split(";"):
            name = _SIDE.sub("", part.split(",")[0]).strip(" .:")
            if _PERSON.match(name):
                found.append(name)
    return tuple(dict.fromkeys(found))
