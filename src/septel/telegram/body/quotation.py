"""What stands within the text and is not the drafter's running words: quotations and excisions.

Quotations are found by the words that teletypes used for marks: QUOTE and UNQUOTE (ACP 127, para. 134), BEGIN
TEXT and END TEXT. Excisions are found by what editors and reviewers put in their place: bracketed notes of
*Foreign Relations*, `(3 lines excised)`, brackets around nothing, black boxes. None is ever filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from septel.telegram.body.running_text import join
from septel.telegram.lines import TelegramLine, locus_in, runs
from septel.telegram.model import Excision, Quotation
from septel.text import Reading

_MARK = re.compile(
    r"\b(?P<close>UNQUOTE|UNQTE|UNQUOT|END (?:OF )?(?:QUOTE|QTE)"
    r"|END (?:OF )?(?P<ended>TEXT|MESSAGE|LETTER|STATEMENT))\b"
    r"|\b(?P<open>(?:BEGIN )?(?:QUOTE|QTE)|BEGIN (?P<begun>TEXT|MESSAGE|LETTER|STATEMENT))\b[:.]?"
)
_AUTHORITY = r"(?P<authority>\(?[Bb]\)?\s?\(?[1-9]\)?(?:\([A-Za-z]\))?|1\.[3-5]\s?\(?[A-Ha-h]\)?|25\s?X\s?\d)"
_UNIT = r"(?P<unit>lines?|paragraphs?|words?|pages?|sentences?|names?|columns?)"
_EXCISION = re.compile(
    rf"\[(?P<least>less than |fewer than )?(?P<amount>\d+(?:[-–]\d+/\d|½|¼|¾)?|[a-z]+) {_UNIT}"
    r"(?: \((?P<inner>\d+(?:[-–]\d+/\d)?) lines?\))?(?: of (?:the )?(?:source )?text)? "
    r"(?:not declassified|excised|deleted|sanitized|omitted)\]"
    r"|\[(?P<what>[a-z ,-]{3,60}?) not declassified\]"
    rf"|\((?:approximately )?(?P<amount2>\d+|[a-z]+) {_UNIT.replace('unit', 'unit2')} "
    r"(?:excised|deleted|sanitized)\)"
    r"|\[(?P<word>excised|deleted|redacted|sanitized|portions? (?:denied|excised))\]"
    r"|(?P<blank>\[(?:\s{3,}|_{2,})\])|(?P<box>[█■▇▮▓]{2,})",
    re.IGNORECASE,
)
_CODE = re.compile(r"\s{0,3}" + _AUTHORITY)
_BEGUN = ("TEXT", "MESSAGE", "LETTER", "STATEMENT")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_BOXES = frozenset("█■▇▮▓")
_WORDS = ("EXCISED", "DELETED", "SANITIZED")


@dataclass(slots=True)
class _Open:
    kind: str
    index: int
    start: int
    mark: int


def excisions(lines: list[TelegramLine], reading: Reading) -> tuple[Excision, ...]:
    """Every place where a reviewer or an editor says, or shows, that something was taken out."""
    found: list[Excision] = []
    whole = reading.text
    if not _may_hold_excisions(whole):
        return ()
    for line in lines:
        text = line.text
        for match in _EXCISION.finditer(text):
            code = _CODE.match(text, match.end())
            found.append(_excision(match, code, line, reading))
    return tuple(found)


def _may_hold_excisions(whole: str) -> bool:
    if "[" in whole or not (whole.isascii() or _BOXES.isdisjoint(whole)):
        return True
    if "D)" not in whole and "d)" not in whole:
        return False  # all forms but brackets and boxes end so
    capitals = whole.upper()
    return any(word in capitals for word in _WORDS)


def _excision(
    match: re.Match[str], code: re.Match[str] | None, line: TelegramLine, reading: Reading
) -> Excision:
    unit = match.group("unit") or match.group("unit2") or ""
    told = match.group("amount") or match.group("amount2") or ""
    if match.group("box"):
        unit, told = "characters", str(len(match.group("box")))
    amount = int(told) if told.isdigit() else _NUMBERS.get(told.lower())
    return Excision(
        unit=unit.lower().rstrip("s") if unit else (match.group("what") or "").strip().lower(),
        amount=amount,
        less=bool(match.group("least")),
        authority=" ".join(code.group("authority").split()) if code else None,
        raw=match.group(),
        line=line.number,
        locus=locus_in(reading, line, match.start(), match.end()),
    )


def may_quote(text: str) -> bool:
    """Whether any mark of a quotation stands in a text."""
    return (
        "QUOTE" in text
        or "QTE" in text
        or ("BEGIN " in text and any(f"BEGIN {kind}" in text for kind in _BEGUN))
    )


def quotations(lines: list[TelegramLine], reading: Reading, parts: dict[int, str]) -> tuple[Quotation, ...]:
    """The quotations of a text, outer ones before those within them.

    What is not closed runs to the end of its paragraph.
    """
    found: list[tuple[int, int, Quotation]] = []
    stack: list[_Open] = []
    closes = max(
        (n for n, line in enumerate(lines) if "UNQUOT" in line.text or "UNQTE" in line.text), default=-1
    )
    for index, line in enumerate(lines):
        open_quote = bool(stack) and stack[-1].kind == "quote" and index > closes
        if open_quote and parts.get(line.number) != parts.get(lines[stack[-1].index].number):
            while stack and stack[-1].kind == "quote":
                found.append(_closed(stack.pop(), lines, index - 1, None, reading, parts))
        if not any(mark in line.text for mark in ("QUOTE", "QTE", "UNQUOT", "BEGIN", "END ")):
            continue
        for match in _MARK.finditer(line.text):
            if match.group("open"):
                kind = (match.group("begun") or "quote").lower()
                stack.append(_Open(kind, index, match.end(), match.start()))
                continue
            kind = (match.group("ended") or "quote").lower()
            at = next((i for i in range(len(stack) - 1, -1, -1) if stack[i].kind == kind), None)
            if at is not None:
                found.append(_closed(stack[at], lines, index, match.start(), reading, parts))
                del stack[at:]
    while stack:
        found.append(_closed(stack.pop(), lines, len(lines) - 1, None, reading, parts))
    found.sort(key=lambda one: (one[0], one[1]))
    return tuple(quotation for _, _, quotation in found)


def _closed(
    begun: _Open,
    lines: list[TelegramLine],
    last: int,
    stop: int | None,
    reading: Reading,
    parts: dict[int, str],
) -> tuple[int, int, Quotation]:
    taken = lines[begun.index : last + 1]
    texts = [line.text for line in taken]
    if stop is not None:
        texts[-1] = texts[-1][:stop]
    texts[0] = texts[0][begun.start :]
    text = join([(one.strip(), n > 0 and taken[n].gap) for n, one in enumerate(texts)])
    quotation = Quotation(
        kind=begun.kind,
        text=text,
        paragraph=parts.get(taken[0].number),
        closed=stop is not None,
        lines=tuple(line.number for line in taken),
        loci=runs(reading, taken),
    )
    return begun.index, begun.mark, quotation


def within(quotation: Quotation, lines: list[TelegramLine]) -> Iterator[TelegramLine]:
    """The lines between the marks of a quotation, for reading a quoted telegram; the marks are cut off."""
    numbers = set(quotation.lines)
    first, last = quotation.lines[0], quotation.lines[-1]
    for line in lines:
        if line.number not in numbers:
            continue
        begin, end = 0, len(line.text)
        marks = list(_MARK.finditer(line.text))
        if line.number == first:
            begin = next((mark.end() for mark in marks if mark.group("open")), end)
        if line.number == last and quotation.closed:
            end = next((mark.start() for mark in reversed(marks) if mark.group("close")), begin)
        part = line.text[begin:end].strip(" :.") if (begin, end) != (0, len(line.text)) else line.text
        if part == line.text:
            yield line
        elif any(map(str.isalnum, part)):
            cut = line.unread()
            at = line.text.index(part, begin)
            cut.text, cut.start, cut.indent = part, line.start + at, line.indent + at
            yield cut
