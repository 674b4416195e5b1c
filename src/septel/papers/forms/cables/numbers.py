"""The numbers that a cable bears: its own beside CITE, in a box or above its text, and that of receipt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from septel.papers.places import Sheet, SheetRow, TelegraphLine, code, codes, is_info, telegraph_line

HEADQUARTERS = ("DIR", "DIRECTOR", "WASHINGTON")
"""Who cites what Headquarters sends."""
NUMBERED = re.compile(r"\b(?:DIR|DIRECTOR|D1R|WASHINGTON)\b\W{0,3}(\d{5,6}[A-Z]?)\b")
DOMESTIC = re.compile(r"\bC[I1]T[EK]\W{0,3}\s*(?P<who>[A-Z]{2})\s?(?:-\s?|\s)(?P<number>\d{3,5})\b")
_DIRECTOR_SINCE = "1966-07"
"""From the middle of 1966 the form prints `CITE DIRECTOR`; before, `CITE DIR`."""
_FIRST = re.compile(r"^\W{0,3}[1lI]\s?[.,]\s+[A-Z].{24}")
_CITES = re.compile(r"\bRE[FLP]S?\b|RELAY")


def own_number(sheets: Sequence[Sheet], line: TelegraphLine | None, *, outgoing: bool, date: str) -> str:
    """The number by which the message is cited; pages that bear it vote."""
    if not outgoing:
        return f"{line.who} {line.number}" if line and line.who and line.number else ""
    lines = [line, *(telegraph_line(sheet) for sheet in sheets[1:])]
    votes = Counter(one.number for one in lines if one and one.number and one.who in HEADQUARTERS)
    if not votes and line and line.number and len(line.number) >= 5:
        votes[line.number] += 1
    if not votes:
        for sheet in sheets:
            for row in sheet.rows[: sheet.head]:
                # Left on a row stands what the message refers to, its label read or not.
                right = [
                    one.text for one in row.tokens if not sheet.has_places or one.left > sheet.margin + 25
                ]
                if not _CITES.search(row.text):
                    votes.update(NUMBERED.findall(" ".join(right)))
    best = max((one for one in votes if len(one) >= 5), key=lambda one: votes[one], default="")
    if not best:
        return ""
    return headquarters_number(
        best, next((one for one in lines if one and one.who in HEADQUARTERS), None), date
    )


def headquarters_number(number: str, line: TelegraphLine | None, date: str) -> str:
    """A number of Headquarters as its form of the time cites it."""
    who = line.who if line is not None and line.who in HEADQUARTERS else ""
    if who != "WASHINGTON":
        who = "DIRECTOR" if who == "DIRECTOR" or (date and date > _DIRECTOR_SINCE) else "DIR"
    return f"{who} {number}"


def boxed_number(head: Sheet) -> str:
    """A station's code with its number beside that of receipt: the box of 1956-60, the head of 1953-56."""
    rows = head.rows[: head.head]
    for at, row in enumerate(rows):
        beside = (*rows[max(0, at - 2) : at], *rows[at + 1 : at + 3])
        alone = _BOXED.fullmatch(row.text) if any(_STAMPED_IN.search(one.text) for one in beside) else None
        for match in (alone, _BOXED_WITH.search(row.text), _HEADED.match(row.text)):
            who = code(match["who"], loose=True) if match else None
            if match and who and (who == match["who"] or len(match["who"]) < 4):
                return f"{who} {match['number']}"
    return ""


_BOXED_WITH = re.compile(r"(?<![(\w])[I1]N\s?\d{5}[A-Z]?\s+(?P<who>[A-Z]{4})\s(?P<number>\d{3,5})\b(?!\s*\()")
_HEADED = re.compile(r"\W*(?P<who>[A-Z]{3,4})\s(?P<number>\d{3,5})\s*\([I1]N\s?\d{5}\)\s+(?=\d)")
"""The number above a text of 1953-56, before the time of receipt: `MEXI 839 (IN 35356) 1520Z 27 JUN 56`."""
_BOXED = re.compile(r"(?P<who>[A-Z]{4})\s(?P<number>\d{4,5})")


