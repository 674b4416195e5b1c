"""One document on its way through the restorer: estimated, decoded, learnt from, decoded again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from septel.progress import Progress
from septel.restore.channel import Channel, ConfusionCounts, count_pairs
from septel.restore.confidence import AlternativeModel, ChangeModel, EngineCalibrations, WordCalibration
from septel.restore.decode import (
    CLEAR,
    Lattice,
    Observation,
    WordHypothesis,
    beam_search,
    compile_candidates,
    observe,
    others_rates,
    rescore,
    word_hypotheses,
)
from septel.restore.document.assessment import LONG, OFTEN, SETTLED, WordAssessor
from septel.restore.document.lexical_rivals import LexiconIndex, RivalModel
from septel.restore.document.restored_words import CLEAN, RestoredWords
from septel.restore.document.restraint import restrained
from septel.restore.document.result import Noise, RestoredWord, Settings
from septel.restore.document.second_look import SecondLook
from septel.restore.document.sent_text import found_in
from septel.restore.document.working_copy import WorkingCopy
from septel.restore.language import CharacterModel, Vocabulary, WordModel
from septel.restore.tokens import ACRONYM, RUINED, Garbles, TokenClass, bare, pinned, protection, scanned
from septel.text import Edit, Span, Step

WEIGHT = 1.0
"""How much language counts against the channel; chosen from 0.6 to 1.3."""
MIXED_WEIGHT = 0.7
"""The same for text in both cases, of which the model has seen less; chosen from 0.65 to 1.3."""
PHRASE_WEIGHT = 0.7
"""How much a word's company counts; chosen from 0.2 to 0.8."""
MOST = 2.2
"""How far a document may teach a higher rate than it looked to have."""
HEAD = 3_000
"""Characters from which the kind of noise is told."""
WINDOW = 20_000
"""Characters decoded at once; memory grows with it."""
OLD = "old"
"""The profile of the noise of old engines."""
SMALL_SHARE = 0.4
"""How much of a letter's errors, in text of both cases, are those of small letters."""


@dataclass(frozen=True, slots=True)
class Beam:
    """How wide a search is."""

    width: int
    margin: float


QUICK, FULL = Beam(20, 7.0), Beam(150, 12.0)
"""For learning the noise, and for the reading. The second was chosen on 100 pages of folds 1 to 3 as
Tesseract 4.1 read them: of 4,701 lost words 29.3% came back at (60, 9), 30.2 at (150, 12), 30.5 at (150, 15)
and at (400, 16), for .37, .42, .48 and .63 s of processor time a page. With a margin of 15 a letter that an
engine saw was lost (`KNYSTAUTAS`), so 12."""


@dataclass(frozen=True, kw_only=True)
class Models:
    """What the restorer knows before it sees a document.

    Attributes:
        digest: of all the files that the models were read from, shortened; empty where there were none.
    """

    language: CharacterModel
    vocabulary: Vocabulary
    profiles: tuple[Channel, ...]
    calibration: WordCalibration | None
    chooser: ChangeModel | None = None
    phrases: WordModel | None = None
    rivals: RivalModel | None = None
    others: AlternativeModel | None = None
    gauges: EngineCalibrations = field(default_factory=lambda: EngineCalibrations(by_name={}))
    digest: str = ""


