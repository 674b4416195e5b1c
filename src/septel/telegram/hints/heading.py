"""Hints from the lines that stand in known places: page heads, addresses, class line, labels, signature.

A line that is known by distance is hinted as its form writes it; a line of a closed list that is read plainly
is hinted as it stands, so that no guess of language changes it. What the form leaves open (the text behind a
label, figures that can't be read) is left to the restorer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rapidfuzz.distance import Levenshtein

from septel.lexicon import Classification, Lexicon, shapes
from septel.telegram.lines import ClassifiedLines, LineKind, TelegramLine, locus_in
from septel.telegram.lines import fuzzy_fields as near
from septel.telegram.lines import fuzzy_phrases as noisy
from septel.telegram.model import Telegram
from septel.text import Reading, Span

_LEADS = ("AMEMBASSY", "AMCONSUL", "USMISSION", "SECSTATE WASHDC", "SECSTATE")
_PLAIN = frozenset({LineKind.CLASS, LineKind.PAGE, LineKind.PREAMBLE, LineKind.CAPTION})
_ADDRESSES = {LineKind.FROM: "FM ", LineKind.TO: "TO ", LineKind.INFO: "INFO "}
_MOST_CODES = 4

Told = tuple[Span, str, tuple[str, ...]]


def heading_hints(
    walk: ClassifiedLines, telegram: Telegram, reading: Reading, lexicon: Lexicon
) -> Iterator[Told]:
    """Span, reason in words, and the texts that may stand there."""
    for line in walk.lines:
        yield from _line(line, walk, telegram, reading, lexicon)
    signature = telegram.signature
    if signature is not None and signature.value in lexicon.signers:
        yield signature.locus.span, "the signature", (signature.value, *signature.alternatives)


def _line(
    line: TelegramLine, walk: ClassifiedLines, telegram: Telegram, reading: Reading, lexicon: Lexicon
) -> Iterator[Told]:
    number, text = line.number, line.text

    def span(start: int, end: int) -> Span:
        return locus_in(reading, line, start, end).span

    begin = walk.begins.get(number)
    if number in walk.near_pages:
        page = walk.near_pages[number]
        if page.post is not None and page.post == _post(telegram):
            end, told = page.end, f"PAGE {page.page:02d} {page.post}"
            if len(page.serials) == 1:
                told += f" {int(page.serials[0]):05d}"
            else:
                end = page.start + len(text[page.start : page.end].rsplit(None, 1)[0])
            yield span(0, end), "the head of every page", (told,)
    elif number in walk.near_classes:
        yield from _class(line, walk, span(0, walk.near_classes[number].end), telegram)
    elif line.kind is LineKind.PREAMBLE and number not in walk.matches:
        found = noisy.near_preamble(text, lexicon)
        if found is not None:
            match, (day, hour, minute, _, _) = found
            at = span(match.start("group"), match.end("zone"))
            yield at, "a date-time group", (f"{day:02d}{hour:02d}{minute:02d}Z",)
    elif line.kind in _ADDRESSES:
        plain = walk.matches.get(number)
        if plain is not None:
            begin = plain.start("name") if "name" in plain.re.groupindex else None
        yield from _station(line, begin, span, lexicon)
    elif line.kind is LineKind.EO:
        told_order = near.order(text)
        if told_order is not None:
            end = told_order[1] + 5
            yield span(0, end), "the line of the executive order", (f"E.O. {told_order[0]}",)
    elif begin is not None and line.kind in (LineKind.TAGS, LineKind.SUBJECT, LineKind.REFERENCE):
        name = {LineKind.TAGS: "TAGS", LineKind.SUBJECT: "SUBJECT", LineKind.REFERENCE: "REF"}[line.kind]
        if name == "SUBJECT" and len(text[:begin].strip()) < 7:
            name = "SUBJ"
        yield span(0, len(text[:begin].rstrip())), "a label of the heading", (f"{name}:",)
    elif line.kind in _PLAIN and number in walk.matches and _is_typed(text):
        yield span(0, len(text)), "a line of the heading that can be read", (text,)
    elif line.kind is LineKind.MARKING and number in walk.garbled:
        named = near.marking(text)
        if named is not None:
            yield span(0, len(text)), "the marking of every page", (named,)
    if line.kind is LineKind.TAGS:
        yield from _codes(line, begin or 5, span, lexicon)


def _is_typed(text: str) -> bool:
    return re.fullmatch(r"[A-Z0-9 .,:;/()'-]+", text) is not None


def _post(telegram: Telegram) -> str | None:
    number, origin = telegram.heading.number, telegram.heading.originator
    if number is not None and number.value.post is not None:
        return number.value.post
    return origin.value.post if origin is not None else None


def _class(line: TelegramLine, walk: ClassifiedLines, span: Span, telegram: Telegram) -> Iterator[Told]:
    found = walk.near_classes[line.number]
    number = telegram.heading.number
    if len(found.grades) != 1 or number is None or number.alternatives:
        return
    if found.serials and str(number.value.serial) not in found.serials:
        return
    seen = line.text[found.start : found.end].split()[-1]
    serial = str(number.value.serial).zfill(min(5, len(seen)))
    grade = _written(line.text[: found.grade_end], found.grades[0])
    yield span, "the class line gives grade, post and number", (f"{grade} {found.post} {serial}",)


def _written(seen: str, grade: Classification) -> str:
    """The form of a grade that the seen text comes nearest to, spaced or not."""
    return min(grade.forms, key=lambda form: (Levenshtein.distance(seen, form), form))


def _station(
    line: TelegramLine, begin: int | None, span: Callable[[int, int], Span], lexicon: Lexicon
) -> Iterator[Told]:
    text = line.text
    start = begin or 0
    label = _ADDRESSES[line.kind] if begin is not None else ""
    tail = re.search(r"\s+(?:(?:NIACT|FLASH|IMMEDIATE|PRIORITY|ROUTINE)\s*)*\S*\d\S*\W*$", text[start:])
    end = start + tail.start() if tail else len(text)
    name = text[start:end].rstrip(" .,;:")
    post = near.station(name, lexicon)
    if post is None:
        return
    lead = min(_LEADS, key=lambda one: Levenshtein.distance(shapes(name)[: len(shapes(one))], shapes(one)))
    if post.kind == "department":
        whole = "SECSTATE WASHDC" if " " in name else "SECSTATE"
        told = whole if lead.startswith("SECSTATE") else ""
    elif lead.startswith(("AM", "USM")) and lexicon.post(name) is None:
        told = f"{lead} {post.name}"
    else:
        told = " ".join(name.split()) if _is_typed(name) else ""
    if told:
        yield span(0, start + len(name)), "an address", (label + told,)


def _codes(
    line: TelegramLine, begin: int, span: Callable[[int, int], Span], lexicon: Lexicon
) -> Iterator[Told]:
    """Codes of the TAGS line: known ones and two letters (a country) stand.

    Of an unknown code those one sign away may stand.
    """
    for word in re.finditer(r"(?<![^\s,])(?:[A-Z]{2}|[A-Z0-9“\"'$&|/]{4,5})(?=[\s,.;]|$)", line.text[begin:]):
        code = word.group()
        if code in lexicon.tags or len(code) == 2:
            options: tuple[str, ...] = (code,)
        else:
            options = tuple(
                sorted(tag for tag in lexicon.tags if len(tag) == 4 and Levenshtein.distance(code, tag) == 1)
            )
        if 1 <= len(options) <= _MOST_CODES:
            yield span(begin + word.start(), begin + word.end()), "a code of the TAGS list", options
