"""The restorer: reads through the noise of a document with the models that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from septel import __version__
from septel.capture import Capture
from septel.progress import Progress, silent
from septel.restore.channel import profile
from septel.restore.confidence import (
    AlternativeModel,
    ChangeModel,
    EngineCalibrations,
    WordCalibration,
)
from septel.restore.decode import Constraint, Hint, constraints_of
from septel.restore.document import (
    WEIGHT,
    AdaptiveDecoding,
    LexiconIndex,
    Models,
    Restoration,
    RestoredWord,
    RivalModel,
    Settings,
    WorkingCopy,
    alone,
    garbles_of,
    lost_between,
    print_lines,
    repeated_phrases,
    unread_in,
    unveiled,
    veiled,
    with_lost_ends,
    with_print,
)
from septel.restore.engine_output import EnginePosteriors
from septel.restore.language import CharacterModel, Vocabulary, WordModel
from septel.restore.tokens import TokenClass, classify
from septel.restore.unpacked import known
from septel.text import Edit, Ground, Reason, Source, Span, Step, digest_of

TODAY = ("modern", "capitals")
"""The profiles of the noise of engines of today."""
PROFILES = ("old", *TODAY)
TAUGHT = 10
"""How common (binary logarithm of a count) a word counts as that a person has set."""

LONG, ALIKE = 6, 0.8
"""Letters of a word that a person set, and how like it (by edits) a token must be, to be its garble."""

_MARKED = re.compile(r"^\W+|\W+$")
_WORD = re.compile(r"[^\W\d_]{3,}(?:'[^\W\d_]+)?")
_MARKS = re.compile(r"\W*")


@dataclass(frozen=True, kw_only=True)
class Restorer:
    """Reads through noise; holds the models and no document."""

    models: Models

    @classmethod
    def load(cls, path: Path | None = None) -> Restorer:
        """The restorer with the shipped models, or with those of a folder.

        Raises:
            MissingPart: a model is not there.
            ModelError: a model is damaged.
        """
        return _shipped() if path is None else _load(path)

    @property
    def vocabulary(self) -> Vocabulary:
        """The words that the restorer knows."""
        return self.models.vocabulary

    @cached_property
    def lexicon(self) -> LexiconIndex:
        """Its known words by length, for finding those that are like an unknown one."""
        return LexiconIndex.of(self.vocabulary)

    @property
    def step(self) -> Step:
        """What this restorer stamps on its edits."""
        calibration = self.models.calibration.name if self.models.calibration else "none"
        return Step.of(
            "septel restore",
            __version__,
            model=self.models.language.digest,
            weight=WEIGHT,
            calibration=calibration,
            models=self.models.digest or "not from files",
        )

    def engine_posteriors(self, capture: Capture) -> EnginePosteriors | None:
        """What the engines that read a capture saw of it, as probabilities.

        None where no engine read it, where it told nothing of how sure it was, or where no gauge is for it.
        """
        return self.models.gauges.sight(capture)

    def legible(self, text: str) -> bool:
        """Whether characters can be read as they stand: every token is a known word or a number.

        A person's decision is not carried onto them when a newer engine reads them in its place.
        """
        mixed = text != text.upper()
        looks = [classify(token, self.vocabulary, mixed=mixed) for token in text.split()]
        return bool(looks) and all(
            one in (TokenClass.KNOWN, TokenClass.SHORT, TokenClass.FIGURES) for one in looks
        )

    def restore(
        self,
        source: Source,
        *,
        hints: Sequence[Hint] = (),
        decisions: Sequence[Edit] = (),
        known: Iterable[str] = (),
        settings: Settings | None = None,
        sight: EnginePosteriors | None = None,
        sent: bool = False,
        brief: bool = False,
        progress: Progress | None = None,
    ) -> Restoration:
        """Read through the noise of one document.

        Args:
            source: the text as it came.
            hints: what the form of a telegram says about spans.
            decisions: what persons decided; kept as decided, and learnt from: their characters teach the
                document's noise where most of a line was decided, their words count as known.
            known: words that persons have set elsewhere, in capitals; they count as known too.
            settings: the reader's thresholds.
            sight: what engines saw of the source (see `Restorer.sight`); None where nobody told.
            sent: whether the text is known never to have been on paper: it stands, garbles of the wire are
                marked. Other texts that show no sign of an engine are left standing in the same way.
            brief: of a text that was sent, whether only the words are told that are in doubt; hints are not
                looked at then.
            progress: told the share done.
        """
        settings = settings or Settings()
        taught = {word for edit in decisions for word in _WORD.findall(edit.after.upper())}
        models = replace(self.models, vocabulary=_with(self.vocabulary, taught.union(known)))
        step = self.step
        if sight is not None:
            step = replace(step, settings=tuple(sorted((*step.settings, ("sight", sight.gauge or "given")))))
        decided = [edit.span for edit in decisions]
        if sent and brief:
            words, noise = garbles_of(source, models.vocabulary, models.language)
            words = [piece for word in words for piece in _beside(word, decided, source)]
            return Restoration(source=source, words=tuple(words), blanks=(), step=step, noise=noise)
        if unread := unread_in(source.text, decided):
            rest = self.restore(
                veiled(source, unread),
                hints=hints,
                decisions=decisions,
                known=known,
                settings=settings,
                sight=sight,
                sent=sent,
                progress=progress,
            )
            return unveiled(rest, source, unread)
        standing = WorkingCopy(source, models.vocabulary, sight)
        decoding = AdaptiveDecoding(models, standing, settings, step)
        decoding.sent = sent
        decoding.lexicon = self.lexicon
        decoding.taught = sorted(w for w in taught.union(known) if w not in self.vocabulary.words)
        whole = [_widened(edit, source) for edit in decisions]
        fixed = constraints_of(source, hints, whole, noise=standing.estimate(), mixed=standing.mixed)
        fixed = [one if _fair(one, decisions, source) else replace(one, likeness=0.0) for one in fixed]
        fixed += _garbles(source, decoding.taught, fixed)
        fixed += [
            one
            for one in (repeated_phrases(standing) if standing.engine else ())
            if not any(one.span.overlaps(other.span) for other in fixed)
        ]
        standing.fixed = sorted(fixed, key=lambda one: one.span.start)
        words, blanks, noise = decoding.run(progress or silent)
        if sight is not None:
            blanks, lost = lost_between(blanks, source)
            words = sorted((*with_lost_ends(words, source), *lost), key=lambda word: word.span.start)
        words = [piece for word in words for piece in _beside(word, decided, source)]
        blanks = [b for b in blanks if not any(b.span == d or b.span.overlaps(d) for d in decided)]
        page = Restoration(source=source, words=tuple(words), blanks=tuple(blanks), step=step, noise=noise)
        lines = print_lines(standing) if noise.profile in TODAY else []
        if not lines:
            return page
        printed = self.restore(alone(source, lines), known=taught.union(known), settings=settings)
        return with_print(page, printed, lines) if printed.noise.profile in TODAY else page


def _garbles(source: Source, taught: Sequence[str], fixed: Sequence[Constraint]) -> Iterator[Constraint]:
    """The tokens of a text that are most likely garbles of words that a person set; they stay doubtful."""
    if not taught:
        return
    for token in re.finditer(r"\S+", source.text):
        core = _MARKED.sub("", token.group())
        best = max(taught, key=lambda word: Levenshtein.normalized_similarity(word, core.upper()))
        alike = Levenshtein.normalized_similarity(best, core.upper())
        span = Span(*token.span())
        if len(best) < LONG or not ALIKE <= alike < 1 or any(span.overlaps(one.span) for one in fixed):
            continue
        start = token.start() + token.group().index(core)
        head, tail = source.text[token.start() : start], source.text[start + len(core) : token.end()]
        reason = Reason(ground=Ground.HINT, detail="a word that a person set")
        yield Constraint(span=span, text=head + best + tail, others=(), likeness=0.0, reason=reason)


def _with(vocabulary: Vocabulary, words: Iterable[str]) -> Vocabulary:
    more = {word: TAUGHT for word in words if vocabulary.words.get(word, 0) < TAUGHT}
    return replace(vocabulary, words={**vocabulary.words, **more}) if more else vocabulary


def _fair(one: Constraint, decisions: Sequence[Edit], source: Source) -> bool:
    """Whether a fixed span may teach the document's noise.

    A person corrects the words that are wrong: taken alone, they would make any page look ruined. Only lines
    of which most was decided show how often characters are misread.
    """
    if one.reason.ground is not Ground.DECISION:
        return True
    line = source.lines[source.line_at(one.span.start) - 1]
    decided = sum(len(edit.before.strip()) for edit in decisions if line.covers(edit.span))
    return 2 * decided >= len(line.of(source.text).strip())


def _widened(edit: Edit, source: Source) -> Edit:
    """A decision with the marks that touch it, so that a whole token is fixed; a part of a word stays one."""
    text, start, end = source.text, edit.span.start, edit.span.end
    while start > 0 and not text[start - 1].isspace() and not text[start - 1].isalnum():
        start -= 1
    while end < len(text) and not text[end].isspace() and not text[end].isalnum():
        end += 1
    before, after = text[start : edit.span.start], text[edit.span.end : end]
    if not edit.after or not before + after:
        return edit
    span = Span(start, end)
    return replace(edit, span=span, before=span.of(text), after=before + edit.after + after)


def _beside(word: RestoredWord, decided: Sequence[Span], source: Source) -> Iterator[RestoredWord]:
    """What a word says beside the decisions that meet it: all of it, or the marks at its edges."""
    spans = [d for d in decided if word.span == d or word.span.overlaps(d)]
    if not spans:
        yield word
        return
    start, end = min(d.start for d in spans), max(d.end for d in spans)
    head, tail = (
        Span(word.span.start, max(start, word.span.start)),
        Span(min(end, word.span.end), word.span.end),
    )
    for span, marks in ((head, _MARKS.match(word.text)), (tail, _MARKS.match(word.text[::-1]))):
        raw = span.of(source.text)
        if raw and marks and _MARKS.fullmatch(raw):
            text = marks.group() if span is head else marks.group()[::-1]
            yield replace(word, span=span, text=text, alternatives=(), evidence=None)


@cache
def _shipped() -> Restorer:
    return _load(Path(str(files("septel.restore"))) / "model")


def _load(folder: Path) -> Restorer:
    phrases = folder / "phrases.xz"
    calibration, choice, rivals, others = (
        folder / f"{name}.json" for name in ("calibration", "choice", "rivals", "others")
    )
    models = Models(
        language=CharacterModel.load(folder / "language.xz"),
        vocabulary=Vocabulary.load(folder / "vocabulary.xz"),
        profiles=tuple(profile(name) for name in PROFILES),
        calibration=WordCalibration.load(calibration) if calibration.exists() else None,
        phrases=WordModel.load(phrases) if phrases.exists() else None,
        chooser=ChangeModel.load(choice) if choice.exists() else None,
        rivals=RivalModel.load(rivals) if rivals.exists() else None,
        others=AlternativeModel.load(others) if others.exists() else None,
        gauges=EngineCalibrations.load(folder / "gauges"),
        digest=models_digest(folder),
    )
    return Restorer(models=models)


def models_digest(folder: Path) -> str:
    """Of every model file of a folder: any of them changes what the restorer answers."""
    chosen = [file for file in sorted(folder.rglob("*")) if file.suffix in (".xz", ".json")]

    def reckoned() -> str:
        parts: list[bytes] = []
        for file in chosen:
            parts += [file.relative_to(folder).as_posix().encode(), file.read_bytes()]
        return digest_of(*parts)[:12]

    return known(chosen, reckoned) if chosen else reckoned()