class AdaptiveDecoding:
    """One document on its way through the restorer."""

    def __init__(self, models: Models, standing: WorkingCopy, settings: Settings, step: Step) -> None:
        self.models = models
        self.standing = standing
        self.settings = settings
        self.step = step
        self.recalled: list[str] = []
        self.taught: Sequence[str] = ()
        self.sent = False
        self.lexicon: LexiconIndex | None = None

    def run(self, progress: Progress) -> tuple[list[RestoredWord], list[Edit], Noise]:
        """The words, the edits of blanks between them, and what was found about the noise."""
        if self.sent or (self.standing.sent and self.standing.estimate() < CLEAN):
            return self._as_sent()
        engine = self.standing.engine
        settled_lines = self.standing.settle() if engine else []
        estimate = self.standing.estimate()
        clean = estimate < CLEAN
        chosen = self._chosen(settled_lines, clean=clean)
        windows = self._windows(chosen)
        rates = np.full(len(self.standing.lines), max(estimate, 0.001), np.float32)
        channel = self._profile(windows, max(estimate, 0.001)) if windows else None
        specks = bool(channel and channel.specks)
        specks = specks and (not clean or scanned(self.standing.source.text, mixed=self.standing.mixed))
        if channel and (specks or self.standing.eyes.sight):
            teletype = [i for i in range(len(self.standing.lines)) if not self.standing.aside(i)]
            touched = self.standing.clear(teletype, specks=specks)
            chosen = sorted({*chosen, *touched})
            windows = self._windows(chosen)
        if channel is None:
            noise = Noise(profile="clean", rate=estimate, lines=tuple(0.0 for _ in self.standing.lines))
            report = RestoredWords(self.standing, self._judge(estimate, []), rates, self.step)
            report.leave(range(len(self.standing.lines)))
            return report.words, [], noise
        rounds = 2 if self.settings.adapt and not clean else 0
        total = (rounds + 2) * len(windows)
        done = 0
        for _ in range(rounds):
            # What is fixed shows what its characters became: truth that costs nothing.
            known = [
                (f.text, f.span.of(self.standing.source.text))
                for f in self.standing.fixed
                if f.likeness >= CLEAR
            ]
            read_often: Counter[str] = Counter()
            counts, tallies = (
                count_pairs(known, mixed=self.standing.mixed),
                np.zeros((len(self.standing.lines), 2), np.float32),
            )
            for page in windows:
                found, one, tally = self._decode(page, channel, rates, QUICK)
                read_often.update(bare(word.text) for word in found if word.posterior > SETTLED)
                counts = counts.plus(one)
                tallies[: len(tally)] += tally
                done += 1
                progress(done / total)
            self.recalled = [w for w, n in read_often.items() if n >= OFTEN and len(w) >= LONG]
            channel = self._kind(channel.name).adapted(counts)
            rate = min(channel.rate, MOST * estimate)
            channel = channel.at_rate(rate)
            rates = _line_rates(tallies, rate)
        readings: list[tuple[Observation, list[WordHypothesis]]] = []
        for page in windows:
            readings.append((page, self._decode(page, channel, rates, FULL)[0]))
            done += 2
            progress(done / total)
        judge = replace(self._judge(channel.rate, readings), old=channel.name == OLD)
        report = RestoredWords(self.standing, judge, rates, self.step)
        for page, found in readings:
            report.add(page, found)
        decoded = set(chosen)
        rest = [i for i in range(len(self.standing.lines)) if i not in decoded]
        report.leave(rest)
        report.words.sort(key=lambda word: word.span.start)
        words = self._second_look(judge).over(report.words)
        words = restrained(words, self.standing.source, self.standing.passages, judge)
        lines = rates.copy()
        lines[rest] = 0.0
        return (
            words,
            report.blanks,
            Noise(profile=channel.name, rate=float(channel.rate), lines=tuple(float(r) for r in lines)),
        )

    def _chosen(self, settled: Sequence[int], *, clean: bool) -> list[int]:
        """The lines that are decoded: all typed ones of a noisy text, of a clean one those that look odd."""
        engine = self.standing.engine
        wrong = (
            (TokenClass.ODD, TokenClass.UNUSUAL, *((TokenClass.PLAIN,) * engine))
            if clean
            else tuple(TokenClass)
        )
        hinted = {self.standing.source.line_at(one.span.start) - 1 for one in self.standing.fixed}
        return [
            i
            for i in range(len(self.standing.lines))
            if i in hinted
            or i in settled
            or (
                not self.standing.aside(i)
                and (not clean or any(found in wrong for _, found in self.standing.looks[i]))
            )
            or (i not in self.standing.foreign and self.standing.eyes.rivals(self.standing.source.lines[i]))
        ]

    def _as_sent(self) -> tuple[list[RestoredWord], list[Edit], Noise]:
        """The words of a text that no engine read: they stand, and what was damaged on its way is marked."""
        lines = self.standing.lines
        garbles = Garbles(
            vocabulary=self.models.vocabulary, language=self.models.language, mixed=self.standing.mixed
        )
        found, noise = found_in(self.standing.source, lines, garbles)
        report = RestoredWords(
            self.standing, self._judge(0.0, []), np.zeros(len(lines), np.float32), self.step
        )
        report.stand(found)
        return report.words, [], noise

    def _judge(
        self, rate: float, readings: Sequence[tuple[Observation, list[WordHypothesis]]]
    ) -> WordAssessor:
        unknown = np.zeros((len(self.standing.lines), 2), np.float32)
        for page, found in readings:
            for word in found:
                if word.text:
                    line = page.line[min(word.start, len(page.line) - 1)]
                    unknown[line] += (self.models.vocabulary.weight(word.text) is None, 1)
        for number, looks in enumerate(self.standing.looks):
            if not unknown[number, 1]:
                strange = sum(
                    found in (TokenClass.PLAIN, TokenClass.UNUSUAL, TokenClass.ODD) for _, found in looks
                )
                unknown[number] = (strange, len(looks))
        total = unknown.sum(axis=0)
        return WordAssessor(
            vocabulary=self.models.vocabulary,
            calibration=self.models.calibration,
            chooser=self.models.chooser,
            settings=self.settings,
            mixed=self.standing.mixed,
            rate=rate,
            sent=self.standing.sent and self.standing.estimate() < CLEAN,
            source=self.standing.source.text,
            sight=self.standing.eyes.sight,
            gauge=self.models.gauges.by_name.get(self.standing.eyes.sight.gauge)
            if self.standing.eyes.sight
            else None,
            recalled=[*self.recalled, *self.taught],
            names=self.standing.names,
            strange=float(total[0] / max(total[1], 1.0)),
            strange_lines=[float(odd / max(n, 1.0)) for odd, n in unknown],
        )

    def _second_look(self, judge: WordAssessor) -> SecondLook:
        return SecondLook(
            judge=judge,
            language=self.models.language,
            phrases=self.models.phrases,
            model=self.models.rivals,
            others=self.models.others,
            lexicon=self.lexicon or LexiconIndex.of(self.models.vocabulary),
            read=self.standing.text,
        )

    def _kind(self, name: str) -> Channel:
        kind = next(p for p in self.models.profiles if p.name == name)
        return kind.in_both_cases(SMALL_SHARE) if self.standing.mixed else kind

    @property
    def _weight(self) -> float:
        return MIXED_WEIGHT if self.standing.mixed else WEIGHT

    def _windows(self, chosen: Sequence[int]) -> list[Observation]:
        """The lines to decode, in runs of neighbours no longer than a window."""
        windows: list[Observation] = []
        run: list[int] = []
        size = 0
        for number in chosen:
            if run and (number != run[-1] + 1 or size > WINDOW):
                windows.append(
                    observe(
                        self.standing.source,
                        range(run[0], run[-1] + 1),
                        self.standing.text,
                        self.standing.fixed,
                    )
                )
                run, size = [], 0
            run.append(number)
            size += len(self.standing.lines[number]) + 1
        if run:
            windows.append(
                observe(
                    self.standing.source, range(run[0], run[-1] + 1), self.standing.text, self.standing.fixed
                )
            )
        return windows

    def _profile(self, windows: Sequence[Observation], rate: float) -> Channel:
        """The kind of noise that explains the beginning of what is decoded best."""
        heads: list[Observation] = []
        for page in windows:
            left = HEAD - sum(len(head.text) for head in heads)
            if left <= 0:
                break
            number = int(page.line[min(left, len(page.line) - 1)])
            # What is fixed explains itself whatever the noise: it would drown what the rest says.
            heads.append(
                observe(self.standing.source, range(int(page.line[0]), number + 1), self.standing.text)
            )
        lines = np.full(len(self.standing.lines), rate, np.float32)
        best: tuple[float, Channel] | None = None
        for kind in self.models.profiles:
            channel = self._kind(kind.name).at_rate(rate)
            evidence = sum(self._search(head, channel, lines, QUICK)[0].evidence for head in heads)
            if best is None or evidence > best[0]:
                best = (evidence, channel)
        assert best is not None
        return best[1]

    def _decode(
        self, page: Observation, channel: Channel, rates: NDArray[np.float32], beam: Beam
    ) -> tuple[list[WordHypothesis], ConfusionCounts, NDArray[np.float32]]:
        result, pins = self._search(page, channel, rates, beam)
        if beam is FULL and self.models.phrases is not None:
            result = rescore(result, self.models.phrases, weight=PHRASE_WEIGHT)
        return word_hypotheses(result, page, channel, pins)

    def _search(
        self, page: Observation, channel: Channel, rates: NDArray[np.float32], beam: Beam
    ) -> tuple[Lattice, NDArray[np.bool_]]:
        """What a search leaves, and which places were pinned for it."""
        places = self._places(page, rates)
        others = self.standing.eyes.others(page, self.standing.text)
        if others is not None:
            places = (others_rates(places[0], others), *places[1:])
        candidates = compile_candidates(page.text, channel, *places, others)
        width, margin = beam.width, beam.margin
        found = beam_search(candidates, self.models.language, weight=self._weight, width=width, margin=margin)
        return found, places[2]

    def _places(
        self, page: Observation, rates: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.bool_]]:
        """Each place's error rate, whether it is a line end, and whether it is pinned.

        The rate is its line's, less where its token looks right, more where it looks wrong.
        """
        out = rates[page.line].copy()
        factor = np.ones(len(self.standing.source.text) + 1, np.float32)
        pins = np.zeros(len(self.standing.source.text) + 1, np.bool_)
        for number in np.unique(page.line):
            base = self.standing.source.lines[number].start
            before: Span | None = None
            for span, found in self.standing.looks[number]:
                rate = self.standing.eyes.doubt(span.shift(base)) or float(rates[number])
                factor[base + span.start : base + span.end] = protection(found, rate)
                token = span.of(self.standing.lines[number])
                name = found is TokenClass.PLAIN and bare(token) in self.standing.names and rate < RUINED
                pin = name or pinned(found, rate, token, mixed=self.standing.mixed)
                if self.standing.abbreviation(token, int(number)):
                    factor[base + span.start : base + span.end] *= ACRONYM
                if pin and not self.standing.eyes.contests(span.shift(base)):
                    # The blank between two numbers is as much a fact as the numbers.
                    start = before.end if before and found is TokenClass.FIGURES else span.start
                    pins[base + start : base + span.end] = True
                before = span if found is TokenClass.FIGURES and pin else None
        out = self.standing.eyes.rates(page, out)
        out *= factor[page.starts]
        return np.minimum(out, 0.6), page.breaks, (pins[page.starts] & ~page.breaks) | page.pinned


def _line_rates(tallies: NDArray[np.float32], rate: float) -> NDArray[np.float32]:
    """Each line's share of errors, drawn towards the document's by as much as thirty characters."""
    rates = (tallies[:, 0] + 30 * rate) / (tallies[:, 1] + 30)
    out: NDArray[np.float32] = np.clip(rates, 0.3 * rate, 0.5).astype(np.float32)
    return out
