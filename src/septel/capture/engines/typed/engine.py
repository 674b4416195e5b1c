"""The engine that reads typed lines with a network of our own."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image

from septel.capture.engines.orientation import turned, turned_back
from septel.capture.engines.preparation import Prepared, dark_on_white, prepare
from septel.capture.engines.reading_order import in_columns
from septel.capture.engines.tesseract import TesserocrEngine
from septel.capture.engines.typed.composition import (
    LIKELY,
    TypedRow,
    bars_read,
    certain,
    composed,
    likely,
    lines_of_print,
)
from septel.capture.engines.typed.ctc import (
    LETTERS,
    SIGNS,
    SMALL,
    Scores,
    Sign,
    mean_weight,
    signs_of,
    sure_signs,
)
from septel.capture.engines.typed.forms import with_forms
from septel.capture.engines.typed.lines import FRAME, PAGE_DPI, LineStrip, strips_on
from septel.capture.engines.typed.mosaic import bar_lines, ink_on, printed_lines
from septel.capture.engines.typed.network import look_again, reader
from septel.capture.engines.typed.pitch import Pitch, completed, evenness, pitch_of, with_lost_signs
from septel.capture.engines.typed.print_words import SPARSE, painted_over
from septel.capture.engines.typed.release_bar import release_bar
from septel.capture.engines.typed.segments import EVEN, LINES, Segment, segments_of
from septel.capture.engines.typed.show_through import (
    PALE,
    TALLNESS,
    boxes_along,
    seen_in_a_mirror,
    showing_through,
)
from septel.capture.engines.typed.stamped import (
    ReadStamp,
    read_stamps,
    stamp_reader,
    with_grades,
    with_stamps,
)
from septel.capture.formats import may_lie_aside
from septel.capture.model import Box, Character, RecognisedLine, RecognisedWord
from septel.capture.regions import PageInk
from septel.text import Step

TALL = 11 * PAGE_DPI
SURE = 0.8
"""Letters of less weight say nothing about the case of a page."""
FEW_SMALL = 0.2
"""A page of which no more than this share of letters are small is in capitals."""
CELL, NARROWEST, WIDEST = 4.0, 3.0, 4.7
"""Frames to a cell of ten to the inch, and what the reader is at home with; other pages are scaled."""
LEGIBLE, FULLEST = 0.93, 10
"""Where the mean weight of signs is less, a page may stand on its head; so many full lines tell."""
CLEARLY = 0.05
"""By how much the mean weight must be better on lines that were turned."""
UNLIKE = np.array([sign in "abdefghijklmnqrty" for sign in SIGNS] + [False])
"""Which classes are small letters of another shape than their capitals."""
SOME_SMALL = 4
"""A line with fewer of those is in capitals if its page is."""
MOSTLY = 0.25
"""A page of which a smaller share of signs is certainly typed is one of print."""
DIRT, IN_STEP = 0.6, 0.6
"""A line of less mean weight is specks and scratches if it has hardly any letters or they are out of step."""
EMPTY = 3.5
"""Signs so many cells apart are of two words, also where no blank was seen between them; letters that were
worn away leave narrower gaps."""
SPACED, SPACED_LETTERS, BLANKS = (1.55, 2.6), 4, 0.3
"""Letters of a spaced word stand so many cells apart; so many in a row are one, if a blank was seen in so
many of the gaps."""
PITCH = 0.1 * PAGE_DPI
"""The width of a sign's box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A page as it was read.

    Attributes:
        signs: of each strip.
        strips: where they were cut.
        ready: the page that they were cut from.
        weight: the mean weight of the signs.
        pitch: of the page, or None where too little was read.
    """

    signs: list[list[Sign]]
    strips: list[LineStrip]
    ready: Prepared
    weight: float
    pitch: Pitch | None

    @property
    def even(self) -> bool:
        """Whether this is type of one pitch."""
        return self.pitch is not None and self.pitch.lines >= LINES and self.pitch.even >= EVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedEngine:
    """Reads lines of type of one pitch: telegrams, and typescript in both cases.

    Attributes:
        capitals: whether small letters are left out of account; None finds out for each page.
        other: reads the pages that are no type of one pitch: print, drawings, handwriting. None leaves them
            to this engine, which is not at home there.
    """

    capitals: bool | None = None
    other: TesserocrEngine | None = field(
        default_factory=lambda: TesserocrEngine(mode=SPARSE, capitals=False)
    )

    @property
    def step(self) -> Step:
        """Names the network and the settings."""
        capitals = "found out" if self.capitals is None else self.capitals
        other = f"{self.other.step.tool} {self.other.step.version}" if self.other else "none"
        stamps = stamp_reader().name if self.other else "none"
        return Step.of(
            "septel typed", "12", model=reader().name, capitals=capitals, other=other, stamps=stamps
        )

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        """Read one page.

        Raises:
            EngineFailure: the network does not start, or the other engine gave no answer.
            MissingPart: the other engine's model is not installed.
        """
        image = dark_on_white(image).convert("L")
        bar = release_bar(image) if self.other else []
        read = self._upright(painted_over(image, bar) if bar else image)
        degrees = 0
        # What was read of a page on its side is in step now and then, yet it makes little sense.
        if not (read.even and read.weight >= LEGIBLE) and may_lie_aside(image):
            read, degrees = self._aside(image, read)
        if not degrees and read.even and on_its_head(read):
            read, degrees = self._upright(turned(image, 180)), 180
        bar = [] if degrees else bar
        behind = showing_through(read.strips, read.signs)
        rows = _rows(read, behind)
        if self.other is not None and not _well_read(rows):
            rest = self.other.read(painted_over(image, bar) if bar else image)
            shown = [*bars_read(bar_lines(image, bar)), *lines_of_print(rest)]
            page, ready = read.ready.image, None if degrees else read.ready
            return tuple(with_grades(with_forms(shown, page, ready), page, ready=ready) if ready else shown)
        head, printed, stamps, ink = self._printed(turned(image, degrees), read, rows, behind, bar)
        typed = self.other is None or read.even or _mostly_typed(rows)
        lines = [*bars_read(head), *with_stamps(composed(rows, printed, typed=typed), stamps)]
        if ink is not None:
            lines = with_grades(with_forms(lines, read.ready.image), read.ready.image, ink.rules)
        through = [seen_in_a_mirror(read.strips[number], text) for number, text in sorted(behind.items())]

        def placed(word: RecognisedWord) -> RecognisedWord:
            on_page = word.moved(lambda box: read.ready.back(box.left, box.top, box.right, box.bottom))
            return turned_back(on_page, degrees, image.size) if degrees else on_page

        shown = [*in_columns([line for line in lines if line]), *filter(None, through)]
        return tuple(tuple(map(placed, line)) for line in shown)

    def _printed(
        self,
        image: Image.Image,
        read: _Read,
        rows: Sequence[TypedRow],
        behind: Collection[int],
        bar: Sequence[Box],
    ) -> tuple[list[RecognisedLine], list[RecognisedLine], list[ReadStamp], PageInk | None]:
        """The release bar, print and stamps on a page besides its type, and its ink, on the straight page."""
        if self.other is None:
            return [], [], [], None
        gone = [box for number in behind for box in boxes_along(read.strips[number])]
        # On a page of print the reader of print is helped by the lines as they are.
        if _mostly_typed(rows):
            gone += [word.box for part, word in _typed_words(rows) if likely(part, word)]
        ink = ink_on(read.ready, gone)
        stamps = read_stamps(read.ready.image, ink)
        return *printed_lines(image, read.ready, gone, bar, ink=ink), stamps, ink

    def _aside(self, image: Image.Image, level: _Read) -> tuple[_Read, int]:
        """A page that may lie on its side: as it makes most sense, and by how many degrees it was turned.

        Args:
            image: the page.
            level: as it was read in the way it came.
        """
        degrees = 90
        read = self._upright(turned(image, degrees))
        if on_its_head(read):
            degrees = 270
            read = self._upright(turned(image, degrees))
        better = read.weight > level.weight + (0.0 if read.even else CLEARLY)
        return (read, degrees) if better else (level, 0)

    def _upright(self, image: Image.Image) -> _Read:
        read = self._scaled(image, TALL)
        if read.even and read.pitch and not NARROWEST <= read.pitch.frames <= WIDEST:
            read = self._scaled(image, round(TALL * CELL / read.pitch.frames))
        return read

    def _scaled(self, image: Image.Image, tall: int) -> _Read:
        ready = prepare(image, blur=0.0, tall=tall)
        strips = strips_on(ready.image)
        strips, scores = look_again(reader(), strips, reader().scores(strips))
        capitals = in_capitals(scores) if self.capitals is None else self.capitals
        # A page in capitals may have a line or two in both cases, on a label or form.
        ours = self.capitals is None
        alone = [capitals and not (ours and in_both_cases(one)) for one in scores]
        signs = [signs_of(one, capitals=only) for one, only in zip(scores, alone, strict=True)]
        pitch = pitch_of(signs)
        if pitch and pitch.even >= EVEN:
            seen = zip(signs, scores, alone, strict=True)
            full = [with_lost_signs(line, one, pitch.frames, capitals=only) for line, one, only in seen]
            signs = [completed(line, strip, pitch.frames) for line, strip in zip(full, strips, strict=True)]
        return _Read(signs=signs, strips=strips, ready=ready, weight=mean_weight(signs), pitch=pitch)


def on_its_head(read: _Read) -> bool:
    """Whether a page's fullest lines make more sense upside down."""
    if read.weight >= LEGIBLE:
        return False
    order = sorted(range(len(read.strips)), key=lambda number: -len(read.signs[number]))[:FULLEST]
    upside = [replace(read.strips[number], pixels=read.strips[number].pixels[::-1, ::-1]) for number in order]
    here = mean_weight([read.signs[number] for number in order])
    there = mean_weight([signs_of(one, capitals=False) for one in reader().scores(upside)])
    return there > here + CLEARLY