def numbered_alone(head: Sheet, sender: str) -> str:
    """The sender's code with a number alone on a row above the text, its CITE not read: `CARA 8897`."""
    for row in head.rows[: head.head]:
        if _FIRST.match(row.text):
            break
        match = _BOXED.fullmatch(row.text)
        if match and sender and codes().get(match["who"]) == sender:
            return f"{match['who']} {match['number']}"
    return ""


def stamped_beside(head: Sheet) -> str:
    """Five or six figures alone at the right of `TO ... INFO`, whose CITE was not read: Headquarters' stamp.

    Empty where two such numbers differ.
    """
    rows = head.rows[: head.head]
    found: set[str] = set()
    for at, row in enumerate(rows):
        if _FIRST.match(row.text):
            break
        if _TO_MANY.search(row.text) and (match := _ALONE.fullmatch(row.tokens[-1].text)):
            found |= {match[1]} if row.tokens[-1].left > head.margin + _AT_RIGHT else set()
            continue
        begun = re.match(r"\W*T[O0]\b", row.text) is not None
        if not any(is_info(one.text) for one in row.tokens[1 if begun else 0 :]) or not (
            begun or row.text.isupper()
        ):
            continue
        near = [
            one for one in rows[max(0, at - 2) : at + 4] if one is not row and -2 <= one.down - row.down <= 5
        ]
        for one in near:
            match = _ALONE.fullmatch(one.text)
            if match and (not head.has_places or one.left > head.margin + _AT_RIGHT):
                found.add(match[1])
    return found.pop() if len(found) == 1 else ""


_ALONE = re.compile(r"\W{0,2}(\d{5,6})\W{0,2}")
_TO_MANY = re.compile(r"BOOK CABLE|MULTI\W{0,3}ADDRESSEE")
_AT_RIGHT = 35
"""The stamp stands so many characters right of the text's edge."""


def domestic_number(head: Sheet) -> str:
    """The number of an office in the country (`CITE NA 61494`), on a row that cites nothing else."""
    for row in head.rows[:14]:
        match = DOMESTIC.search(row.text)
        if match and not re.match(r"\W*RE[FS]?\b", row.text):
            return f"{match['who']} {match['number']}"
    return ""


def received_number(head: Sheet, after: int, cited: Sequence[SheetRow]) -> str:
    """The number of receipt, stamped near the telegraph line (`IN 85247`); one in brackets is cited."""
    for row in head.rows[: after + 6]:
        match = _STAMPED_IN.search(row.text) if row not in cited and not _FIRST.match(row.text) else None
        if match:
            return f"IN {match['number']}"
    return ""


_STAMPED_IN = re.compile(r"(?<![(\w])[I1]N\s?[-.:]?\s?(?P<number>\d{5})\b(?!\))")


def is_otherwise(sheets: Sequence[Sheet], number: str) -> bool:
    """Whether the head of a page has the same sender with another number, one or two figures of it apart."""
    who, _, serial = number.rpartition(" ")
    if not who:
        return False
    if who in HEADQUARTERS and _is_stamped_twice(sheets[0], serial):
        return True
    pattern = re.compile(rf"\b{re.escape(who[:3])}[A-Z]*\W{{0,2}}\s?(\d{{{len(serial)}}})\b")
    told = {
        match[1]
        for sheet in sheets[1:]
        for row in sheet.rows[:_PAGE_HEAD]
        for match in pattern.finditer(row.text)
    }
    return (
        any(0 < sum(a != b for a, b in zip(one, serial, strict=True)) <= 2 for one in told)
        and serial not in told
    )


def _is_stamped_twice(head: Sheet, serial: str) -> bool:
    """Whether another number of Headquarters stands alone right under the one that was read."""
    at = next((n for n, row in enumerate(head.rows[: head.head]) if serial in row.text), None)
    below = head.rows[at + 1 : at + 3] if at is not None else ()
    others = [match[1] for row in below if (match := _ALONE.fullmatch(row.text))]
    return any(len(one) == len(serial) and one != serial for one in others)


_PAGE_HEAD = 20
"""How many rows of a later page may bear the message's number."""
