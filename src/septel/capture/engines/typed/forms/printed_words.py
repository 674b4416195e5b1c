"""Printed words of known forms, put where a form's layout has them and the ink agrees.

The words of a page are laid against the layouts of forms (`septel.capture.engines.typed.forms.layouts`).
Where one fits, its words that were not read are looked for at their places
(`septel.capture.engines.typed.forms.look`): a word stands if its likelihood, which was fitted across
documents (docs/decisions/0031), is high enough. Nothing is put where there is no ink, nor over a word of
another text that was read with little doubt. What was misread there before gives way. A page without a
form costs a look at its words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from PIL import Image
from rapidfuzz.distance import Levenshtein

from septel.capture.engines.preparation import Prepared
from septel.capture.engines.typed.forms.layouts import (
    Layout,
    PageWord,
    Placement,
    placed,
    shipped,
    telling,
)
from septel.capture.engines.typed.forms.look import LookAtPlace, looks
from septel.capture.engines.typed.labels import likeness
from septel.capture.engines.typed.network import LineReader, reader
from septel.capture.engines.typed.print_words import bare, middle_of, with_bars_turned
from septel.capture.model import Box, RecognisedLine, RecognisedWord

PARTS = re.compile(r"[A-Za-z0-9]+(?:[.'/&][A-Za-z0-9]+)*\.?")
"""What a form's word is of what was read: `CLASSIFICATION-DISSEMINATION` is two."""
OVER = 0.35
"""Words that share so much of the smaller one's width and height stand in one place."""
COVERED = 0.6
"""What was read gives way where so much of it lies on words of the form that were found."""
SURE = 88.0
"""A word of another text that was read with this figure or more stands, and the form's is not put there."""
ALIKE = 0.5
"""Texts that are as like are no other text."""
INKED = 0.08
"""A place with a smaller share of ink is empty."""
FORMS = 2
"""So many forms are laid on a page at most: heads and feet may be of different ones."""
LIKELY = 0.4
"""From which likelihood a word stands."""
BEHIND = -2.0
"""A word of which the ink, letter for letter, says less stands only where what was read was like it ..."""
LIKE = 0.2
"""... by so much more than `ALIKE`."""
MOST = 0.8
"""No likelihood is higher: of those that the weights say are surer no more were right."""
WORST, BEST = -4.0, 0.0
"""How far a word may be behind the likeliest reading, for each letter: worse or better tells no more."""
CONSTANT = -2.882
WEIGHTS = (0.678, 2.925, -0.139, 0.236, 2.776, 0.748, -1.105)
"""What weighs: always; how far behind a word is; how much liker than `ALIKE` what was read there is to it;
that nothing was read there; the log of its letters; its share; the log of the words that agree on the form's
place; and their share of its words."""