def in_capitals(scores: Sequence[Scores]) -> bool:
    """Whether the lines of a page have no small letters but by mistake."""
    codes = [code for one in scores for code in sure_signs(one, SURE)]
    return bool(SMALL[codes].sum() <= FEW_SMALL * LETTERS[codes].sum())


def in_both_cases(scores: Scores) -> bool:
    """Whether a line has small letters that can't be taken for their capitals."""
    codes = sure_signs(scores, SURE)
    small = int(UNLIKE[codes].sum())
    return small >= SOME_SMALL and small >= FEW_SMALL * int(LETTERS[codes].sum())


def _dirt(signs: Sequence[Sign], pitch: Pitch | None) -> bool:
    """Whether a line is specks and scratches: hardly anything, or signs read with doubt and out of step."""
    solid = [sign for sign in signs if sign.text.isalnum()]
    typed = [sign for sign in signs if sign.text != " "]
    if not solid:
        # A row of dashes is typed; a lone speck is not.
        return len(typed) < 3
    if mean_weight([signs]) >= DIRT:
        return False
    return len(solid) <= 4 or (pitch is not None and evenness(signs, pitch) < IN_STEP)


def _rows(read: _Read, without: Collection[int] = ()) -> list[TypedRow]:
    """The lines of a page in segments, without dirt.

    Args:
        read: the page.
        without: numbers of lines that show through; of them that only is left which is plain to read.
    """
    rows: list[TypedRow] = []
    for number, (signs, strip) in enumerate(zip(read.signs, read.strips, strict=True)):
        found = segments_of(signs, read.pitch) if read.pitch else []
        kept = [one for one in found if one.typed or not _dirt(one.signs, read.pitch)]
        if number in without:
            kept = [one for one in kept if one.weight >= PALE]
        far = EMPTY * (read.pitch.frames if read.pitch else CELL)
        rows.append(
            TypedRow(
                curve=strip.curve, parts=[(one, tuple(_words_of(one.signs, strip, far))) for one in kept]
            )
        )
    return rows


