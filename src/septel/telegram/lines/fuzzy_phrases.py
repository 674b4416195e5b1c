"""How a line of a bad copy is known: by its distance from the few things that stand in its place.

Nothing here guesses words of the text. Only lines of closed lists and fixed forms are recognised, and
each rule says how far a line may be from its form. Thresholds are shares of the form's length.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from septel.lexicon import Classification, Folded, Lexicon, fold, numerals, shapes
from septel.telegram.lines.line import LineKind, TelegramLine
from septel.telegram.lines.reviews import tells_review

DEPARTMENT_FOOTERS = (
    "NOT TO BE REPRODUCED WITHOUT THE AUTHORIZATION OF THE EXECUTIVE SECRETARY",
    "REPRODUCTION FROM THIS COPY IS PROHIBITED UNLESS UNCLASSIFIED",
)
FOOTERS = (*DEPARTMENT_FOOTERS, "REPRODUCTION BY OTHER THAN THE ISSUING OFFICE IS PROHIBITED")
"""What may stand at the foot of each page; the last, of the Agency's forms, has other wordings besides."""
_FOOTERS = tuple(shapes(footer) for footer in FOOTERS)
_STAMP = shapes("UNCLASSIFIED")
_SUMMARY_END = tuple(shapes(form) for form in ("END OF SUMMARY", "END SUMMARY"))
_SUMMARY = shapes("SUMMARY")
_BEGIN_SUMMARY = shapes("BEGIN SUMMARY")
_COMMENT = shapes("COMMENT")
_SUBJECT = tuple(shapes(form) for form in ("SUBJECT", "SUBJ"))
_PASS = shapes("DEPT PLEASE PASS")
_SECTION = shapes("SECTION")
_FINAL = shapes("FINAL")
_TAIL_NUMBER = re.compile(r"(\S{2,6})\W*$")


_SERIES_FORM = re.compile(r"[A-Z]{3}TO|TO[A-Z]{3,5}")


@dataclass(frozen=True, slots=True)
class ClassLine:
    """What a garbled class line still tells."""

    grades: tuple[Classification, ...]
    n: int | None
    of: int | None
    post: str
    serials: tuple[str, ...]
    serial_raw: str


_SPECK = re.compile(r"[^A-Z0-9(]*[a-z]{0,3}[^A-Z0-9()]*\Z")
_LEAD = re.compile(r"(?:[^A-Za-z0-9(\s\"]+\s*)+")


def core(text: str) -> tuple[int, str]:
    """A line without the specks that stand before and after it, and how many characters were before it.

    A speck is a word without a capital or a figure (`;`, `oo`, `ar`) at the end, or marks at the beginning.
    """
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    words = list(re.finditer(r"\S+", text[start:]))
    while len(words) > 1 and _SPECK.match(words[-1].group()):
        words.pop()
    return start, text[start : start + words[-1].end()].rstrip(".,;:'’") if words else ""


def is_scrap(text: str) -> bool:
    """Whether a line holds next to nothing: dirt, not words."""
    return len(text) <= 14 and sum(c.isalnum() for c in text) <= 2


def _close(seen: str, form: str, share: float) -> bool:
    return Levenshtein.distance(seen, form, score_cutoff=int(share * len(form))) <= share * len(form)


def prefix(text: str, forms: Iterable[str], share: float = 0.3) -> int | None:
    """Where in `text` a garbled first word of one of these folded forms ends; None when none is near."""
    folded = fold(text)
    best: tuple[float, int] | None = None
    for form in forms:
        for length in range(len(form) - 1, len(form) + 3):
            if length > len(folded.text):
                break
            distance = Levenshtein.distance(folded.text[:length], form) / len(form)
            if distance <= share and (best is None or distance < best[0]):
                best = (distance, length)
    if best is None:
        return None
    end = folded.positions[best[1] - 1] + 1
    rest = re.match(r"\S*", text[end:])
    # A garbled colon clings to the word; more than two characters are another word.
    return end + rest.end() if rest and len(rest.group()) <= 2 else end


