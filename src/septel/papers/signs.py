"""The signs by which a page shows what paper it is of, and whether it begins one or goes on.

Printed words of forms are found through the noise of a scan; several witnesses of one page (an engine's
reading, a text layer) are asked together.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rapidfuzz import fuzz

from septel.lexicon import letters
from septel.papers.head_lines import typed_head
from septel.papers.paper import PaperKind
from septel.papers.places import Sheet, listed_stations, sent_line, telegraph_line

LEGIBLE = 40
"""How many words are the fewest that tell in which case a page is typed."""
_GRADES = frozenset({"TOP", "SECRET", "CONFIDENTIAL", "UNCLASSIFIED", "EYES", "ONLY", "SENSITIVE"})
TOP = 16
"""How many lines with words count as the head of a page."""
_REACH = 34
"""How many lines of a page may hold its telegraph line."""
_ENDED = re.compile(r"\bEND OF (?:MESSAGE|MSG)\b|^\W*N{4}\W*$", re.IGNORECASE)
_ADDRESSED = re.compile(
    r"^\W*TO\s*[:;]?\s+(?!INFO|FROM)[A-Z]{4,}|^\W*(?:IMMEDIATE|PRIORITY|ROUTINE|DEFERRED)\s+[A-Z]{4}\b"
)
_MANY = 6
"""A line of prose has so many words at least."""
_FOOT = re.compile(
    r"^\W*(?:Distribution|cc\b|Orig\b|(?:Acting |Deputy )?Chief\b|Director\b|"
    r"[A-Z]{1,4}(?:/[A-Z0-9&]{1,4}){1,4}\b)",
    re.IGNORECASE,
)
"""What stands under a signature: it holds a page of few words to the one before."""
_CLOSED = re.compile(r"^\W*(?:Enclosures?|Attachments?|Encls?|Atts?)\b\W{0,3}(?:$|[:.]|as\b)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"^\W{0,3}(?P<n>\d{1,2})\s?[.,]\s?-*\s*[A-Z]")
_GARBLED_FIRST = re.compile(r"^\W{0,2}[1lI|][A-Za-z.,]?[.,]?\s+[A-Z]{4,}\s+[A-Z]{2,}")
_BAR = re.compile(
    r"RELEASE UNDER THE|^\W*1[34]-?0{4,}\W*$|^\W*\d{3}-\d{5}-\d{5}\W*$|^\W*NW \d{4,6}\b|"
    r"^\W*(?:!\[|> \[Figure)"
)
"""What those who released, scanned or described a page have put on it: it shows nothing of the paper."""
_CELL = re.compile(r"\W*(?:\d{1,2}[A-Z]?[.)]|\([A-Z]\))?\s*[A-Z][A-Z /()'-]{3,}(?:$|[:.])")
_FEW = 12
"""Fewer lines than this make no form."""
_SENTENCE = 12
"""How many letters behind its number a paragraph has at least."""

ALIKE, ALIKE_LONG = 88.0, 85.0
"""How much of a phrase must stand on a line, of a hundred (`rapidfuzz.fuzz.partial_ratio`): short, long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSigns:
    """What one page shows.

    Attributes:
        kinds: the weight of each kind of paper.
        begins: kinds whose beginning the page shows, with weights.
        continues: how strongly it shows that it goes on with what stands before it.
        legible: how many words an engine could read.
        capitals: the share of capitals among the letters of words; None where there are too few.
        prose: the share of its words that stand in lines of many: forms have few such lines.
        long: the share of its words that are long: handwriting gives an engine short ones.
        labelled: the share of its lines that are a cell's label, or cells of a table.
        ended: whether a message ends on it.
        addressed: whether its head has a filled TO cell, or a precedence before stations.
        marked: whether it bears nothing but a classification.
        first: whether its first numbered paragraph is the first of a message.
        numbered: whether it has a numbered paragraph, a signer or a distribution, as later pages have.
        closed: whether its foot names enclosures: what it is a page of ends on it.
        why: the signs in words.
    """

    kinds: dict[PaperKind, int]
    begins: dict[PaperKind, int]
    continues: int
    legible: int
    capitals: float | None
    prose: float
    long: float
    labelled: float
    ended: bool
    addressed: bool
    marked: bool
    first: bool
    closed: bool
    numbered: bool
    why: tuple[str, ...]


_SHEET = 8
"""So much speaks for a record sheet where most of its labels are read."""


