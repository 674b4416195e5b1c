"""The restorer: reads through the noise of a document with the models that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from septel import __version__
from septel.restore.calibration import Calibration
from septel.restore.channel import profile
from septel.restore.decoding import WEIGHT, Decoding, Models, Progress
from septel.restore.hinting import fix
from septel.restore.language import LanguageModel
from septel.restore.restoration import Hint, Restoration, Settings
from septel.restore.vocabulary import Vocabulary
from septel.text import Edit, Source, Step

PROFILES = ("old", "modern")


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
        )

    def restore(
        self,
        source: Source,
        *,
        hints: Sequence[Hint] = (),
        decisions: Sequence[Edit] = (),
        settings: Settings | None = None,
        progress: Progress | None = None,
    ) -> Restoration:
        """Read through the noise of one document.

        Args:
            source: the text as it came.
            hints: what the form of a telegram says about spans.
            decisions: what a person decided; kept as decided, and learnt from.
            settings: the reader's thresholds.
            progress: told the share done.
        """
        settings = settings or Settings()
        decoding = Decoding(self.models, source, settings, self.step)
        decoding.fixed = fix(source, hints, decisions, noise=decoding.estimate())
        words, blanks, noise = decoding.run(progress or (lambda _: None))
        decided = [edit.span for edit in decisions]
        words = [w for w in words if not any(w.span == d or w.span.overlaps(d) for d in decided)]
        blanks = [b for b in blanks if not any(b.span == d or b.span.overlaps(d) for d in decided)]
        return Restoration(
            source=source, words=tuple(words), blanks=tuple(blanks), step=self.step, noise=noise
        )


@cache
def _shipped() -> Restorer:
    return _load(Path(str(files("septel.restore"))) / "model")


def _load(folder: Path) -> Restorer:
    calibration = folder / "calibration.json"
    models = Models(
        language=LanguageModel.load(folder / "language.xz"),
        vocabulary=Vocabulary.load(folder / "vocabulary.xz"),
        profiles=tuple(profile(name) for name in PROFILES),
        calibration=Calibration.load(calibration) if calibration.exists() else None,
    )
    return Restorer(models=models)