def is_footer(text: str) -> str | None:
    """The footer that a line is, whole or a piece of, the likest of several; None when it is none."""
    seen = shapes(text)
    if len(seen) < 12:
        return None
    likest = max(zip(FOOTERS, _FOOTERS, strict=True), key=lambda one: _like_footer(seen, one[1]))
    return likest[0] if _like_footer(seen, likest[1]) else None


def _like_footer(seen: str, form: str) -> float:
    """How like a footer a line is, of 100; nought where it is none."""
    if len(seen) > 0.6 * len(form):
        likeness = fuzz.ratio(seen, form)
        return likeness if likeness >= 62 else 0.0
    likeness = fuzz.partial_ratio(seen, form)
    return likeness if likeness >= 78 and len(seen) >= 16 else 0.0


@lru_cache(maxsize=4096)
def is_stamp(text: str) -> bool:
    """Whether a line alone is the word UNCLASSIFIED."""
    return _is_like_stamp(text) and not tells_review(text)


def _is_review(text: str) -> bool:
    """Whether a line alone is the word DECLASSIFIED or CLASSIFIED of a stamp."""
    return _is_like_stamp(text) and tells_review(text)


def _is_like_stamp(text: str) -> bool:
    seen = shapes(text)
    return 8 <= len(seen) <= 15 and _close(seen, _STAMP, 0.34)


def summary_start(text: str) -> int | None:
    """Where the word SUMMARY at the beginning of a line ends."""
    return prefix(text, (_SUMMARY, _BEGIN_SUMMARY))


def summary_end(text: str) -> int | None:
    """Where at the end of a line END OF SUMMARY begins."""
    folded = fold(text)
    for form in _SUMMARY_END:
        for length in (len(form), len(form) - 1, len(form) + 1):
            if len(folded.text) >= length and _close(folded.text[-length:], form, 0.26):
                return folded.positions[-length]
    return None


def comment_start(text: str) -> int | None:
    """Where the word COMMENT at the beginning of a paragraph ends."""
    return prefix(text, (_COMMENT,), 0.26)


def subject_start(text: str) -> int | None:
    """Where the word SUBJECT at the beginning of a line ends."""
    return prefix(text, _SUBJECT[:1], 0.3)


def is_pass(text: str) -> bool:
    """Whether a line begins an instruction to pass the telegram on."""
    seen = shapes(text)
    return len(seen) >= 14 and fuzz.partial_ratio(_PASS, seen[:22]) >= 70