def signs_of(witnesses: Sequence[str]) -> PageSigns:
    """The signs of one page, from all readings of it that there are."""
    kinds: dict[PaperKind, int] = defaultdict(int)
    begins: dict[PaperKind, int] = defaultdict(int)
    why: list[str] = []
    continues = 0
    pages = [[line.strip() for line in text.split("\n") if _wordy(line)] for text in witnesses]
    whole = [[letters(line) for line in lines] for lines in pages]
    for sign in shipped():
        if any(
            stands(sign.phrase, _printed(sign, lines, written))
            for lines, written in zip(whole, pages, strict=True)
        ):
            why.append(sign.phrase.lower())
            kinds[sign.kind] += sign.weight
            if sign.shows == "begins":
                begins[sign.kind] += sign.weight
            elif sign.shows == "continues":
                continues += sign.weight
    for lines in pages:
        if _first_label(lines) in (None, 1) and _is_wired(lines):
            kinds[PaperKind.CABLE] = max(kinds[PaperKind.CABLE], 3)
            begins[PaperKind.CABLE] = max(begins[PaperKind.CABLE], 3)
            why.append("a telegraph line")
        # Each witness speaks for the whole page; the strongest counts.
        head = typed_head(lines[:TOP])
        for kind, weight in head.begins.items():
            begins[kind] = max(begins[kind], weight)
            kinds[kind] = max(kinds[kind], weight)
        for kind, weight in head.kinds.items():
            kinds[kind] = max(kinds[kind], weight)
        continues = max(continues, head.later)
        why += head.why
    if begins[PaperKind.COVER] >= _SHEET:
        # A record sheet tells title and kind of another paper.
        kinds = defaultdict(int, {PaperKind.COVER: kinds[PaperKind.COVER]})
        begins = defaultdict(int, {PaperKind.COVER: begins[PaperKind.COVER]})
    if any(map(_lists_stations, pages)):
        # Whom a message to many went to, on pages behind it.
        kinds[PaperKind.CABLE] = max(kinds[PaperKind.CABLE], 3)
        begins.pop(PaperKind.CABLE, None)
        continues = max(continues, 3)
        why.append("a list of stations")
    firsts = [first for lines in pages if (first := _first_label(lines)) is not None]
    if firsts and min(firsts) > 1:
        continues = max(continues, 2)
        if begins.get(PaperKind.MEMORANDUM, 0) == 2 or (min(firsts) > 3 and PaperKind.MEMORANDUM in begins):
            # A later page repeats the subject.
            del begins[PaperKind.MEMORANDUM]
            continues = 3
        why.append(f"its paragraphs begin with {min(firsts)}")
    words = [[word for line in lines for word in line.split() if len(letters(word)) > 2] for lines in pages]
    best = max(words, key=len, default=[])
    shown = "".join(character for word in best for character in word if character.isalpha())
    marked = bool(best) and len(best) < 14 and sum(letters(word) in _GRADES for word in best) * 3 >= len(best)
    return PageSigns(
        kinds=dict(kinds),
        begins=dict(begins),
        continues=continues,
        legible=len(best),
        capitals=sum(map(str.isupper, shown)) / len(shown) if len(best) >= LEGIBLE else None,
        prose=max((_prose(lines) for lines in pages), default=0.0),
        long=sum(len(letters(word)) > 4 for word in best) / max(1, len(best)),
        labelled=max((_labelled(lines) for lines in pages), default=0.0),
        ended=any(_ENDED.search(line) for lines in pages for line in lines) or _ends(whole),
        addressed=any(_ADDRESSED.match(line) for lines in pages for line in lines[:TOP]),
        marked=marked,
        first=bool(firsts) and min(firsts) == 1,
        numbered=bool(firsts) or any(_FOOT.match(line) for lines in pages for line in lines),
        closed=any(_CLOSED.match(line) for lines in pages for line in lines[-14:]),
        why=tuple(dict.fromkeys(why)),
    )


def _printed(sign: FormSign, lines: Sequence[str], written: Sequence[str]) -> Sequence[str]:
    """The lines that may bear a phrase: the name of a form stands nearly alone, a text may speak of it.

    Args:
        sign: the phrase.
        lines: the letters of the lines.
        written: the lines as they stand.
    """
    long = len(sign.phrase)
    named = sign.kind in (PaperKind.FORM, PaperKind.OTHER_CABLE, PaperKind.ROUTING_SHEET)
    wide = 2.2 * long + 6 if named else 10_000
    own = 0 if named else 1.5 * long if long < _SENTENCES else 4 * long
    return [
        line
        for line, whole in zip(lines, written, strict=True)
        if len(line) <= wide and (len(line) <= own or not _is_spoken(whole))
    ]


