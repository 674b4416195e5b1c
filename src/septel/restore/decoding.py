"""One document on its way through the restorer: estimated, decoded, learnt from, decoded again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from septel.restore.both_cases import ACRONYM, abbreviation, cased, engine_read, in_figures, marked
from septel.restore.calibration import Calibration
from septel.restore.channel import Channel, Counts, compile_candidates
from septel.restore.choosing import Chooser
from septel.restore.decoder import search
from septel.restore.gauging import Gauges
from septel.restore.graph import Search
from septel.restore.hinting import CLEAR, Fixed
from septel.restore.judging import LONG, OFTEN, SETTLED, Judge
from septel.restore.language import LanguageModel
from septel.restore.learning import count_pairs
from septel.restore.page import Page, fold_page
from septel.restore.phrases import PhraseModel
from septel.restore.rescoring import rescore
from septel.restore.restoration import Noise, RestoredWord, Settings, State
from septel.restore.seeing import Eyes, others_rates
from septel.restore.sight import Sight
from septel.restore.specks import (
    BRACKETS,
    cleared,
    edges,
    numbered,
    scanned,
    settled,
    typed_braces,
    with_braces,
)
from septel.restore.suspicion import RUINED, Look, bare, look, misread, pinned, protection
from septel.restore.vocabulary import Vocabulary
from septel.restore.wording import Found, found_words
from septel.text import Alternative, Edit, Ground, Reason, Source, Span, Step

WEIGHT = 1.0
"""How much language counts against the channel; chosen from 0.6 to 1.3."""
MIXED_WEIGHT = 0.7
"""The same for text in both cases, of which the model has seen less; chosen from 0.65 to 1.3."""
PHRASE_WEIGHT = 0.7
"""How much a word's company counts; chosen from 0.2 to 0.8."""
CLEAN = 0.02
"""Documents with less noise than this are decoded only where a word looks wrong."""
USUAL, STRANGE = 0.055, 0.8
"""The share of unknown words in clean telegrams of 1974-79; how many of the rest are taken for misread."""
FEW, RARE = 2, 0.01
"""So many words, or this share of them, may have marks inside in a text that was received over the wire;
few of 180 clean telegrams have more, every worn page has."""
MOST = 2.2
"""How far a document may teach a higher rate than it looked to have."""
ASIDE = 0.4
"""The share of small letters from which a line of a teletype page counts as printed in mixed case."""
HEAD = 3_000
"""Characters from which the kind of noise is told."""
WINDOW = 20_000
"""Characters decoded at once; memory grows with it."""

SMALL_SHARE = 0.4
"""How much of a letter's errors, in text of both cases, are those of small letters."""

EDGE = "dirt or blanks at the edge"

_TOKEN = re.compile(r"\S+")

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Beam:
    """How wide a search is."""

    width: int
    margin: float


QUICK, FULL = Beam(20, 7.0), Beam(60, 9.0)


@dataclass(frozen=True, kw_only=True)
class Models:
    """What the restorer knows before it sees a document."""

    language: LanguageModel
    vocabulary: Vocabulary
    profiles: tuple[Channel, ...]
    calibration: Calibration | None
    chooser: Chooser | None = None
    phrases: PhraseModel | None = None
    gauges: Gauges = field(default_factory=lambda: Gauges(by_name={}))


