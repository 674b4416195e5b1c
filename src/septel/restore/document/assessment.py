"""Judging what was decoded: how sure a word is, and whether the page should have the last word instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from septel.restore.confidence import (
    ChangeModel,
    EngineCalibration,
    ProposedChange,
    WordCalibration,
    WordFeatures,
    choosing,
    kind_of_mark,
)
from septel.restore.decode import RUINED, WordHypothesis
from septel.restore.document.plain_sight import beside_capitals, in_capitals_around, spoilt
from septel.restore.document.quantities import beyond_language, figures_of, seen_enough
from septel.restore.document.result import RestoredWord, Settings
from septel.restore.engine_output import EnginePosteriors, Support, logit
from septel.restore.language import Vocabulary
from septel.restore.tokens import TokenClass, bare, classify, parted
from septel.text import Alternative, Confidence, Ground, Reason, Span, State

SETTLED, UNSETTLED = 0.6, 0.9
"""A word is recalled when it was read with more than the first share, where one has less than the second."""
OFTEN = 3
"""How often a word must have been read to be recalled."""
LONG = 5
"""Characters from which a word is recalled; shorter ones are too like each other."""
COMMON = 11
"""Words this common (binary logarithm of their count) are not taken for garbled names."""
STRANGER = 0.02
"""The share given to a word that stands although the search did not keep it."""
UNTOUCHED = 0.002
"""The error rate that is assumed of lines that were not decoded."""
LIKELY = -2.0
"""From these odds on (their logarithm) an unknown word may well be a misreading of a known one."""
UNSEEN = -6.0
"""Up to this gain (its logarithm) engines saw nothing of a reading."""
POOR = 0.3
"""A guess of less probability gives way to what an engine saw, if that has as much."""
FAINT = 0.02
"""On pages with less noise than this a figure is changed on the word of an engine only."""

_MARKS = re.compile(r"[^\w~]+")


@dataclass(frozen=True, kw_only=True)
class WordAssessor:
    """Turns what was found into words with their doubts, at a reader's thresholds.

    Attributes:
        vocabulary: which words are known.
        calibration: what turns evidence into probabilities, or None.
        chooser: what weighs a guess against what stands, or None.
        settings: the reader's thresholds.
        mixed: whether the document is in both cases.
        rate: the document's share of misread characters.
        sent: whether no engine read the text: its garbles came over the wire, and are marked and kept.
        recalled: words that the document has elsewhere, read surely and more than once.
        names: unknown words that the document has more than once.
        strange: the share of unknown words in what the document was read as.
        strange_lines: the same for each line.
        source: the document's text as it came.
        sight: what engines saw of it, or None.
        gauge: what weighs that, or None.
        old: whether its noise is that of old engines.
    """

    vocabulary: Vocabulary
    calibration: WordCalibration | None
    chooser: ChangeModel | None
    settings: Settings
    mixed: bool
    rate: float
    sent: bool = False
    recalled: Sequence[str] = ()
    names: frozenset[str] = frozenset()
    strange: float = 0.0
    strange_lines: Sequence[float] = ()
    source: str = ""
    sight: EnginePosteriors | None = None
    gauge: EngineCalibration | None = None
    old: bool = False

    def word(
        self,
        found: WordHypothesis,
        span: Span,
        line: int,
        before: str,
        rate: float,
        *,
        first: bool = False,
        last: bool = False,
    ) -> RestoredWord:
        """The word as decoded, unless it is a poor guess at a word that can be read as it stands.

        An unknown word of letters is a name as often as it is misread; where the page is not ruined and
        the guess is weak, the page has the last word.

        Args:
            found: what the search found.
            span: where, in the source.
            line: its line, from one.
            before: what the source has there.
            rate: the line's error rate.
            first: whether it begins its line.
            last: whether it ends its line.
        """
        found = self._recall(found, before)
        share = next((share for text, share in found.rivals if text == before.upper()), 0.0)
        guesses = [one for one in (found, self._preferred(found, span, before)) if one and one.text != before]
        if not guesses:
            return self._judged(found, span, line, before, rate, last=last)
        choices = [
            ProposedChange(
                guess=one.text,
                before=before,
                posterior=one.posterior,
                standing=found.posterior if found.text == before else share,
                known=self.vocabulary.weight(one.text),
                known_before=self.vocabulary.weight(before),
                look=classify(before, self.vocabulary, mixed=self.mixed),
                rate=rate,
                document=self.rate,
                mixed=self.mixed,
                repeated=bare(before) in self.names,
                first=first,
                last=last,
                support=self._support(span, one.text),
            )
            for one in guesses
        ]
        plain = [self.chooser.odds(choice) if self.chooser is not None else 0.0 for choice in choices]
        backed = [self._backed(choice, odds) for choice, odds in zip(choices, plain, strict=True)]
        weighed = [odds if told is None else told for odds, told in zip(plain, backed, strict=True)]
        best = weighed.index(max(weighed))
        guess, choice, odds = guesses[best], choices[best], plain[best]
        taken = weighed[best] >= self.settings.change
        if self.chooser is None and backed[best] is None:
            # On a ruin what stands says little.
            taken = taken or self.rate >= RUINED
        named = choice.support is not None and choice.support.reading > 0.0
        if (
            taken
            and not self.sent
            and (named or not self._unfigured(guess.text, before, choice.look))
            and not self.spoilt(guess.text, before, span)
        ):
            judged = self._judged(guess, span, line, before, rate, odds=odds, last=last)
            # Without a gauge nobody knows how far to trust what engines saw.
            if self.gauge is None or not _outweighed(judged, choice):
                return replace(judged, choice=choice)
        if found.text == before:
            return replace(self._judged(found, span, line, before, rate, last=last), choice=choice)
        rivals = ((found.text, found.posterior), *found.rivals)
        # A teletype has capitals only: what stands is at least written in them.
        if not self.mixed and (choice.look is not TokenClass.ASIDE or beside_capitals(self.source, span)):
            before = before.upper()
        standing = replace(
            self._instead(found, before), posterior=max(share, STRANGER), wrong=0, rivals=rivals
        )
        judged = self._judged(standing, span, line, before, rate, odds=-odds, kept=True, last=last)
        return replace(judged, choice=choice)

    def _unfigured(self, guess: str, before: str, seen: TokenClass) -> bool:
        """Whether a guess changes what only the page can tell: a number that can be read, a code word."""
        number = self.rate < FAINT and seen is TokenClass.FIGURES
        changed = number and figures_of(guess) != figures_of(before)
        return changed or beyond_language(guess, before, blanks=self.sight is None)

    def spoilt(self, guess: str, before: str, span: Span | None = None) -> bool:
        """Whether a guess takes from a text in both cases what is plain to see (`plain_sight.spoilt`).

        Args:
            guess: what may stand there.
            before: what the source has.
            span: where, if lines in capitals count.
        """
        if not self.mixed or self.rate >= RUINED:
            return False
        among = span is not None and in_capitals_around(self.source, span)
        return spoilt(guess, before, self.vocabulary, among_capitals=among)

    def _preferred(self, found: WordHypothesis, span: Span, before: str) -> WordHypothesis | None:
        """What engines would have here, where that is neither what was found nor what stands."""
        if self.sight is None or span.of(self.source) != before:
            return None
        text, _ = self.sight.preferred(span, before)
        if not text.strip() or text in (before, found.text):
            return None
        shares = dict(found.rivals)
        rivals = ((found.text, found.posterior), *(pair for pair in found.rivals if pair[0] != text))
        wrong = int(Levenshtein.distance(text, before))
        posterior = shares.get(text.upper(), STRANGER)
        return replace(self._instead(found, text), posterior=posterior, rivals=rivals, wrong=wrong)

    @staticmethod
    def _instead(found: WordHypothesis, text: str) -> WordHypothesis:
        """Another text in the place of what was found, with what the search gave its letters and marks."""
        head, core, tail = parted(text.upper())
        pairs = [
            (parted(other.upper()), share) for other, share in ((found.text, found.posterior), *found.rivals)
        ]
        letters_of = sum(share for (_, body, _), share in pairs if body == core)
        marks_of = sum(share for (lead, _, trail), share in pairs if (lead, trail) == (head, tail))
        return replace(found, text=text, core=max(letters_of, STRANGER), marks=max(marks_of, STRANGER))

    def untouched(self, token: str, span: Span, line: int) -> RestoredWord:
        """A word of a line that was not decoded, since all its words are known and clean."""
        head, core, tail = parted(token)
        evidence = WordFeatures(
            posterior=1.0,
            wrong=0,
            length=len(token),
            weight=self.vocabulary.weight(token),
            digits=sum(map(str.isdigit, token)),
            rate=UNTOUCHED,
            document=self.rate,
            runner_up=0.0,
            strange=self.strange,
            strange_line=self.strange_lines[line - 1],
            closed=kind_of_mark(tail),
            stood=kind_of_mark(tail),
            led=bool(head),
            small=not self.mixed and core != core.upper(),
            old=self.old,
            support=self._support(span, token),
            figure=self.sight.figure(span) if self.sight is not None else None,
        )
        confidence = self._confidence(evidence)
        state = self._state(confidence, stands=True, supported=True)
        return RestoredWord(
            span=span, line=line, text=token, state=state, confidence=confidence, evidence=evidence
        )

    def _judged(
        self,
        found: WordHypothesis,
        span: Span,
        line: int,
        before: str,
        rate: float,
        *,
        odds: float = 0.0,
        kept: bool = False,
        last: bool = False,
    ) -> RestoredWord:
        head, core, tail = parted(found.text)
        lead, _, trail = parted(before)
        evidence = WordFeatures(
            posterior=found.posterior,
            wrong=found.wrong,
            length=max(len(found.text), 1),
            weight=self.vocabulary.weight(found.text),
            digits=sum(map(str.isdigit, found.text)),
            rate=rate,
            document=self.rate,
            runner_up=found.rivals[0][1] if found.rivals else 0.0,
            strange=self.strange,
            strange_line=self.strange_lines[line - 1],
            odds=odds,
            kept=kept,
            changed=found.text != before,
            core=found.core,
            marks=found.marks,
            beside=found.beside,
            torn=found.torn,
            spaced=" " in before,
            closed=kind_of_mark(tail),
            stood=kind_of_mark(trail),
            led=bool(head or lead),
            small=not self.mixed and core != core.upper(),
            last=last,
            soiled=found.soiled,
            ends=found.ends,
            old=self.old,
            support=self._support(span, found.text),
            figure=self.sight.figure(span) if self.sight is not None else None,
        )
        confidence = self._confidence(evidence)
        changed = evidence.changed
        ground = Ground.LANGUAGE if changed and found.posterior < 0.9 else Ground.CHANNEL
        detail = f"{found.wrong} of {evidence.length} characters misread" if changed else ""
        if changed and evidence.support is not None and evidence.support.named > 0.0:
            ground, detail = Ground.WITNESS, "another engine reads it so"
        return RestoredWord(
            span=span,
            line=line,
            text=found.text,
            state=self._state(
                confidence,
                stands=not changed or bare(found.text) == bare(before),
                supported=seen_enough(found.text, evidence),
            ),
            confidence=confidence,
            marks=self._marks(evidence),
            sure=self.settings.sure,
            alternatives=tuple(Alternative(text=text, probability=share) for text, share in found.rivals),
            reason=Reason(ground=ground, detail=detail),
            evidence=evidence,
        )

    def again(self, word: RestoredWord, evidence: WordFeatures, before: str) -> RestoredWord:
        """A word judged anew, now that more is known of it; `before` is what the source has there."""
        confidence = self._confidence(evidence)
        # What no lexicon has, and stands but once or is like a known word, may be a garble: an engine knows.
        likely = evidence.rival is not None and evidence.rival > LIKELY
        strange = evidence.weight is None and (likely or not evidence.here)
        state = self._state(
            confidence,
            stands=not evidence.changed or bare(word.text) == bare(before),
            supported=seen_enough(word.text, evidence) and not (strange and evidence.support is None),
        )
        marks = self._marks(evidence) if word.marks is not None else None
        return replace(word, evidence=evidence, confidence=confidence, state=state, marks=marks)

    def _recall(self, found: WordHypothesis, before: str) -> WordHypothesis:
        """The word, or one that the document has elsewhere and that is clearly more like what stands here.

        A name that was read surely a few times is the likeliest reading of its own garbles.
        """
        core = bare(found.text)
        settled = found.posterior > UNSETTLED and 3 * found.wrong < len(found.text)
        common = (self.vocabulary.weight(core) or 0) >= COMMON
        if settled or common or len(core) < LONG or core in self.recalled or not self.recalled:
            return found
        seen = _MARKS.sub("", before).upper()
        best = max(self.recalled, key=lambda known: _alike(known, seen))
        if _alike(best, seen) < max(0.6, _alike(core, seen) + 0.1):
            return found
        rivals = ((found.text, found.posterior), *found.rivals)
        return replace(found, text=found.text.replace(core, best), rivals=rivals)

    def seen(self, span: Span, text: str) -> float:
        """By how much (the logarithm) engines saw a reading rather than what stands; 0 where none told."""
        support = self._support(span, text)
        return support.reading if support is not None else 0.0

    def _support(self, span: Span, text: str) -> Support | None:
        return self.sight.support(span, span.of(self.source), text) if self.sight is not None else None

    def _backed(self, choice: ProposedChange, odds: float) -> float | None:
        """The odds of a guess in the light of what engines saw; None where that is not known."""
        if choice.support is None:
            return None
        scale = self.gauge.scales_for(choice.support).get("choosing") if self.gauge is not None else None
        if scale is None:
            # Nobody knows how far to trust them: they may speak for a guess, and against it.
            reading = choice.support.reading
            if reading > UNSEEN:
                # The search has weighed what they saw of the guess; the choice knows nothing of it.
                odds = max(odds, logit(choice.posterior))
            return max(odds, reading) if reading > 0.0 else odds + reading
        features = choosing(choice.support, odds=odds, guess=choice.guess, document=self.rate)
        return float(scale.odds([features])[0])

    def _marks(self, evidence: WordFeatures) -> float | None:
        return self.calibration.mark_probability(evidence) if self.calibration is not None else None

    def _confidence(self, evidence: WordFeatures) -> Confidence | None:
        if self.calibration is None:
            return None
        probability = self.calibration.probability(evidence)
        told = self.gauge.trust(evidence, probability=probability) if self.gauge is not None else None
        if self.gauge is None or told is None:
            return Confidence(probability=probability, calibration=self.calibration.name)
        return Confidence(probability=told, calibration=f"{self.calibration.name} {self.gauge.name}")

    def _state(self, confidence: Confidence | None, *, stands: bool, supported: bool) -> State:
        if confidence is None:
            return State.DOUBTFUL
        # However fluent: a word of which more was guessed than seen is not sure.
        if confidence.probability >= self.settings.sure and supported:
            return State.SURE
        # What stands as the source has it, marks at its edges aside, is no invention, however doubtful.
        unreadable = confidence.probability < self.settings.floor and not stands
        return State.UNREADABLE if unreadable else State.DOUBTFUL


def _outweighed(judged: RestoredWord, choice: ProposedChange) -> bool:
    """Whether hardly anything speaks for a guess, while an engine was surer of what stands."""
    poor = judged.confidence is not None and judged.confidence.probability < POOR
    return poor and choice.support is not None and choice.support.stands >= POOR


def _alike(one: str, other: str) -> float:
    return float(Levenshtein.normalized_similarity(one, other))
