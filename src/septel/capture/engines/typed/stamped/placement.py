"""Stamps as words of a page: beside or instead of what other readers saw there, each with its likelihood.

The weights were fitted on pages of the release of 2025 (folds 1 to 3 of the development scans): whether a
page's transcript, where two vision models agree, has the number or date. See docs/model-card.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from septel.capture.engines.typed.print_words import bare, middle_of, sureness
from septel.capture.engines.typed.stamped.reader import ReadStamp, odds
from septel.capture.engines.typed.stamped.text import StampKind
from septel.capture.model import Box, Character, RecognisedLine, RecognisedWord

CONSTANT, WEIGHT, AGREEING, ALIKE, AGAINST = 1.19, 1.56, 1.69, 2.03, -0.45
"""What weighs: always; the log odds of the least sign's weight; the share of looks that agree; that another
reader has the same; how sure it is of something else."""
DATED, REPORT, LABELLED, CHANGED = 0.97, 0.92, 0.09, -1.06
"""What weighs besides: dates; numbers of reports and time groups; numbers behind their labels; signs taken
for figures."""
PARTLY = 0.6
"""What may be a part of a longer number is no likelier: of 20 such readings 7 were right, some with all looks
alike and wrong."""
ALONE = 0.97
"""What nobody else saw is no likelier: 112 pages were counted, and more would show more of how it errs."""
CONFIRMED = 0.9
"""What others saw alike gets no surer than this by it: the reader of stamps learnt on from that of typed
lines, and both take some eights for sixes."""
FIVE = 5
"""Six figures of which the first is a one may be five behind the small print of IN."""
YEAR = 4
"""So many figures that others saw, and more here: `1959?` was read as 19592."""
SHOWN = 0.35
"""Readings that are less likely are left out."""
LEVEL = 0.4
"""A stamp is in a line when their middles are no more than this share of its height apart."""
LEAST = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedStamp:
    """A stamp on a page, with what other readers saw there.

    Attributes:
        read: the stamp.
        place: its box.
        there: what others saw in its place.
    """

    read: ReadStamp
    place: Box
    there: tuple[RecognisedWord, ...]

    @property
    def alike(self) -> bool:
        """Whether others saw the same, or the same with its label before it."""
        return bare("".join(word.text for word in self.there)).endswith(bare(self.read.stamp.text))

    @property
    def likelihood(self) -> float:
        """Of the reading, from nought to one."""
        stamp, alike = self.read.stamp, self.alike
        weight = (
            CONSTANT
            + WEIGHT * odds(self.read.weight)
            + AGREEING * self.read.agreeing
            + ALIKE * alike
            + AGAINST * (0.0 if alike else self.against)
            + DATED * (stamp.kind is StampKind.DATE)
            + REPORT * (stamp.kind in (StampKind.REPORT, StampKind.GROUP))
            + LABELLED * stamp.labelled
            + CHANGED * (stamp.changed > 0)
        )
        likely = 1 / (1 + math.exp(-weight))
        if self._may_be_part:
            return min(likely, PARTLY)
        return likely if alike else min(likely, ALONE)

    @property
    def _may_be_part(self) -> bool:
        """Whether it may be a part of a longer number: ink beside bare figures that nobody else saw."""
        unlabelled = self.read.stamp.kind is StampKind.NUMBER and not self.read.stamp.labelled
        seen = "".join(filter(str.isdigit, "".join(word.text for word in self.there)))
        if unlabelled and len(seen) >= YEAR and seen in bare(self.read.stamp.text) and not self.alike:
            return True
        labelled_so = len(bare(self.read.stamp.text)) > FIVE and self.read.stamp.text[0] == "1"
        return (self.read.cut or labelled_so) and unlabelled and not self.alike

    @property
    def against(self) -> float:
        """How sure others are of what they saw, from nought to one."""
        return sureness(self.there) / 100


def with_stamps(lines: Sequence[RecognisedLine], stamps: Iterable[ReadStamp]) -> list[RecognisedLine]:
    """The lines of a page with the stamps in them that are likely, or likelier than what others saw there.

    Args:
        lines: from top to bottom, on the straight page.
        stamps: that were read on it.
    """
    out = [list(line) for line in lines]
    taken: list[Box] = []
    for placed in sorted(placed_stamps(lines, stamps), key=lambda one: -one.likelihood):
        likely = placed.likelihood
        if likely < SHOWN or (not placed.alike and likely < placed.against):
            continue
        if any(placed.place.across(other) > 0 and placed.place.down(other) > 0 for other in taken):
            continue
        taken.append(placed.place)
        if placed.alike:
            _confirm(out, placed.there, min(likely, CONFIRMED))
        else:
            _put(out, placed, words_of(placed.read, likely))
    return [tuple(line) for line in out if line]


def _confirm(lines: list[list[RecognisedWord]], words: Sequence[RecognisedWord], likely: float) -> None:
    """Words that two readers saw alike are as sure as the stamp at least."""
    seen = {id(word) for word in words}
    for line in lines:
        line[:] = [_surer(word, 100 * likely) if id(word) in seen else word for word in line]


def _surer(word: RecognisedWord, sure: float) -> RecognisedWord:
    told = word.confidence or 0.0
    if told >= sure:
        return word
    each = 100 * (sure / 100) ** (1 / max(len(word.characters), 1))
    characters = tuple(
        replace(one, confidence=max(one.confidence, round(each, 2))) for one in word.characters
    )
    return replace(word, confidence=round(sure, 2), characters=characters)


def placed_stamps(lines: Sequence[RecognisedLine], stamps: Iterable[ReadStamp]) -> list[PlacedStamp]:
    """The stamps with what stands in their places."""
    words = [word for line in lines for word in line]
    found: list[PlacedStamp] = []
    for read in stamps:
        left, top, right, bottom = read.piece.place
        place = Box(left=left, top=top, right=right, bottom=bottom)
        found.append(
            PlacedStamp(
                read=read, place=place, there=tuple(word for word in words if _stands_in(word.box, place))
            )
        )
    return found


def _stands_in(box: Box, place: Box) -> bool:
    """Whether more than half of a box lies in a place."""
    across, down = box.across(place), box.down(place)
    area = max(box.right - box.left, 1) * max(box.bottom - box.top, 1)
    return across > 0 and down > 0 and 2 * across * down > area


def _put(lines: list[list[RecognisedWord]], placed: PlacedStamp, words: Sequence[RecognisedWord]) -> None:
    """Put a stamp's words where others were, else into the line beside it, else into a line of its own."""
    gone = {id(word) for word in placed.there}
    for line in lines:
        at = next((n for n, word in enumerate(line) if id(word) in gone), None)
        if at is None:
            continue
        kept = [word for word in line if id(word) not in gone]
        line[:] = sorted([*kept, *words], key=lambda word: word.box.left)
        for other in lines:
            if other is not line:
                other[:] = [word for word in other if id(word) not in gone]
        return
    middle, high = (placed.place.top + placed.place.bottom) / 2, placed.place.bottom - placed.place.top
    for line in lines:
        near = line and abs(middle_of(line) - middle) <= LEVEL * high
        if near and not any(word.box.across(placed.place) > 0 for word in line):
            line[:] = sorted([*line, *words], key=lambda word: word.box.left)
            return
    at = next((n for n, line in enumerate(lines) if line and middle_of(line) > middle), len(lines))
    lines.insert(at, list(words))


