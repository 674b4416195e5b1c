"""From what an engine says of its own reading to probabilities: gauges, fitted for each engine on worn pages.

An engine's figure is no probability: 90 means one thing on a clean page and another on a ruin, one thing
where a second engine agrees and another where it does not. A gauge has a scale for each question that the
restorer asks: is a word right, is it dirt, is a character right, is what else was seen for a character right?
Two more weigh what the search found against all that: should the reading stand in place of what stands there,
and is the word that is shown right? A page may have been handed on to another engine, whose figures a gauge
does not know; the last scale weighs these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from math import prod
from pathlib import Path

from septel.capture import Capture
from septel.lexicon import figure_like
from septel.restore.confidence.engine_features import ALONE, CHOOSING, TRUSTING, alone, trusting
from septel.restore.confidence.logistic import LogisticModel
from septel.restore.confidence.weights import read_model, write_model
from septel.restore.confidence.word_calibration import WordFeatures
from septel.restore.engine_output import (
    EngineCharacter,
    EngineContext,
    EnginePosteriors,
    EngineWord,
    SpanPosterior,
    Support,
    bounded,
    engine_words,
    gauge_for,
    spelled,
    words_alone,
)
from septel.text import Alternative, Span

TOGETHER = 1000
"""So many words are asked about at once."""
Telling = tuple[EngineWord, EngineContext]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFeatures:
    """What is known of a word, or of a character of it, before language has its say.

    Attributes:
        told: the word.
        around: the words around it.
        character: the character, or None for the whole word; of a blank, the characters on both sides.
        letter: what the engine said of the character, if anything.
        differs: whether another engine has something else for the character, or for part of the word.
        other: what else the engine took the character for; empty where nothing was typed, None where that
            is not the question.
        share: the engine's own probability of that.
        figure: whether the character, or any of the word, is a letter where a figure should be
            (`figure_like`).
    """

    told: EngineWord
    around: EngineContext
    character: str | None = None
    letter: EngineCharacter | None = None
    differs: bool = False
    other: str | None = None
    share: float = 0.0
    figure: bool = False

    def features(self) -> tuple[float, ...]:
        """The numbers that a scale weighs, in the order of `FEATURES`."""
        told, around = self.told, self.around
        figure = 0.0 if told.confidence is None else bounded(told.confidence)
        own = bounded(self.letter.probability) if self.letter else 0.0
        letters = told.letters if self.character is None else ()
        worst = min((bounded(one.probability) for one in letters), default=own)
        character = told.text if self.character is None else self.character
        return (
            figure,
            float(told.confidence is None),
            own,
            worst,
            around.page,
            around.page_agreed,
            around.line,
            around.line_agreed,
            float(told.agreed is True),
            float(told.agreed is False and not told.others),
            float(bool(told.others) and not self.differs),
            float(bool(told.others) and self.differs),
            float(told.confidence is None and self.differs),
            float(character.isalpha()),
            float(character.isdigit()),
            1.0 / max(len(told.text), 1),
            self.share,
            float(self.figure),
            float(bool(self.other) and self.other.isalpha()) if self.other else 0.0,
            float(self.other.isdigit()) if self.other else 0.0,
            float(self.other == ""),
        )


FEATURES = (
    "figure",
    "silent",
    "own",
    "worst",
    "page",
    "page_agreed",
    "line",
    "line_agreed",
    "agreed",
    "alone",
    "other_same",
    "other_differs",
    "silent_differs",
    "letters",
    "digits",
    "short",
    "share",
    "figure_like",
    "other_letter",
    "other_figure",
    "nothing",
)
SCALES = {
    "word": FEATURES,
    "dirt": FEATURES,
    "character": FEATURES,
    "other": FEATURES,
    "blank": FEATURES,
    "filled": FEATURES,
    "choosing": CHOOSING,
    "trusting": TRUSTING,
    "alone": ALONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WordQueries:
    """What is asked of a gauge about one word.

    Attributes:
        word: is it right, and is it dirt?
        characters: is each of its characters right, by its place? Blanks between words are not asked for.
        others: by stretch (from the word's beginning) and what was seen there, is that right?
        blank: is nothing typed between the word before and this one?
        filled: by what else was seen in place of that blank, is that right?
    """

    word: EngineFeatures
    characters: Mapping[int, EngineFeatures]
    others: Mapping[tuple[Span, str], EngineFeatures]
    blank: EngineFeatures | None
    filled: Mapping[str, EngineFeatures]

    @classmethod
    def of(cls, told: EngineWord, around: EngineContext) -> WordQueries:
        """The questions about a word."""
        like = figure_like(told.text)

        def figures(at: int, other: str | None = None) -> EngineFeatures:
            return EngineFeatures(
                told=told,
                around=around,
                character=told.text[at : at + 1],
                letter=told.letters[at] if at < len(told.letters) else None,
                other=other,
                figure=at in like,
            )

        others: dict[tuple[Span, str], EngineFeatures] = {}
        differs: set[int] = set()
        for other in told.others:
            for span, character in spelled(told.text, other, 0):
                differs.update(range(span.start, span.end))
                others[span, character] = replace(figures(span.start, character), differs=True)
        for at, letter in enumerate(told.letters):
            for character, share in letter.others:
                if character != told.text[at]:
                    key = Span(at, at + 1), character
                    others[key] = replace(others.get(key, figures(at, character)), share=share)
        sides = told.beyond + told.text[:1]
        gap = (
            EngineFeatures(told=told, around=around, character=sides, letter=told.blank)
            if told.blank
            else None
        )
        return cls(
            word=EngineFeatures(told=told, around=around, differs=bool(told.others), figure=bool(like)),
            characters={
                at: replace(figures(at), differs=at in differs)
                for at, character in enumerate(told.text)
                if character != " "
            },
            others=others,
            blank=gap,
            filled={
                character: replace(gap, other=character, share=share)
                for character, share in (told.blank.others if told.blank else ())
                if gap
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineCalibration:
    """What turns one engine's figures into probabilities.

    File format (JSON): `name`, `data`, `rivals`, and the scales by the names of `SCALES`, each with
    `intercept`, `weights` by name and `steps`.

    Attributes:
        name: of the engine's tool, or of the two that voted (`septel.restore.engine_output.words.gauge_for`).
        data: on what it was fitted, for the model card.
        scales: by the names of `SCALES`; one that is missing is not asked.
        rivals: whether the engine says what else it took characters for.
        first: of a vote, the gauge of its first engine, for words that the second was not asked for.
    """

    name: str
    data: str
    scales: Mapping[str, LogisticModel]
    rivals: bool = False
    first: EngineCalibration | None = None

    def sight(
        self,
        tellings: Iterable[Telling],
        handed_on: tuple[tuple[Span, float], ...] = (),
    ) -> EnginePosteriors:
        """What was told, as probabilities.

        Args:
            tellings: words, each with what was told of those around it.
            handed_on: words with nothing but a figure (`septel.restore.engine_output.words_alone`).
        """
        words: list[SpanPosterior] = []
        characters: list[SpanPosterior] = []
        left = iter(tellings)
        # What is asked of all words of a long document at once would take gigabytes.
        while some := list(islice(left, TOGETHER)):
            for word, inside in self._seen(some):
                words.append(word)
                characters += inside
        return EnginePosteriors(
            words=tuple(words), characters=tuple(characters), gauge=self.name, alone=handed_on
        )

    def trust(self, evidence: WordFeatures, *, probability: float) -> float | None:
        """The probability that a shown word is right, in the light of what engines told; None without that.

        Args:
            evidence: what is known of the word.
            probability: that it is right, as far as is known without engines.
        """
        scales = self.scales_for(evidence.support)
        if evidence.support is not None and "trusting" in scales:
            scale, features = "trusting", trusting(evidence.support, evidence, probability=probability)
        elif evidence.figure is not None and "alone" in scales:
            scale, features = "alone", alone(evidence.figure, probability=probability)
        else:
            return None
        return float(scales[scale].probabilities([features])[0])

    def scales_for(self, support: Support | None) -> Mapping[str, LogisticModel]:
        """The scales of a place: of a vote those of its first engine where nobody else was asked."""
        return self.first.scales if self.first and support and not support.asked else self.scales

    def _seen(self, tellings: Iterable[Telling]) -> Iterator[tuple[SpanPosterior, list[SpanPosterior]]]:
        """The glimpses of some words, each by the gauge of those who were asked for it."""
        for unasked, some in groupby(tellings, key=lambda one: one[0].agreed is None):
            if unasked and self.first is not None:
                yield from self.first._glimpses([(told, around.unshared()) for told, around in some])
            else:
                yield from self._glimpses(list(some))

    def _glimpses(self, tellings: Sequence[Telling]) -> Iterator[tuple[SpanPosterior, list[SpanPosterior]]]:
        """Of each word its glimpse, and those of its characters and of the blank before it."""
        asked = [WordQueries.of(told, around) for told, around in tellings]
        right = self._answers("word", [one.word for one in asked])
        dirt = self._answers("dirt", [one.word for one in asked])
        letters = iter(
            self._answers("character", [case for one in asked for case in one.characters.values()])
        )
        others = iter(self._answers("other", [case for one in asked for case in one.others.values()]))
        blanks = iter(self._answers("blank", [one.blank for one in asked if one.blank]))
        filled = iter(self._answers("filled", [case for one in asked for case in one.filled.values()]))
        for one, sure, dirty in zip(asked, right, dirt, strict=True):
            span = one.word.told.span
            characters: list[SpanPosterior] = []
            if one.blank and "blank" in self.scales:
                seen = [Alternative(text=text, probability=next(filled)) for text in one.filled]
                characters.append(SpanPosterior.bounded(Span(span.start - 1, span.start), next(blanks), seen))
            stands = {at: next(letters) for at in one.characters}
            found: dict[Span, list[Alternative]] = {Span(at, at + 1): [] for at in stands}
            for piece, character in one.others:
                found.setdefault(piece, []).append(Alternative(text=character, probability=next(others)))
            here = [
                SpanPosterior.bounded(
                    piece, prod(stands.get(at, 1.0) for at in range(piece.start, piece.end)), seen
                )
                for piece, seen in sorted(found.items(), key=lambda pair: pair[0])
            ]
            characters += (replace(glimpse, span=glimpse.span.shift(span.start)) for glimpse in here)
            alternatives = (Alternative(text="", probability=dirty), *_whole(one, here))
            whole = SpanPosterior.bounded(span, sure, alternatives)
            yield replace(whole, asked=one.word.told.agreed is not None), characters

    def _answers(self, scale: str, figures: Sequence[EngineFeatures]) -> list[float]:
        if not figures or scale not in self.scales:
            return []
        answers: list[float] = self.scales[scale].probabilities(one.features() for one in figures).tolist()
        return answers

    @classmethod
    def load(cls, path: Path) -> EngineCalibration:
        """Read a file.

        Raises:
            ModelError: the file is damaged or of another format.
        """
        return read_model(
            path,
            lambda data: cls(
                name=str(data["name"]),
                data=str(data["data"]),
                rivals=bool(data["rivals"]),
                scales={
                    name: LogisticModel.of_json(data[name], features)
                    for name, features in SCALES.items()
                    if name in data
                },
            ),
            what="the gauge of an engine",
        )

    def save(self, path: Path) -> None:
        """Write the file."""
        scales = {name: scale.to_json() for name, scale in self.scales.items()}
        write_model(path, {"name": self.name, "data": self.data, "rivals": self.rivals, **scales})


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineCalibrations:
    """The gauges by name."""

    by_name: Mapping[str, EngineCalibration]

    @classmethod
    def load(cls, folder: Path) -> EngineCalibrations:
        """All gauges of a folder; none where there is no such folder.

        Raises:
            ModelError: a file is damaged.
        """
        gauges = [EngineCalibration.load(path) for path in sorted(folder.glob("*.json"))]
        named = {gauge.name: gauge for gauge in gauges}
        firsts = {name: named.get(name.partition("+")[0]) for name in named if "+" in name}
        return cls(by_name={**named, **{name: replace(named[name], first=firsts[name]) for name in firsts}})

    def sight(self, capture: Capture) -> EnginePosteriors | None:
        """What the engines of a capture saw; None where no gauge is for them or nothing was told."""
        gauge = self._gauge(capture)
        if gauge is None:
            return None
        tellings = engine_words(capture, rivals=gauge.rivals)
        handed_on = words_alone(capture) if gauge.rivals else ()
        told = bool(handed_on) or any(one.confidence is not None or one.letters for one, _ in tellings)
        return gauge.sight(tellings, handed_on) if told else None

    def _gauge(self, capture: Capture) -> EngineCalibration | None:
        step = capture.source.step
        if step is None:
            return None
        first, _, second = gauge_for(step).partition("+")
        words = (word for page in capture.pages for line in page.lines for word in line.words)
        if not second or any(word.agreed is not None for word in words):
            return self.by_name.get(gauge_for(step))
        # Where the second engine was asked for nothing, all is the first one's. In votes of before both read
        # everything: of one whose votes nobody kept, the figures mean something else.
        return None if step.version == "1" else self.by_name.get(first)


def _whole(one: WordQueries, here: Sequence[SpanPosterior]) -> list[Alternative]:
    """What other engines read for a word, each as probable as all its characters together."""
    glimpses = {glimpse.span: glimpse for glimpse in here}
    out = []
    for other in one.word.told.others:
        pieces = list(spelled(one.word.told.text, other, 0))
        taken = {at for span, _ in pieces for at in range(span.start, span.end)}
        same = (g.right for span, g in glimpses.items() if len(span) == 1 and span.start not in taken)
        probability = prod(same) * prod(glimpses[span].share(character) for span, character in pieces)
        out.append(Alternative(text=other, probability=probability))
    return out