_SENTENCES = 24
"""A printed phrase of so many letters is a sentence itself."""


def _is_spoken(line: str) -> bool:
    """Whether a line is of a sentence: it has small words and ends with a stop, or begins small."""
    words = line.split()
    small = sum(word.islower() for word in words)
    return small >= 2 and (line.rstrip().endswith((".", ",", ";", "-")) or words[0].islower())


def _first_label(lines: Sequence[str]) -> int | None:
    """The number of the first numbered paragraph of a page; None where none is told."""
    found = [
        int(match["n"])
        for line in lines
        if (match := _PARAGRAPH.match(line)) and len(letters(line[match.end() :])) >= _SENTENCE
    ]
    if 1 in found or (found[:1] == [2] and any(_GARBLED_FIRST.match(line) for line in lines[: TOP + 8])):
        return 1
    return found[0] if found and found[0] <= 30 else None


def _is_wired(lines: Sequence[str]) -> bool:
    """Whether a page's head has the telegraph line of a cable: addressees, who cites it, and its number."""
    # A wire is typed in capitals; words of prose are like codes of stations.
    sheet = Sheet.of_lines([line for line in lines[:_REACH] if _is_capital(line)])
    line = telegraph_line(sheet)
    told = line is not None and bool(line.to) and (line.cited or bool(line.who and line.number))
    return told or sent_line(sheet) is not None


def _lists_stations(lines: Sequence[str]) -> bool:
    """Whether most letters of a page are of stations' names or codes, row under row."""
    whole = sum(map(len, lines))
    if not 0 < whole < _LISTED or _first_label(lines) is not None:
        return False
    shown = [sign for line in lines for sign in line if sign.isalpha()]
    if sum(map(str.isupper, shown)) < 0.9 * len(shown):
        return False  # the lists are typed in capitals
    listed = listed_stations(Sheet.of_lines(lines))
    return sum(len(letters(one)) for one in listed) >= 0.5 * len(shown)


_LISTED = 1500
"""A page that lists stations has fewer signs than this."""


def _is_capital(line: str) -> bool:
    """Whether most letters of a line are capitals."""
    return 2 * sum(map(str.islower, line)) <= sum(map(str.isupper, line))


def _ends(whole: Sequence[Sequence[str]]) -> bool:
    return any(
        9 <= len(line) <= 40 and fuzz.partial_ratio("ENDOFMESSAGE", line, score_cutoff=86)
        for lines in whole
        for line in lines
    )


def _prose(lines: Sequence[str]) -> float:
    """The share of a page's words that stand in lines of many words."""
    counts = [sum(len(letters(word)) > 1 for word in line.split()) for line in lines if "|" not in line]
    return sum(one for one in counts if one >= _MANY) / max(1, sum(counts))


def _labelled(lines: Sequence[str]) -> float:
    """The share of lines that are a cell's label in capitals, or cells of a table; none of a few lines."""
    if len(lines) < _FEW:
        return 0.0
    return sum("|" in line or (len(line.split()) <= 6 and bool(_CELL.match(line))) for line in lines) / len(
        lines
    )


def _wordy(line: str) -> bool:
    return sum(map(str.isalnum, line)) >= 3 and not _BAR.search(line)


@dataclass(frozen=True, slots=True)
class FormSign:
    """A printed phrase of a form: what it shows (`begins`, `continues`, or only the `form`), how strongly."""

    kind: PaperKind
    shows: str
    weight: int
    phrase: str


@lru_cache(maxsize=1)
def shipped() -> tuple[FormSign, ...]:
    """The phrases that come with the package."""
    text = (resources.files("septel.papers") / "data" / "signs.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(
        FormSign(
            PaperKind(row["kind"] if row["kind"] != "cover" else "rif-cover"),
            row["sign"],
            int(row["weight"]),
            letters(row["phrase"]),
        )
        for row in rows
    )


def stands(phrase: str, lines: Sequence[str]) -> bool:
    """Whether a phrase stands on a line, or over the end of one, whole or nearly so."""
    alike = ALIKE_LONG if len(phrase) >= 16 else ALIKE
    for number, line in enumerate(lines):
        if phrase in line:
            return True
        near = len(phrase) > 7 and len(phrase) - 2 <= len(line) <= len(phrase) * 4
        if near and fuzz.partial_ratio(phrase, line, score_cutoff=alike):
            return True
        if number + 1 < len(lines) and len(line) < len(phrase) and phrase in line + lines[number + 1]:
            return True
    return False
