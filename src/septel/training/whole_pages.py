"""Whole pages with transcripts: which of the words that were read on them are right.

A transcript need not have all that is on a page, nor in the same order. So words are judged only where the
two run together: a word that is matched is right; one in a stretch that differs is wrong where the stretch
is short or like the transcript's, and between matched words; of others nobody knows. Pages are restored
whole, as a reader has them, so what is learnt is how far a restorer can be trusted that has adapted itself
to a page.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from septel.errors import InputError
from septel.restore import Restoration, RestoredWord
from septel.restore.confidence import OtherReading
from septel.restore.document import FEATURES, RivalModel
from septel.restore.tokens import parted
from septel.training.word_confidence import Judged, Weighed, logistic

LIKE = 0.45
"""How like (by edits) a stretch must be to what the transcript has between the same words."""
SHORT = 3
"""Words of a stretch that is judged however unlike it is."""
LEAST = 200
"""Characters of a page that is worth restoring."""
MOST = 9_000
"""Characters of a page that are restored."""

_WORD = re.compile(r"[A-Za-z0-9]+(?:[.'/&-][A-Za-z0-9]+)*")
_MARKUP = re.compile(r"<[^>]+>|[*#|]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscribedPage:
    """A page as an engine read it, with a transcript.

    Attributes:
        document, name: whose page it is, and which.
        seen, truth: the engine's text, and the transcript.
        agreed: of each word of the transcript, whether a second reader has it too; None where none read it.
    """

    document: str
    name: str
    seen: str
    truth: str
    agreed: tuple[bool, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledWord:
    """A word that was read, and what the transcript has there.

    Attributes:
        word: the word.
        truth: what the transcript has at its place.
        right: whether it is that.
        letters: whether its letters and figures are.
        marks: where its letters are right, whether its marks are; else None.
    """

    word: RestoredWord
    truth: str
    right: bool
    letters: bool
    marks: bool | None


def transcribed_pages(
    path: Path, *, folds: Collection[int], without: Collection[str]
) -> Iterator[TranscribedPage]:
    """Pages of a set of scans (JSON lines packed with LZMA), by fold.

    Args:
        path: the file: `id`, `page`, `fold`, `text`, `agreed`, `tesseract`.
        folds: the folds to take; what measures is not among them.
        without: documents to leave out.

    Raises:
        InputError: there is no such file, or it is damaged.
    """
    try:
        with lzma.open(path, "rt", encoding="utf-8") as opened:
            for line in opened:
                data = json.loads(line)
                truth, seen = _MARKUP.sub(" ", data["text"]), data["tesseract"].replace("\f", "\n")[:MOST]
                if data["fold"] not in folds or data["id"] in without or min(len(truth), len(seen)) < LEAST:
                    continue
                yield TranscribedPage(
                    document=data["id"],
                    name=f"{data['id']}-{data['page']}",
                    seen=seen,
                    truth=truth,
                    agreed=_agreed(truth, data["agreed"]),
                )
    except (OSError, lzma.LZMAError, ValueError, KeyError) as why:
        raise InputError(
            f"the pages can't be read ({why})", where=str(path), remedy="Give JSON lines packed with LZMA."
        ) from why


def _agreed(truth: str, told: str) -> tuple[bool, ...] | None:
    """Of each word between blanks, whether all that a second reader was asked about in it is agreed on."""
    if len(_WORD.findall(truth)) != len(told):
        return None
    out, at = [], 0
    for token in truth.split():
        count = len(_WORD.findall(token))
        out.append(all(one == "1" for one in told[at : at + count]))
        at += count
    return tuple(out)


def labelled(found: Restoration, page: TranscribedPage) -> Iterator[LabelledWord]:
    """The words of a restored page of which the transcript tells whether they are right."""
    words = [word for word in found.words if word.text.strip()]
    tokens = [(index, token) for index, word in enumerate(words) for token in word.text.split()]
    truth = page.truth.split()
    places = _places(truth, [token for _, token in tokens])
    of_word: list[list[tuple[int, int, bool] | None]] = [[] for _ in words]
    for (index, _), place in zip(tokens, places, strict=True):
        of_word[index].append(place)
    for word, found_places in zip(words, of_word, strict=True):
        known = [place for place in found_places if place is not None]
        if not known or len(known) < len(found_places):
            continue
        low, high = min(place[0] for place in known), max(place[1] for place in known)
        if page.agreed is not None and not all(page.agreed[low:high]):
            continue
        right = all(place[2] for place in known)
        yield _labelled(word, truth[low:high], right, single=len(known) == 1)


def _labelled(word: RestoredWord, truth: Sequence[str], right: bool, *, single: bool) -> LabelledWord:
    letters, marks = right, None
    if single:
        head, core, tail = parted(word.text)
        same = [one for one in map(parted, truth) if one[1].upper() == core.upper()]
        letters = bool(same)
        marks = (same[0][0], same[0][2]) == (head, tail) if same else None
    return LabelledWord(word=word, truth=" ".join(truth), right=right, letters=letters, marks=marks)


def _places(truth: Sequence[str], tokens: Sequence[str]) -> list[tuple[int, int, bool] | None]:
    """Per token its stretch of the truth and whether it is matched; None where nobody knows."""
    out: list[tuple[int, int, bool] | None] = [None] * len(tokens)
    steps = list(Levenshtein.opcodes(truth, tokens))
    at = 0
    while at < len(steps):
        step = steps[at]
        if step.tag == "equal":
            for offset in range(step.src_end - step.src_start):
                out[step.dest_start + offset] = (step.src_start + offset, step.src_start + offset + 1, True)
            at += 1
            continue
        last = at
        while last + 1 < len(steps) and steps[last + 1].tag != "equal":
            last += 1
        true, shown = (step.src_start, steps[last].src_end), (step.dest_start, steps[last].dest_end)
        inside = at > 0 and last + 1 < len(steps)
        if inside and shown[1] > shown[0] and _alike(truth[slice(*true)], tokens[slice(*shown)]):
            same = true[1] - true[0] == shown[1] - shown[0]
            for place in range(*shown):
                low = true[0] + place - shown[0] if same else true[0]
                out[place] = (low, low + 1 if same else true[1], False)
        at = last + 1
    return out


def _alike(truth: Sequence[str], shown: Sequence[str]) -> bool:
    if 0 < len(truth) <= SHORT and len(shown) <= SHORT:
        return True
    one, other = "".join(truth).upper(), "".join(shown).upper()
    return float(Levenshtein.normalized_similarity(one, other)) >= LIKE


def judged_words(labels: Iterable[LabelledWord]) -> Iterator[Judged]:
    """What is known of each word, with whether it is right."""
    return ((one.word.evidence, one.right) for one in labels if one.word.evidence is not None)


def judged_marks(labels: Iterable[LabelledWord]) -> Iterator[Judged]:
    """Of words whose letters are right, what is known, with whether their marks are right as well."""
    for one in labels:
        if one.word.evidence is not None and one.marks is not None:
            yield one.word.evidence, one.marks


def weighed_places(labels: Iterable[LabelledWord]) -> Iterator[Weighed]:
    """Places where a guess was weighed against what stands, and one of the two is right."""
    for one in labels:
        choice = one.word.choice
        if choice is None:
            continue
        guess = _stands(choice.guess, one.truth)
        before = _stands(choice.before, one.truth)
        before = before or (not choice.mixed and _stands(choice.before.upper(), one.truth))
        if guess != before:
            yield replace(choice), guess


def _stands(text: str, truth: str) -> bool:
    return bool(text) and f" {' '.join(text.split())} " in f" {truth} "


def meant(rival: OtherReading, truth: str) -> bool:
    """Whether a known word is what the transcript has, marks at its edges aside."""
    bare = " ".join(parted(one)[1] for one in truth.upper().split())
    return parted(rival.text)[1].upper() == bare or rival.text.upper() == truth.upper()


def fit_rivals(pairs: Iterable[tuple[OtherReading, bool]], *, data: str, ridge: float = 3.0) -> RivalModel:
    """The model that weighs known words against an unknown one.

    Args:
        pairs: known words beside unknown ones, with whether the known one is meant.
        data: on what it was fitted, for the model card.
        ridge: how strongly weights are drawn to zero, in squared standard units.
    """
    taken = list(pairs)
    features = np.array([rival.features for rival, _ in taken]).reshape(len(taken), len(FEATURES))
    right = np.array([good for _, good in taken], np.float64)
    intercept, weights = logistic(features, right, ridge=ridge)
    return RivalModel(data=data, intercept=intercept, weights=weights)