def _mostly_typed(rows: Sequence[TypedRow]) -> bool:
    """Whether this is a page of type, perhaps with print on it, or one of print with a typed word or two."""
    words = list(_typed_words(rows))
    sure = sum(len(word.text) for part, word in words if certain(part, word))
    return sure >= MOSTLY * sum(len(word.text) for _, word in words)


def _well_read(rows: Sequence[TypedRow]) -> bool:
    """Whether our reader is at home on a page: some is certainly type, or much was read with little doubt.

    Type of no one pitch has no word that is certainly type, and may be read well.
    """
    words = list(_typed_words(rows))
    sure = sum(len(word.text) for _, word in words if (word.confidence or 0.0) >= LIKELY)
    much = sure > 0 and sure >= MOSTLY * sum(len(word.text) for _, word in words)
    return much or any(certain(*one) for one in words)


def _typed_words(rows: Sequence[TypedRow]) -> Iterator[tuple[Segment, RecognisedWord]]:
    """All words of our own reader, with their segments."""
    for row in rows:
        for part, words in row.parts:
            for word in words:
                yield part, word


def _words_of(signs: Sequence[Sign], strip: LineStrip, far: float) -> list[RecognisedWord]:
    """The words of some signs of a strip; those so many frames apart are of two words."""
    words: list[RecognisedWord] = []
    blanks: list[Sign] = []
    run: list[Sign] = []
    apart = spaced(signs, far / EMPTY)

    def close() -> None:
        nonlocal run, blanks
        if run:
            # Of several blanks one after another none could be a sign that joins two words.
            blank = blanks[0] if words and len(blanks) == 1 else None
            words.append(_word(run, blank, strip))
            run, blanks = [], []

    for sign in signs:
        if sign.text == " ":
            close()
            blanks.append(sign)
            continue
        if run and (
            _middle(sign) - _middle(run[-1]) > far or (sign.first in apart and run[-1].first in apart)
        ):
            close()
        run.append(sign)
    close()
    return words


