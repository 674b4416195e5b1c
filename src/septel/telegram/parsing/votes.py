"""What a telegram says of itself in several places, read together: agreement settles, contradiction is told.

Every page head repeats post and number, section and count of sections, and the time of receipt; every class
line post and number again. One place that differs from what the others agree on is a garble where it is
near, and a contradiction where it can be read plainly: then both readings stand beside each other, and the
parser's findings say so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from septel.lexicon import shapes
from septel.telegram.model import ParseFault, Telegram
from septel.text import Locus, Reading, Span

FAR = 2
"""So many signs of a name may be misread and it is still told to be the one that the others have."""
AGREED = 2
"""So many places must agree before they settle another."""

_HEAD = re.compile(r"^\s*[\"'~.:;,-]*\s*(?P<word>\S{3,5})\s+\S")
_LIKELY = re.compile(
    r"^(?:[^\n]{0,4}[PFRB][A-Z0-9]{2,4} [^\n]{6,72}|[CSU][^\n]{4,40} OF [^\n]{0,30})$", re.MULTILINE
)
_LIKELY_SECTION = re.compile(rf"{_LIKELY.pattern}|^[^\n]{{0,50}}\bSECT[^\n]{{0,40}}$", re.MULTILINE)
_PAGE = shapes("PAGE")
_TOKEN = re.compile(r"\S+")
_TIME = re.compile(r"(?P<figures>\d{6})(?P<zone>\S)$")
_ZONES = "Z27?L"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One place that repeats what the telegram says of itself.

    Attributes:
        what: `number`, `post` or `time of receipt`.
        line: its number, from one.
        span: where, in the source.
        seen: what stands there.
        agreed: what the others have.
        plain: whether it can be read as something else, so that the two contradict each other.
    """

    what: str
    line: int
    span: Span
    seen: str
    agreed: str
    plain: bool


def form_votes(telegram: Telegram, reading: Reading) -> tuple[Vote, ...]:
    """The places whose words differ from what the telegram's other places agree on, in order."""
    number = telegram.heading.number
    if number is None or number.value.post is None or number.alternatives:
        return ()
    post, serial = number.value.post, str(number.value.serial)
    found: list[Vote] = []
    heads = list(_heads(reading))
    places = [one for line, text in heads for one in _numbered(line, text, post, serial, reading)]
    exact = Counter(one.what for one in places if one.seen == one.agreed)
    for one in places:
        if one.seen != one.agreed and exact[one.what] >= AGREED:
            found.append(one)
    found += _times(heads, reading)
    return tuple(sorted(found, key=lambda one: one.span.start))


def contradictions(telegram: Telegram, reading: Reading) -> Iterator[ParseFault]:
    """Findings: places that can be read plainly and say otherwise than the rest of the telegram."""
    for one in form_votes(telegram, reading):
        if one.plain:
            yield ParseFault(
                what=f"the {one.what} is {one.seen} here and {one.agreed} elsewhere in the telegram",
                where=Locus(reading.source.id, one.span),
                line=one.line,
                remedy="Look at the page.",
            )


def _heads(reading: Reading) -> Iterator[tuple[int, str]]:
    """The lines that look like page heads or class lines, by their number."""
    source = reading.source
    likely = _LIKELY_SECTION if "SECT" in source.text else _LIKELY
    for found in likely.finditer(source.text):
        text = found.group()
        head = _HEAD.match(text)
        page = head is not None and _is_page(head.group("word"))
        if page or "SECT" in text or _is_grade("".join(text.split(None, 1)[:1])):
            yield source.line_at(found.start()), text


@lru_cache(maxsize=4096)
def _is_page(word: str) -> bool:
    return Levenshtein.distance(_shapes(word), _PAGE) <= 1


@lru_cache(maxsize=4096)
def _is_grade(word: str) -> bool:
    return any(
        Levenshtein.distance(word, grade) <= FAR for grade in ("CONFIDENTIAL", "SECRET", "UNCLASSIFIED")
    )


_shapes = lru_cache(maxsize=4096)(shapes)
"""Heads of pages repeat each other, within a telegram and from one to the next."""


def _numbered(line: int, text: str, post: str, serial: str, reading: Reading) -> Iterator[Vote]:
    """Post and number of a line, where the one stands before the other."""
    start = reading.source.line(line).start
    tokens = list(_TOKEN.finditer(text))
    width = len(post.split())
    for at in range(len(tokens) - width):
        words, figures = tokens[at : at + width], tokens[at + width]
        told = figures.group().strip(".,;:")
        bare = told.translate(_FIGURES).lstrip("0")
        if not bare.isdigit() or Levenshtein.distance(bare, serial) > 1 or len(told) < len(serial) - 1:
            continue
        name = " ".join(token.group() for token in words)
        near_name = Levenshtein.distance(_shapes(name), _shapes(post)) <= min(FAR, len(post) // 3)
        if not near_name or sum(map(str.isdigit, told)) < 2:
            continue
        full = serial.zfill(len(told)) if told.startswith(("0", "O")) else serial
        place = Span(start + words[0].start(), start + words[-1].end())
        yield Vote(what="post", line=line, span=place, seen=name, agreed=post, plain=False)
        at_first = start + figures.start() + figures.group().index(told)
        place = Span(at_first, at_first + len(told))
        # A mark before the figures may be what is left of one: `,417` does not plainly say 417.
        plain = told.isdigit() and told.lstrip("0") != serial and figures.group().startswith(told)
        yield Vote(what="number", line=line, span=place, seen=told, agreed=full, plain=plain)
        return


_FIGURES = str.maketrans("OoQIl|", "000111")


def _times(heads: Iterable[tuple[int, str]], reading: Reading) -> Iterator[Vote]:
    """Times of receipt that end a page head with something else than the Z that they have."""
    for number, text in heads:
        last = list(_TOKEN.finditer(text))[-1]
        time = _TIME.fullmatch(last.group())
        if time is None or time.group("zone") == "Z" or time.group("zone") not in _ZONES:
            continue
        day, hour, minute = (int(time.group("figures")[n : n + 2]) for n in (0, 2, 4))
        if 1 <= day <= 31 and hour < 24 and minute < 60:
            start = reading.source.line(number).start + last.start()
            yield Vote(
                what="time of receipt",
                line=number,
                span=Span(start, start + len(last.group())),
                seen=last.group(),
                agreed=time.group("figures") + "Z",
                plain=False,
            )