def words_of(read: ReadStamp, likely: float) -> list[RecognisedWord]:
    """A stamp's words; their figures make up its likelihood, and its weak signs bear most of the doubt.

    Args:
        read: the stamp.
        likely: how likely it is, from nought to one.
    """
    signs = read.signs
    doubts = [
        0.0 if sign.text == " " or at in read.stamp.within else LEAST - math.log(max(sign.weight, LEAST))
        for at, sign in enumerate(signs)
    ]
    each = math.log(max(likely, LEAST)) / sum(doubts)
    words: list[RecognisedWord] = []
    run: list[int] = []
    for at, sign in enumerate(signs):
        if at in read.stamp.within:
            continue
        if run and read.stamp.kind is StampKind.DATE and _parts(read.stamp.text, at):
            words.append(_word(read, run, doubts, each))
            run = []
        if sign.text != " ":
            run.append(at)
        elif run:
            words.append(_word(read, run, doubts, each))
            run = []
    return [*words, _word(read, run, doubts, each)]


def _parts(text: str, at: int) -> bool:
    """Whether a day or year and a month that run together meet at a sign."""
    figures = text[at - 1].isdigit()
    beside = text[at : at + 3] if figures else text[max(at - 3, 0) : at]
    return figures != text[at].isdigit() and text[at] != " " and beside.isalpha() and len(beside) > 2


def _word(read: ReadStamp, run: Sequence[int], doubts: Sequence[float], each: float) -> RecognisedWord:
    left, top, right, bottom = read.piece.place
    strip = read.strip
    frames = [(read.signs[at].first + read.signs[at].last) / 2 for at in run]
    middles = [strip.left + 4 * frame / strip.scale for frame in frames]
    half = 0.3 * read.piece.high
    characters = tuple(
        Character(
            left=round(max(middle - half, left)),
            right=round(min(middle + half, right)),
            confidence=round(100 * math.exp(each * doubts[at]), 2),
            others=tuple((text, round(100 * weight, 2)) for text, weight in read.signs[at].others),
        )
        for at, middle in zip(run, middles, strict=True)
    )
    return RecognisedWord(
        text="".join(read.stamp.text[at] for at in run),
        box=Box(left=characters[0].left, top=top, right=characters[-1].right, bottom=bottom),
        confidence=round(100 * math.exp(each * sum(doubts[at] for at in run)), 2),
        characters=characters,
        printed=True,
    )
