"""Cables of the Central Intelligence Agency, 1949-94: outgoing and incoming, of Headquarters and of stations.

The telegraph line under the rule tells action from information (`IMMEDIATE MEXI INFO GUAT CITE DIR`);
the TO cell of the printed form may name both.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from septel.papers.forms.cables.form import SERVICE, cable_form
from septel.papers.forms.cables.plain_heads import plain_head
from septel.papers.forms.cables.sanitized import sanitized_head
from septel.papers.forms.fields import FormFields
from septel.papers.forms.patterns import (
    GROUP,
    dates_in,
    grade_in,
    is_dateline,
    labels_in,
    lines_of,
    value_of,
)
from septel.papers.places import Sheet, code, codes, month_number, name

_PRECEDENCE = (
    r"(?:FLASH|CRITIC|OPERATIONAL IMMEDIATE|OPIM|CPIM|OP IM|IMMEDIATE|IMMED|PRIORITY|PRITY|FRITY|ROUTINE|"
    r"DEFERRED|NIACT)"
)
_OUTGOING = re.compile(
    r"\bC[I1]TE\s*:?\s*(?P<who>DIR(?:ECTOR)?|OIR|DIRE)\b\W{0,6}(?P<number>\d{5,6}[A-Z]?)?", re.I
)
_NUMBER_BY = re.compile(r"\b(?P<who>DIR(?:ECTOR)?)\W{1,3}(?P<number>\d{5,6}[A-Z]?)\b")
_INCOMING = re.compile(
    r"\bCITE\s*[:,]?\s*(?:NUMBER\s*)?(?P<who>[A-Z]{4,9}|[A-Z]{3,12} [A-Z]{3,12})\s+(?P<number>[\dØ]{3,6})\b"
)
_DOMESTIC = re.compile(r"\bC[I1]TE\s*:?\s*(?P<who>[A-Z]{2,3})\s*-\s*(?P<number>\d{3,5})\b")
_SENT = re.compile(
    r"\bTO\s+(?P<to>[A-Z][A-Z .]{2,24}?)\s+(?:FROM|FM|FR)\s+(?P<who>[A-Z][A-Z .]{3,20}?)(?:\s|$)"
)
_REFERENCE_NUMBER = re.compile(
    r"\b(?P<group>\d{6}Z)\s+(?P<who>WASHINGTON|DIRECTOR|[A-Z]{5,12})\s*(?P<number>\d{6})\b|"
    r"\b(?P<who2>WASHINGTON|DIRECTOR)\s+(?P<number2>\d{6})\b"
)
_ADDRESSED = re.compile(
    rf"^\W*(?:TO\s*:?\s+)?(?P<precedence>{_PRECEDENCE})?\s*(?P<to>[A-Z]{{3,14}}(?:[ ,]+[A-Z]{{3,14}})*?)?"
    rf"(?:\s+INFO\s*:?\s+(?:{_PRECEDENCE}\s+)?(?P<info>[A-Z]{{3,14}}(?:[ ,]+[A-Z]{{3,14}})*?))?\s+"
    r"C[I1]TE\b"
)
_LATE = re.compile(r"^TO\s*:\s*(?P<to>.+?)(?:\s+INFO\s*:?\s+(?P<info>.+?))?\s*\.?[Y4J]?$")
_BELOW = re.compile(
    rf"^\W*(?P<precedence>{_PRECEDENCE})?\s*(?P<to>[A-Z]{{3,}}(?:[ ,]+[A-Z]{{3,}})*?)"
    r"(?:\s+INFO\s*:?\s+(?P<info>[A-Z]{3,}(?:[ ,]+[A-Z]{3,})*))?\W*$"
)
_CODED = re.compile(r"^\W*(?P<label>TO|INFO)\s*:?\s+(?P<codes>[A-Z]{4}(?:\s+[A-Z]{4})*)\W*$")
_CODES = re.compile(r"^[A-Z]{4}(?:\s+[A-Z]{4}){1,12}$")
_STAMP = re.compile(r"\bIN\s*(?P<number>\d{5})\b")
_REF = re.compile(r"^\W{0,3}(?:P\d\s+)?(?:REF(?:ERENCES?|S)?|RE)\b\s?[:.,]?\s*(?P<rest>.*)$")
_MESSAGE = re.compile(r"\b[A-Z][A-Z ]{2,20}?\s?[\dØ]{3,6}\b")
_RELAYED = re.compile(r"\bRELAY")
_PRINTED = re.compile(
    r"CLASSIFIED MESSAGE|MESSAGE FORM|TOTAL COPIES|FILE IN CS|RELEASING|COORDINATING|AUTHENTICATING|"
    r"REPRODUCTION|ROUTING|INDEX|^\W*(?:UNIT|EXT|ORIG|DATE|CONF|INFO|ACTION|FROM)\s*[:;]"
)
_SLUG = re.compile(r"^(?:[A-Z]{4,10}(?:[-/ ]\d)?\s?){1,5}$")


def cable_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """The fields of a cable from one reading of its pages: by their places, else by lines.

    Args:
        text: the pages' text.
        sheets: the same pages as words at places.
    """
    placed = cable_form(sheets)
    told = lined = _by_lines(text)
    known = tuple(one for one in lined.to if _is_station(one))
    beside = tuple(one for one in lined.info if _is_station(one))
    number = "" if placed.originator and lined.number.startswith("DIR") != _is_own(placed) else lined.number
    # By lines alone a date of the text is easily taken for the message's.
    date = "" if placed.originator else lined.date
    info = () if placed.to else beside
    numbers = lined.numbers if number else ()
    lined = replace(lined, to=known, info=info, number=number, numbers=numbers, date=date, paragraphs=())
    written = lines_of(text)
    found = plain_head(written).over(sanitized_head(written)).over(placed.over(lined))
    apart = tuple(name for name in _CROSSED if is_apart(name, placed, told))
    return replace(found, guessed=(*found.guessed, *apart))


_CROSSED = ("originator", "number", "date", "to")
"""The fields that the places of the form and its lines tell each for itself."""


def is_apart(name: str, placed: FormFields, lined: FormFields) -> bool:
    """Whether the two ways of reading a page tell two things of a field: then it is doubtful."""
    one, other = getattr(placed, name), getattr(lined, name)
    if not one or not other:
        return False
    if name == "date":
        days = [datetime.date.fromisoformat(day) for day in (one, other)]
        return abs((days[0] - days[1]).days) > _NEAR_DAYS
    if name == "number":
        return re.sub(r"\D", "", one).lstrip("0") != re.sub(r"\D", "", other).lstrip("0")
    mine, theirs = (
        {codes().get(each, each) for each in ([told] if name == "originator" else told)}
        for told in (one, other)
    )
    return not (mine <= theirs or theirs <= mine)


_NEAR_DAYS = 4
"""Typed and stamped dates of one message are no farther apart."""


def _is_own(fields: FormFields) -> bool:
    """Whether Headquarters sent the message."""
    return fields.originator == "DIRECTOR"


def _is_station(text: str) -> bool:
    return code(text) is not None or name(text) is not None


def _by_lines(text: str) -> FormFields:
    lines = lines_of(text)
    whole = "\n".join(lines)
    head = lines[:45]
    who, number = _number(head, whole)
    group = GROUP.search(whole)
    to, info, precedence = _addressees(head)
    return FormFields(
        service=SERVICE,
        originator=_originator(who, head),
        number=number,
        numbers=tuple(dict.fromkeys((number, *(f"IN {one}" for one in _STAMP.findall("\n".join(head))))))
        if number
        else (),
        date=_date(head, lines, group),
        time_group=group.group().strip() if group else "",
        to=to,
        info=info,
        precedence=precedence,
        classification=grade_in(lines),
        captions=_captions(head),
        subject=value_of("SUBJ(?:ECT)?", head),
        references=_references(lines),
        paragraphs=labels_in(lines),
    )


def _number(head: Sequence[str], whole: str) -> tuple[str, str]:
    """Who numbers the message, and its number with the word before it."""
    top = "\n".join(line for line in head if not _REF.match(line))
    match = _REFERENCE_NUMBER.search(top) if "MESSAGE REFERENCE" in top or "OUTGOING MESSAGE" in top else None
    if match:
        who, number = match["who"] or match["who2"], match["number"] or match["number2"]
        return who, f"{who} {number}"
    match = _INCOMING.search(top)
    if match and match["who"] not in ("DIRECTOR",):
        return match["who"], f"{match['who']} {match['number'].replace('Ø', '0')}"
    match = _DOMESTIC.search(top)
    if match:
        return match["who"], f"{match['who']}-{match['number']}"
    cited = next((one for one in _OUTGOING.finditer(whole) if one["number"]), None) or _OUTGOING.search(top)
    if cited:
        who = "DIRECTOR" if cited["who"].upper() == "DIRECTOR" else "DIR"
        number = cited["number"] or _beside(head)
        return "DIRECTOR", f"{who} {number}" if number else ""
    named = _NUMBER_BY.search(
        "\n".join(line for line in head[:20] if not _REF.match(line) and not _RELAYED.search(line))
    )
    if named and not any(map(_REF.match, head[: _line_of(named[0], head)])):
        return "DIRECTOR", f"{named['who']} {named['number']}"
    return "", ""


def _line_of(words: str, head: Sequence[str]) -> int:
    return next((n for n, line in enumerate(head) if words in line), 0)


def _beside(head: Sequence[str]) -> str:
    """A number that stands alone on a line near `CITE DIR`: it was stamped beside it."""
    at = next((n for n, line in enumerate(head) if re.search(r"\bC[I1]TE\b", line)), None)
    if at is None:
        return ""
    for line in (*head[at + 1 : at + 4], *head[max(0, at - 4) : at][::-1]):
        match = re.fullmatch(r"\W*(\d{5})\W*", line)
        if match:
            return match[1]
    return ""


def _originator(who: str, head: Sequence[str]) -> str:
    told = value_of("FROM", head[:24])
    if re.search(r"\bD[I1]RECT[O0]R\b", told) or (not told and who in ("DIR", "DIRECTOR")):
        return "DIRECTOR"
    sent = next((match for line in head[:9] if (match := _SENT.search(line))), None)
    if sent is not None:
        return sent["who"].strip()
    plain = re.fullmatch(r"[A-Z][A-Z .]{3,24}", told.split("  ")[0]) if told else None
    if not told and who and who not in ("DIR", "DIRECTOR"):
        # A clean copy has the names alone, receiver above sender.
        for above, below in itertools.pairwise(head[:12]):
            if above == "DIRECTOR" and re.fullmatch(r"[A-Z][A-Z .]{3,24}", below):
                return below
    return told if plain else who


def _date(head: Sequence[str], lines: Sequence[str], group: re.Match[str] | None) -> str:
    """The date of a full time group; else of the DATE cell or a stamp, on the group's own day."""
    if group is not None and group["month"]:
        year = int(group["year"])
        year += 1900 if year < 100 else 0
        return f"{year}-{month_number(group['month']):02d}-{int(group['day']):02d}"
    # Prose speaks of other days.
    own = [line for line in (*head, *lines[len(head) :]) if is_dateline(line) or _STAMP.search(line)]
    told = [*dates_in([value_of("DATE", head)]), *dates_in(own)]
    if group is not None:
        # The stamp of receipt is of the day of sending or of one after it.
        for one in told:
            if 0 <= int(one[8:]) - int(group["day"]) <= 2:
                return f"{one[:8]}{int(group['day']):02d}"
    return told[0] if told else ""