def near_caption(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The captions that a short garbled line may be, nearest first; empty when none is near."""
    seen = shapes(text)
    # What ends with a colon is a label.
    if (
        not 3 <= len(seen) <= 10
        or text.rstrip().endswith(":")
        or (" " in text.strip() and len(text.split()) > 3)
    ):
        return ()
    near = [n for n in lexicon.near_captions(text) if n.distance <= max(2, 0.5 * n.length) and n.length <= 7]
    if not near:
        return ()
    least = min(n.distance / n.length for n in near)
    return tuple(n.entry.code for n in near if n.distance / n.length <= least + 0.2)


def near_series(text: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...], int] | None:
    """A garbled series line: its name, the numbers it may bear, and where the number begins."""
    words = text.split()
    if len(text) > 24 or not words:
        return None
    if _SERIES_FORM.fullmatch(words[0]) and words[0] not in lexicon.series_names:
        # A name of that form that can be read is another delegation's, not a garble of a listed one.
        return None
    folded = fold(text)
    best: tuple[float, str, tuple[str, ...], int] | None = None
    for series in lexicon.series:
        form = shapes(series.name)
        for length in range(len(form) - 1, len(form) + 3):
            if not 0 < length < len(folded.text):
                continue
            at = folded.positions[length]
            # The number is a word of its own.
            if text[folded.positions[length - 1] + 1 : at].strip(".,'") != " ":
                continue
            distance = Levenshtein.distance(folded.text[:length], form) / len(form)
            figures = numerals(text[at:])
            if (
                distance <= 0.4
                and figures
                and 1 <= len(figures[0]) <= 5
                and (best is None or distance < best[0])
            ):
                best = (distance, series.name, figures, at)
    return best[1:] if best else None


def is_final(text: str) -> bool:
    """Whether a class line calls its section the final one."""
    # The grade before it may be one word, or letters apart: C O N F I D E N T I A L FINAL SECTION OF 2.
    words = [word for word in text.split() if len(word) > 1]
    return any(Levenshtein.distance(shapes(word), _FINAL) <= 1 for word in words[:4])


def class_line(text: str, lexicon: Lexicon) -> ClassLine | None:
    """A garbled class line of a section: `S E C R E T SECTION 2 OF 2 HELSINKI 1321`."""
    if len(text) > 75 or tells_review(text):
        return None
    tail = _TAIL_NUMBER.search(text)
    serials = numerals(tail.group(1)) if tail else ()
    if not tail or not serials or not 2 <= len(serials[0]) <= 6:
        return None
    folded = fold(text[: tail.start()])
    where = fuzz.partial_ratio_alignment(_SECTION, folded.text)
    if where is None or where.score < 70 or where.dest_start < 3:
        return None
    grades = lexicon.near_classifications(text[: folded.positions[where.dest_start]])
    kept = [g for g in grades if g.distance <= 0.55 * g.length]
    if not kept or sum(c.isdigit() for c in tail.group(1)) < 2:
        return None
    rest = text[folded.positions[where.dest_end - 1] + 1 : tail.start()]
    before = text[: folded.positions[where.dest_start]].split()
    final = bool(before) and Levenshtein.distance(shapes(before[-1]), _FINAL) <= 2 and len(before) > 1
    counts = re.match(r"\W*(\S{1,2})\s+(.*)$", rest)
    n = numerals(counts.group(1)) if counts else ()
    after = counts.group(2) if counts else rest
    words = after.split()
    of: int | None = None
    if len(words) >= 2:
        last = numerals(words[-2])
        if last and len(last) == 1 and words[-2].strip(".,").isdigit() and len(last[0]) == 1:
            of = int(last[0])
    post = words[-1] if words else ""
    first = int(n[0]) if len(n) == 1 and len(n[0]) <= 2 else None
    return ClassLine(
        grades=tuple(g.entry for g in kept),
        n=of if final and first is None else first,
        of=of,
        post=post,
        serials=serials,
        serial_raw=tail.group(1),
    )


_PREAMBLE = re.compile(
    r"(?P<signs>(?:[ZOPR0][.,]?\s+){0,3}|[A-Z]{2,3}\s+)(?P<group>[0-9OoQDIl|!ZSBG]{6})\s?(?P<zone>[Zz27])\s+"
    r"(?P<month>[A-Z0-9]{3,9})[^A-Z0-9\s]?\s+(?P<year>[0-9OoIlSBZ]{2})[^A-Z0-9\s]{0,3}(?:\s+\S{1,3}){0,4}$"
)


def near_preamble(text: str, lexicon: Lexicon) -> tuple[re.Match[str], tuple[int, int, int, int, int]] | None:
    """A preamble with look-alikes in its date-time group: `R 0710122 MAY 69`, `P O5I42OZ JUN 71`.

    Returns its match and day, hour, minute, month, year; None when more than one reading is a time.
    """
    match = _PREAMBLE.match(text)
    if match is None:
        return None
    month = lexicon.month_numbers.get(match.group("month")) or _near_month(match.group("month"), lexicon)
    years = numerals(match.group("year"))
    groups = [
        (int(g[:2]), int(g[2:4]), int(g[4:6]))
        for g in numerals(match.group("group"))
        if 1 <= int(g[:2]) <= 31 and int(g[2:4]) <= 23 and int(g[4:6]) <= 59
    ]
    if month is None or len(years) != 1 or len(groups) != 1:
        return None
    year = 1900 + int(years[0])
    try:
        datetime.date(year, month, groups[0][0])
    except ValueError:
        return None  # 31 February is no day, so something was misread
    return (match, (*groups[0], month, year)) if year >= 1910 else None


def _near_month(text: str, lexicon: Lexicon) -> int | None:
    """The only month whose short form differs from a garbled one in one sign: `FEP`, `0CT`, but not `MAF`."""
    if len(text) != 3:
        return None
    forms = [form for form in lexicon.month_numbers if len(form) == 3]
    exact = [form for form in forms if shapes(form) == shapes(text)]
    near = exact or [form for form in forms if sum(map(str.__ne__, shapes(form), shapes(text))) == 1]
    return lexicon.month_numbers[near[0]] if len(near) == 1 else None


def classify(line: TelegramLine, lexicon: Lexicon, *, heading: bool) -> LineKind | None:
    """The kind of a garbled line, or None when it is not one of the fixed forms.

    Both what was read and what was seen are tried: a restorer that knows no closed lists may have made
    other words of them.

    Args:
        line: the line.
        lexicon: the closed lists.
        heading: whether a heading is open, so that captions, series and subjects can stand here.
    """
    texts = tuple(dict.fromkeys(text for text in (line.seen, line.text) if text))
    rules: list[tuple[LineKind, Callable[[str], object]]] = [
        (LineKind.FOOTER, is_footer),
        (LineKind.RELEASE, _is_review),
        (LineKind.MARKING, is_stamp),
        (LineKind.CLASS, lambda text: class_line(text, lexicon)),
    ]
    if heading:
        rules += [
            (LineKind.SERIES, lambda text: near_series(text, lexicon)),
            (LineKind.PASS, is_pass),
            (LineKind.SUBJECT, lambda text: subject_start(text) is not None),
            (LineKind.CAPTION, lambda text: text == texts[0] and near_caption(text, lexicon)),
        ]
    return next((kind for kind, holds in rules if any(holds(text) for text in texts)), None)


def class_of(line: TelegramLine, lexicon: Lexicon) -> ClassLine | None:
    """What a garbled class line tells, from the source's own characters if they tell it."""
    return class_line(line.seen, lexicon) or class_line(line.text, lexicon)


def _word_end(folded: Folded, end: int) -> int:
    """The word break nearest to `end`: a garbled word may be longer than its form."""
    at = folded.positions
    breaks = [e for e in range(max(1, end - 2), min(end + 4, len(at))) if at[e] - at[e - 1] > 1]
    return min(breaks, key=lambda e: abs(e - end)) if breaks else end


_LEADS = {"embassy": "AMEMBASSY", "mission": "USMISSION", "consul": "AMCONSUL"}
_STATION_END = re.compile(r"AN[OC]|ASI|ASA")


def find_stations(text: str, lexicon: Lexicon) -> tuple[tuple[str, int, int], ...]:
    """Posts named in a garbled list of stations: name, and where in `text` it stands.

    A station is found by the word before it (AMEMBASSY, USMISSION, AMCONSUL); its name is the nearest one
    of that kind, and is left out when two are equally near.
    """
    folded: Folded = fold(text)
    starts: list[tuple[int, int, str]] = []
    for kind, lead in _LEADS.items():
        masked = folded.text
        for _ in range(4):
            where = fuzz.partial_ratio_alignment(shapes(lead), masked, score_cutoff=68)
            if where is None or where.dest_end <= where.dest_start:
                break
            starts.append((where.dest_start, where.dest_end, kind))
            blank = "#" * (where.dest_end - where.dest_start)
            masked = masked[: where.dest_start] + blank + masked[where.dest_end :]
    starts.sort()
    found: list[tuple[str, int, int]] = []
    for index, (start, end, kind) in enumerate(starts):
        end = _word_end(folded, end)
        limit = starts[index + 1][0] if index + 1 < len(starts) else len(folded.text)
        stop = _STATION_END.search(folded.text, end + 3)
        limit = min(limit, stop.start() if stop else limit)
        if limit - end < 3:
            continue
        span = folded.span(end, limit)
        near = [
            n
            for n in lexicon.near_posts(text[span.start : span.end], most=8)
            if (n.entry.kind in ("embassy", "legation")) == (kind == "embassy")
        ]
        near.sort(key=lambda n: n.distance / n.length)
        clear = len(near) < 2 or near[1].distance / near[1].length > near[0].distance / near[0].length
        if near and near[0].distance <= 0.5 * near[0].length and clear:
            found.append((near[0].entry.name, folded.span(start, limit).start, span.end))
    return tuple(found)