def spaced(signs: Sequence[Sign], cell: float) -> set[int]:
    """Where the letters of spaced words begin (S E C R E T): each stands a blank cell behind the one before.

    Args:
        signs: of a line.
        cell: frames to a cell.
    """
    found: set[int] = set()
    run: list[Sign] = []
    blanks, seen = 0, False
    for sign in signs:
        if sign.text == " ":
            seen = True
            continue
        apart = (_middle(sign) - _middle(run[-1])) / cell if run else 0.0
        if not (SPACED[0] <= apart <= SPACED[1] and sign.text.isalnum()):
            run, blanks = [], 0
        elif seen:
            blanks += 1
        run.append(sign)
        seen = False
        if len(run) >= SPACED_LETTERS and blanks >= BLANKS * (len(run) - 1):
            found.update(one.first for one in run)
    return found


def _middle(sign: Sign) -> float:
    return (sign.first + sign.last) / 2


def _word(run: Sequence[Sign], blank: Sign | None, strip: LineStrip) -> RecognisedWord:
    def across(frame: float) -> float:
        return strip.left + frame * FRAME / strip.scale

    def seen(sign: Sign) -> Character:
        edge = across(_middle(sign)) - PITCH / 2
        return Character(
            left=round(edge),
            right=round(edge + PITCH),
            confidence=round(100 * sign.weight, 2),
            others=tuple((text, round(100 * weight, 2)) for text, weight in sign.others),
        )

    characters = tuple(map(seen, run))
    left, right = characters[0].left, characters[-1].right
    top = strip.curve.at((left + right) / 2) - TALLNESS / 2
    return RecognisedWord(
        text="".join(sign.text for sign in run),
        box=Box(left=left, top=round(top), right=right, bottom=round(top + TALLNESS)),
        confidence=round(100 * math.prod(sign.weight for sign in run), 2),
        characters=characters,
        blank=seen(blank) if blank else None,
    )