def _addressees(head: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """To whom, for whose information, and how fast: by the telegraph line, else by the cells of the form."""
    for number, line in enumerate(head):
        match = _ADDRESSED.match(line)
        if match and (match["to"] or match["info"]):
            to, info = _stations(match["to"] or ""), _stations(match["info"] or "")
            return to or _cell(head), info, match["precedence"] or ""
        # From 1966 on the addressees stand under the line with time and number.
        if GROUP.search(line) and re.search(r"\bC[I1]TE\b", line) and number + 1 < len(head):
            below = _BELOW.match(head[number + 1])
            if below is not None:
                return _stations(below["to"]), _stations(below["info"] or ""), below["precedence"] or ""
    coded = [_CODED.match(line) for line in head]
    to = tuple(word for match in coded if match and match["label"] == "TO" for word in match["codes"].split())
    info = tuple(
        word for match in coded if match and match["label"] == "INFO" for word in match["codes"].split()
    )
    if to:
        return tuple(dict.fromkeys(to)), tuple(dict.fromkeys(info)), ""
    sent = next((match for line in head[:9] if (match := _SENT.search(line))), None)
    if sent is not None:
        told = re.search(_PRECEDENCE, " ".join(head[:4]))
        return (sent["to"].strip(),), (), told.group() if told else ""
    listed = _listed(head)
    if listed:
        return listed, (), ""
    for line in head:
        late = _LATE.match(line)
        if (
            late
            and not _codes(head)
            and "DIRECTOR" not in line[:4]
            and not re.search(r"FROM|SEE BELOW", late["to"])
        ):
            fast = re.match(rf"({_PRECEDENCE})\s+", late["to"])
            name = late["to"][fast.end() :] if fast else late["to"]
            beside = tuple(part.strip(" .") for part in (late["info"] or "").split(",") if part.strip(" ."))
            return (name.strip(" ,."),), beside, fast[1] if fast else ""
    named = next(
        (m[1] for line in head if (m := re.match(r"^TO\s+([A-Z]{4,12})\b(?!.*\b(?:FROM|FM)\b)", line))), ""
    )
    cited = [line for line in head if re.search(r"\bC[I1]TE\b", line)]
    if not named and "DIRECTOR" in head[:12] and cited and not any(map(_OUTGOING.search, cited)):
        named = "DIRECTOR"
    return _codes(head) or _cell(head) or ((named,) if named else ()), (), ""


def _listed(head: Sequence[str]) -> tuple[str, ...]:
    """Posts in full names, one after the other over several lines (`ASUNCION, BANGKOK, ...`)."""
    for number, line in enumerate(head):
        match = re.match(rf"^TO\s*:?\s+(?:{_PRECEDENCE}\s*)?(?:NO NIGHT ACTION)?[:,]?\s*(?P<rest>.*)$", line)
        if match is None:
            continue
        row = [match["rest"]]
        for below in head[number + 1 : number + 14]:
            if not below.isupper() or "," not in below or re.match(r"\d", below):
                break
            row.append(below)
        names = [part.strip(" .") for part in re.split(r",", " ".join(row)) if part.strip(" .")]
        if len(row) > 1 and len(names) > 5:
            return tuple(names)
    return ()


def _stations(text: str) -> tuple[str, ...]:
    """The stations of a telegraph line; words of precedence between them are none."""
    bare = re.sub(rf"\b{_PRECEDENCE}\b", " ", text)
    words = bare.split(",") if "," in bare else bare.split()
    return tuple(
        dict.fromkeys(name for word in words if (name := word.strip(" .")) not in ("", "TO", "INFO"))
    )


def _codes(head: Sequence[str]) -> tuple[str, ...]:
    """The grid of stations' codes of a message to many, one row under the other."""
    found = [word for line in head if _CODES.match(line) for word in line.split()]
    return tuple(dict.fromkeys(found)) if len(found) > 3 else ()


def _cell(head: Sequence[str]) -> tuple[str, ...]:
    told = value_of("TO", head)
    if not told or re.search(r"SEE BELOW|SEE ATTACHED|INFO|CITE", told):
        return ()
    return tuple(part.strip(" .") for part in re.split(r"[,;]", told) if part.strip(" ."))


def _references(lines: Sequence[str]) -> tuple[str, ...]:
    """The entries of the first REF, and those of the lines right under it."""
    found: list[str] = []
    for number, line in enumerate(lines[:60]):
        match = _REF.match(line)
        if match is None or (not match["rest"] and number > 50):
            continue
        for entry in (match["rest"], *lines[number + 1 : number + 8]):
            bare = entry.strip(" .,:")
            if found and (labels_in([entry])[:1] == ("1.",) or not _entry(bare)):
                break
            if _entry(bare):
                parts = [part for part in re.split(r"\s{3,}|;\s*(?=[A-Z]\.)", bare) if part]
                found += parts if all(map(_entry, parts)) else [" ".join(bare.split())]
            elif bare:
                break
        break
    return tuple(found)


def _entry(text: str) -> bool:
    """Whether a line is an entry of references: a message by its number, lettered or not, and little else."""
    bare = re.sub(r"^[A-H]\s?[.)]\s*", "", text)
    return not re.match(r"C[I1]TE\b", bare) and len(bare) < 60 and _MESSAGE.match(bare) is not None


def _captions(head: Sequence[str]) -> tuple[str, ...]:
    """The line of cryptonyms under the telegraph line."""
    for number, line in enumerate(head):
        if re.search(r"\bC[I1]TE\b", line):
            for below in head[number + 1 : number + 4]:
                if _SLUG.match(below) and not _PRINTED.search(below):
                    return tuple(below.split())
    return ()