Line = RecognisedLine
Moved = Callable[[Box], Box]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A part of a word that was read, on the straight page.

    Attributes:
        line, word: its numbers.
        text: letters and figures in capitals.
        box: its own.
        sure: the figure of the word that it is of.
    """

    line: int
    word: int
    text: str
    box: Box
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCandidate:
    """A word of a form that was not read at its place.

    Attributes:
        text: as it is printed.
        look: what was seen there.
        features: what its likelihood is weighed by.
    """

    text: str
    look: LookAtPlace
    features: tuple[float, ...]


def with_forms(lines: Sequence[Line], page: Image.Image, ready: Prepared | None = None) -> list[Line]:
    """The lines of a page with the printed words of its form.

    Args:
        lines: what was read.
        page: straight, at 200 dpi, dark on white.
        ready: how `page` was made of the page whose pixels the lines have; None where they have its own.
    """
    read = list(_parts(lines, ready.there if ready else None))
    placements = forms_on([PageWord(text=one.text, box=one.box) for one in read], shipped())
    if not placements:
        return list(lines)
    asked = candidates(placements, read, with_bars_turned(page), reader())
    found = [one for one in asked if _agrees(one) and likelihood(one) >= LIKELY]
    return _put(list(lines), read, found, ready)


def forms_on(words: Sequence[PageWord], layouts: Sequence[Layout]) -> list[Placement]:
    """The forms that lie on a page, the one that explains most of its words first."""
    texts = {word.text for word in words if telling(word.text)}
    near = [one for one in layouts if one.could_be(texts)]
    fits = sorted(
        (fit for one in near if (fit := placed(words, one))), key=lambda fit: len(fit.pairs), reverse=True
    )
    kept: list[Placement] = []
    for fit in fits:
        used = {at for other in kept for _, at in other.pairs}
        if len(kept) < FORMS and 2 * sum(at in used for _, at in fit.pairs) < len(fit.pairs):
            kept.append(fit)
    return kept


def candidates(
    placements: Sequence[Placement], read: Sequence[_Read], page: Image.Image, network: LineReader
) -> list[FormCandidate]:
    """The words of forms that were not read at their places, with what speaks for each."""
    asked: list[tuple[Placement, int, list[_Read]]] = []
    taken: list[Box] = []
    for fit in placements:
        for number, box in enumerate(fit.boxes):
            near = [one for one in read if _over(one.box, box)]
            text = bare(fit.layout.words[number].text)
            if any(_over(box, other) for other in taken) or any(one.text == text for one in near):
                continue
            taken.append(box)
            if not any(_stands(one, text, box) for one in near):
                asked.append((fit, number, near))
    places = [(bare(fit.layout.words[number].text), fit.boxes[number]) for fit, number, _ in asked]
    return [
        FormCandidate(
            text=fit.layout.words[number].text,
            look=look,
            features=_features(fit, number, near, look),
        )
        for (fit, number, near), look in zip(asked, looks(page, places, network), strict=True)
    ]


def _features(fit: Placement, number: int, near: Sequence[_Read], look: LookAtPlace) -> tuple[float, ...]:
    word = fit.layout.words[number]
    text = bare(word.text)
    seen = "".join(one.text for one in sorted(near, key=lambda one: one.box.left))
    alike = max((likeness(one, text) for one in (seen, *(each.text for each in near)) if one), default=0.0)
    counted = sum(telling(bare(one.text)) for one in fit.layout.words)
    return (
        min(max(look.behind, WORST), BEST),
        max(alike - ALIKE, 0.0),
        float(not near),
        math.log(len(text)),
        word.share,
        math.log(len(fit.pairs)),
        len(fit.pairs) / counted,
    )


def likelihood(one: FormCandidate) -> float:
    """How likely a word of a form stands where its layout has it."""
    weight = CONSTANT + sum(each * value for each, value in zip(WEIGHTS, one.features, strict=True))
    return min(1 / (1 + math.exp(-weight)), MOST)


def _agrees(one: FormCandidate) -> bool:
    """Whether there is ink, and it or what was read of it is like the word."""
    return one.look.ink >= INKED and (one.look.behind >= BEHIND or one.features[1] >= LIKE)


def _put(
    lines: list[Line], read: Sequence[_Read], found: Sequence[FormCandidate], ready: Prepared | None
) -> list[Line]:
    """Lines with the words that were found, and without what was misread in their places."""
    covered: dict[tuple[int, int], float] = {}
    home: dict[int, int] = {}
    for one in read:
        for number, new in enumerate(found):
            shared = _shared(one.box, new.look.box)
            if shared > 0:
                at = (one.line, one.word)
                whole = lines[one.line][one.word]
                part = len(one.text) / max(len(bare(whole.text)), 1)
                covered[at] = covered.get(at, 0.0) + shared * part
                home.setdefault(number, one.line)
    gone = {at for at, share in covered.items() if share >= COVERED}
    rest = [
        [word for place, word in enumerate(line) if (number, place) not in gone]
        for number, line in enumerate(lines)
    ]
    loose: list[list[RecognisedWord]] = []
    for number, new in sorted(enumerate(found), key=lambda one: one[1].look.box.left):
        word = _word(new, ready)
        beside = rest[home[number]] if number in home else _beside(word.box, [*rest, *loose])
        if beside is None:
            loose.append([word])
        else:
            beside.append(word)
    return _in_order([*filter(None, rest)], loose)


def _word(new: FormCandidate, ready: Prepared | None) -> RecognisedWord:
    box = new.look.box
    if ready:
        box = ready.back(box.left, box.top, box.right, box.bottom)
    return RecognisedWord(text=new.text, box=box, confidence=round(100 * likelihood(new), 2), printed=True)


def _beside(box: Box, lines: Sequence[list[RecognisedWord]]) -> list[RecognisedWord] | None:
    """The line with a word right beside a box, on its row."""
    high = box.bottom - box.top
    best: tuple[int, list[RecognisedWord]] | None = None
    for line in lines:
        for other in line:
            gap = max(other.box.left - box.right, box.left - other.box.right)
            if (
                -high <= gap <= 2 * high
                and box.down(other.box) >= 0.5 * high
                and (best is None or gap < best[0])
            ):
                best = (gap, line)
    return best[1] if best else None


def _in_order(lines: list[list[RecognisedWord]], loose: list[list[RecognisedWord]]) -> list[Line]:
    """Lines with their words from left to right; loose ones before the first that stands lower."""
    out = [tuple(sorted(line, key=lambda word: word.box.left)) for line in lines]
    for line in sorted(loose, key=middle_of):
        at = next((at for at, other in enumerate(out) if middle_of(other) > middle_of(line)), len(out))
        out.insert(at, tuple(sorted(line, key=lambda word: word.box.left)))
    return out


def _parts(lines: Sequence[Line], there: Moved | None) -> Iterator[_Read]:
    """What was read, in parts that may be words of a form, on the straight page."""
    for number, line in enumerate(lines):
        for place, word in enumerate(line):
            box = there(word.box) if there else word.box
            each = (box.right - box.left) / max(len(word.text), 1)
            if word.through:
                continue
            for part in PARTS.finditer(word.text):
                own = replace(
                    box, left=round(box.left + part.start() * each), right=round(box.left + part.end() * each)
                )
                yield _Read(line=number, word=place, text=bare(part[0]), box=own, sure=word.confidence or 0.0)


def _stands(one: _Read, text: str, box: Box) -> bool:
    """Whether a word that was read leaves no place for another text."""
    high = one.box.bottom - one.box.top
    within = _shared(one.box, box) > OVER and high > 0
    joined = text in one.text or Levenshtein.normalized_similarity(one.text, text) >= ALIKE
    return within and one.sure >= SURE and len(one.text) > 2 and not joined


def _over(one: Box, other: Box) -> bool:
    """Whether two boxes stand in one place."""
    wide = min(one.right - one.left, other.right - other.left)
    return one.across(other) > OVER * wide and _on_row(one, other)


def _shared(one: Box, other: Box) -> float:
    """The share of a box's width that lies on another of its row."""
    if not _on_row(one, other):
        return 0.0
    return max(one.across(other), 0) / max(one.right - one.left, 1)


def _on_row(one: Box, other: Box) -> bool:
    return one.down(other) > OVER * min(one.bottom - one.top, other.bottom - other.top)