class Decoding:
    """One document on its way through the restorer."""

    def __init__(
        self, models: Models, source: Source, settings: Settings, step: Step, sight: Sight | None = None
    ) -> None:
        self.fixed: list[Fixed] = []
        self.models = models
        self.step = step
        self.source = source
        self.settings = settings
        self.text = source.text
        self.eyes = Eyes(sight, source)
        self.braces = typed_braces(source.text)
        self.lines = [line.of(source.text) for line in source.lines]
        letters = sum(map(str.isalpha, source.text))
        lower = sum(map(str.islower, source.text))
        self.mixed = lower > 0.4 * letters
        self.shares = [_lower_share(line) for line in self.lines]
        self.looks = [self._looks(number) for number in range(len(self.lines))]
        # A teletype's text that no engine read was received so: scan noise is mended, the wire's is not.
        looks = [found for line in self.looks for _, found in line]
        odd = sum(found is Look.ODD for found in looks)
        engine = source.step is not None or scanned(source.text, mixed=False)
        self.sent = not (self.mixed or engine) and odd <= max(FEW, RARE * len(looks))
        self.names = self._repeated()
        self.recalled: list[str] = []
        self.taught: Sequence[str] = ()

    def _clear(self, lines: Sequence[int], *, specks: bool) -> list[int]:
        """Leave the dirt out of what is read, except where it is fixed; the lines that had some.

        Args:
            lines: where to look for it.
            specks: whether marks that stand alone are dirt, or only what engines saw to be.
        """
        text = list(self.source.text)
        for number in lines:
            span = self.source.lines[number]
            line = self.eyes.unsoiled(self.lines[number], span)
            line = cleared(line) if specks else line
            text[span.start : span.end] = line.translate(BRACKETS) if specks and self.braces else line
        for index, one in enumerate(self.fixed):
            seen = one.span.of(self.source.text)
            text[one.span.start : one.span.end] = seen
            if specks and one.text == seen and one.reason.ground is Ground.HINT:
                # A line of the form that can be read: its figures are still figures.
                self.fixed[index] = replace(one, text=numbered(seen))
        self.text = "".join(text)
        self.eyes.forget(self.text)
        touched = []
        for number in lines:
            line = self.source.lines[number].of(self.text)
            if line != self.lines[number]:
                touched.append(number)
                self.lines[number] = line
                self.looks[number] = self._looks(number)
        return touched

    def _looks(self, number: int) -> list[tuple[Span, Look]]:
        """Each token of a line, by its place in the line, with what it looks like."""
        mixed = self.mixed or self._aside(number)
        vocabulary = self.models.vocabulary
        looks = []
        for token in _TOKEN.finditer(self.lines[number]):
            found = look(token.group(), vocabulary, mixed=mixed)
            if self.mixed and found is Look.FIGURES and in_figures(token.group(), vocabulary):
                found = Look.ODD
            looks.append((Span(*token.span()), found))
        return looks

    def _settle(self) -> list[int]:
        """Read rows of stops as omissions and a number's figures as figures; the lines that had some."""
        text, touched = list(self.text), []
        for number, span in enumerate(self.source.lines):
            line = settled(self.lines[number])
            if line != self.lines[number] and not any(one.span.overlaps(span) for one in self.fixed):
                text[span.start : span.end] = line
                self.lines[number] = line
                self.looks[number] = self._looks(number)
                touched.append(number)
        self.text = "".join(text)
        return touched

    def _repeated(self) -> frozenset[str]:
        """Unknown words that stand in the document more than once, letter for letter: names, not noise."""
        cores = Counter(
            core
            for number, line in enumerate(self.looks)
            for span, found in line
            if found is Look.PLAIN
            and (len(core := bare(span.of(self.lines[number]))) >= 4 or self._abbreviation(core, number))
        )
        return frozenset(
            core
            for core, times in cores.items()
            if times > 1 and ((self.mixed and core.isupper()) or not misread(core, self.models.vocabulary))
        )

    def _abbreviation(self, token: str, number: int) -> bool:
        return self.mixed and abbreviation(token, self.lines[number])

    def _aside(self, number: int) -> bool:
        """Whether a line of a teletype page is in mixed case: a printed form or a later stamp."""
        return not self.mixed and self.shares[number] > ASIDE

    def estimate(self) -> float:
        """The share of misread characters, from how many tokens look misread."""
        if (told := self.eyes.noise) is not None:
            return told
        looks = [found for line in self.looks for _, found in line]
        share = sum(found.value for found in looks) / max(len(looks), 1)
        if not self.mixed and not self.sent:
            # An engine that knows capitals only makes words of its errors: more unknown words than telegrams
            # have are misread.
            unknown = sum(found is Look.PLAIN for found in looks) / max(len(looks), 1)
            share += STRANGE * max(unknown - USUAL, 0.0)
        # A word of five characters looks wrong when one of them is; as many errors again look right.
        return float(2.0 * (1.0 - (1.0 - min(share, 0.9)) ** 0.2))

    def run(self, progress: Progress) -> tuple[list[RestoredWord], list[Edit], Noise]:
        """The words, the edits of blanks between them, and what was found about the noise."""
        engine = self.mixed and engine_read(self.source.text)
        settled_lines = self._settle() if engine else []
        estimate = self.estimate()
        clean = estimate < CLEAN
        wrong = (Look.ODD, Look.UNUSUAL, *((Look.PLAIN,) * engine)) if clean else tuple(Look)
        hinted = {self.source.line_at(one.span.start) - 1 for one in self.fixed}
        chosen = [
            i
            for i in range(len(self.lines))
            if i in hinted
            or i in settled_lines
            or (not self._aside(i) and (not clean or any(found in wrong for _, found in self.looks[i])))
            or self.eyes.contests(self.source.lines[i])
        ]
        windows = self._windows(chosen)
        rates = np.full(len(self.lines), max(estimate, 0.001), np.float32)
        channel = self._profile(windows, max(estimate, 0.001)) if windows else None
        specks = bool(channel and channel.specks)
        specks = specks and (not clean or scanned(self.source.text, mixed=self.mixed))
        if channel and (specks or self.eyes.sight):
            teletype = [i for i in range(len(self.lines)) if not self._aside(i)]
            touched = self._clear(teletype, specks=specks)
            chosen = sorted({*chosen, *touched})
            windows = self._windows(chosen)
        if channel is None:
            noise = Noise(profile="clean", rate=estimate, lines=tuple(0.0 for _ in self.lines))
            return self._standing(range(len(self.lines)), self._judge(estimate, [])), [], noise
        rounds = 2 if self.settings.adapt and not clean else 0
        total = (rounds + 2) * len(windows)
        done = 0
        for _ in range(rounds):
            # What is fixed shows what its characters became: truth that costs nothing.
            known = [(f.text, f.span.of(self.source.text)) for f in self.fixed if f.likeness >= CLEAR]
            read_often: Counter[str] = Counter()
            counts, tallies = count_pairs(known, mixed=self.mixed), np.zeros((len(self.lines), 2), np.float32)
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
        readings: list[tuple[Page, list[Found]]] = []
        for page in windows:
            readings.append((page, self._decode(page, channel, rates, FULL)[0]))
            done += 2
            progress(done / total)
        judge = self._judge(channel.rate, readings)
        words: list[RestoredWord] = []
        blanks: list[Edit] = []
        for page, found in readings:
            self._report(found, page, judge, rates, words, blanks)
        decoded = set(chosen)
        rest = [i for i in range(len(self.lines)) if i not in decoded]
        words += self._standing(rest, judge)
        words.sort(key=lambda word: word.span.start)
        lines = rates.copy()
        lines[rest] = 0.0
        return (
            words,
            blanks,
            Noise(profile=channel.name, rate=float(channel.rate), lines=tuple(float(r) for r in lines)),
        )

    def _judge(self, rate: float, readings: Sequence[tuple[Page, list[Found]]]) -> Judge:
        unknown = np.zeros((len(self.lines), 2), np.float32)
        for page, found in readings:
            for word in found:
                if word.text:
                    line = page.line[min(word.start, len(page.line) - 1)]
                    unknown[line] += (self.models.vocabulary.weight(word.text) is None, 1)
        for number, looks in enumerate(self.looks):
            if not unknown[number, 1]:
                strange = sum(found in (Look.PLAIN, Look.UNUSUAL, Look.ODD) for _, found in looks)
                unknown[number] = (strange, len(looks))
        total = unknown.sum(axis=0)
        return Judge(
            vocabulary=self.models.vocabulary,
            calibration=self.models.calibration,
            chooser=self.models.chooser,
            settings=self.settings,
            mixed=self.mixed,
            rate=rate,
            sent=self.sent and self.estimate() < CLEAN,
            source=self.source.text,
            sight=self.eyes.sight,
            gauge=self.models.gauges.by_name.get(self.eyes.sight.gauge) if self.eyes.sight else None,
            recalled=[*self.recalled, *self.taught],
            names=self.names,
            strange=float(total[0] / max(total[1], 1.0)),
            strange_lines=[float(odd / max(n, 1.0)) for odd, n in unknown],
        )

    def _kind(self, name: str) -> Channel:
        kind = next(p for p in self.models.profiles if p.name == name)
        return kind.in_both_cases(SMALL_SHARE) if self.mixed else kind

    @property
    def _weight(self) -> float:
        return MIXED_WEIGHT if self.mixed else WEIGHT

    def _windows(self, chosen: Sequence[int]) -> list[Page]:
        """The lines to decode, in runs of neighbours no longer than a window."""
        windows: list[Page] = []
        run: list[int] = []
        size = 0
        for number in chosen:
            if run and (number != run[-1] + 1 or size > WINDOW):
                windows.append(fold_page(self.source, range(run[0], run[-1] + 1), self.text, self.fixed))
                run, size = [], 0
            run.append(number)
            size += len(self.lines[number]) + 1
        if run:
            windows.append(fold_page(self.source, range(run[0], run[-1] + 1), self.text, self.fixed))
        return windows

    def _profile(self, windows: Sequence[Page], rate: float) -> Channel:
        """The kind of noise that explains the beginning of what is decoded best."""
        heads: list[Page] = []
        for page in windows:
            left = HEAD - sum(len(head.text) for head in heads)
            if left <= 0:
                break
            number = int(page.line[min(left, len(page.line) - 1)])
            # What is fixed explains itself whatever the noise: it would drown what the rest says.
            heads.append(fold_page(self.source, range(int(page.line[0]), number + 1), self.text))
        lines = np.full(len(self.lines), rate, np.float32)
        best: tuple[float, Channel] | None = None
        for kind in self.models.profiles:
            channel = self._kind(kind.name).at_rate(rate)
            evidence = sum(self._search(head, channel, lines, QUICK)[0].evidence for head in heads)
            if best is None or evidence > best[0]:
                best = (evidence, channel)
        assert best is not None
        return best[1]

    def _decode(
        self, page: Page, channel: Channel, rates: NDArray[np.float32], beam: Beam
    ) -> tuple[list[Found], Counts, NDArray[np.float32]]:
        result, pins = self._search(page, channel, rates, beam)
        if beam is FULL and self.models.phrases is not None:
            result = rescore(result, self.models.phrases, weight=PHRASE_WEIGHT)
        return found_words(result, page, channel, pins)

    def _search(
        self, page: Page, channel: Channel, rates: NDArray[np.float32], beam: Beam
    ) -> tuple[Search, NDArray[np.bool_]]:
        """What a search leaves, and which places were pinned for it."""
        places = self._places(page, rates)
        others = self.eyes.others(page, self.text)
        if others is not None:
            places = (others_rates(places[0], others), *places[1:])
        candidates = compile_candidates(page.text, channel, *places, others)
        width, margin = beam.width, beam.margin
        found = search(candidates, self.models.language, weight=self._weight, width=width, margin=margin)
        return found, places[2]

    def _places(
        self, page: Page, rates: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.bool_]]:
        """Each place's error rate, whether it is a line end, and whether it is pinned.

        The rate is its line's, less where its token looks right, more where it looks wrong.
        """
        out = rates[page.line].copy()
        factor = np.ones(len(self.source.text) + 1, np.float32)
        pins = np.zeros(len(self.source.text) + 1, np.bool_)
        for number in np.unique(page.line):
            base = self.source.lines[number].start
            before: Span | None = None
            for span, found in self.looks[number]:
                rate = self.eyes.doubt(span.shift(base)) or float(rates[number])
                factor[base + span.start : base + span.end] = protection(found, rate)
                token = span.of(self.lines[number])
                name = found is Look.PLAIN and bare(token) in self.names and rate < RUINED
                pin = name or pinned(found, rate, token, mixed=self.mixed)
                if self._abbreviation(token, int(number)):
                    factor[base + span.start : base + span.end] *= ACRONYM
                if pin and not self.eyes.contests(span.shift(base)):
                    # The blank between two numbers is as much a fact as the numbers.
                    start = before.end if before and found is Look.FIGURES else span.start
                    pins[base + start : base + span.end] = True
                before = span if found is Look.FIGURES and pin else None
        out = self.eyes.rates(page, out)
        out *= factor[page.starts]
        return np.minimum(out, 0.6), page.breaks, (pins[page.starts] & ~page.breaks) | page.pinned

    def _report(
        self,
        found: list[Found],
        page: Page,
        judge: Judge,
        rates: NDArray[np.float32],
        words: list[RestoredWord],
        blanks: list[Edit],
    ) -> None:
        text, read = self.source.text, self.text
        noisy = judge.rate >= CLEAN or read != text
        for index in dict.fromkeys(page.fixed[page.fixed >= 0].tolist()):
            words.append(self._fixed_word(self.fixed[index]))
        first = True
        for number, word in enumerate(found):
            begins, first = first, word.break_after
            if self.mixed and not word.break_after and number + 1 < len(found):
                after = self._seen(found[number + 1], page)
                word = replace(word, text=marked(word.text, self._seen(word, page), after))
            span = page.span(word.start, word.end)
            line = int(page.line[min(word.start, len(page.line) - 1)])
            if word.end > word.start and page.fixed[word.start] >= 0:
                if word.break_after and noisy:
                    blanks += self._outer(line)
                continue
            before = span.of(read)
            if before or word.text:
                rate = float(rates[line])
                judged = judge.word(word, span, line + 1, before, rate, first=begins, last=word.break_after)
                if self.mixed:
                    beside = "" if begins else found[number - 1].text
                    judged = replace(judged, text=cased(judged.text, beside, self.models.vocabulary))
                if self.braces:
                    judged = replace(judged, text=with_braces(judged.text, span.of(text)))
                words.append(judged)
            if word.break_after:
                if noisy:
                    blanks += self._outer(line)
                continue
            gap = page.span(*word.gap)
            if gap.of(text).strip() or not len(gap):
                blanks.append(self._edit(gap, gap.of(text), " ", "a blank"))

    def _seen(self, word: Found, page: Page) -> str:
        """What stands where a word was read."""
        return page.span(word.start, word.end).of(self.text)

    def _fixed_word(self, one: Fixed) -> RestoredWord:
        sure = one.reason.ground is Ground.DECISION or (one.likeness >= CLEAR and not one.others)
        return RestoredWord(
            span=one.span,
            line=self.source.line_at(one.span.start),
            text=one.text,
            state=State.SURE if sure else State.DOUBTFUL,
            alternatives=tuple(Alternative(text=other) for other in one.others),
            reason=one.reason,
        )

    def _outer(self, line: int) -> list[Edit]:
        span = self.source.lines[line]
        raw, read = span.of(self.source.text), span.of(self.text)
        body = read.strip()
        if body == raw:
            return []
        if not body:
            return [self._edit(span, raw, "", "nothing but dirt and blanks")]
        found = (Span(*part).shift(span.start) for part in edges(raw, read))
        return [self._edit(part, part.of(self.source.text), "", EDGE) for part in found]

    def _edit(self, span: Span, before: str, after: str, detail: str) -> Edit:
        reason = Reason(ground=Ground.CHANNEL, detail=detail)
        return Edit(span=span, before=before, after=after, reason=reason, step=self.step)

    def _standing(self, lines: Iterable[int], judge: Judge) -> list[RestoredWord]:
        """The words of lines that were not decoded."""
        out: list[RestoredWord] = []
        for number in lines:
            base = self.source.lines[number].start
            for span, _ in self.looks[number]:
                token = span.of(self.lines[number])
                out.append(judge.untouched(token, span.shift(base), number + 1))
        return out


def _lower_share(line: str) -> float:
    letters = [character for character in line if character.isalpha()]
    return sum(map(str.islower, letters)) / len(letters) if len(letters) >= 12 else 0.0


def _line_rates(tallies: NDArray[np.float32], rate: float) -> NDArray[np.float32]:
    """Each line's share of errors, drawn towards the document's by as much as thirty characters."""
    rates = (tallies[:, 0] + 30 * rate) / (tallies[:, 1] + 30)
    out: NDArray[np.float32] = np.clip(rates, 0.3 * rate, 0.5).astype(np.float32)
    return out
