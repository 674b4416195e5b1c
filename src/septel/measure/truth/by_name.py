"""Sets by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from septel.errors import UsageError
from septel.measure.truth.sets import SYNTHETIC, TruthSet
from septel.measure.truth.shared_sets import aad, aad_bodies, noisy, of_corpora, postocr, seed, synthetic


def load(name: str, shared: Path) -> TruthSet:
    """The set called `name`, or a folder of pairs.

    Raises:
        UsageError: there is no such set.
        MissingPart: worn pages were asked for and the engine is not installed.
        InputError: its files are missing or not what they should be.
    """
    if name.startswith(SYNTHETIC):
        which = name.removeprefix(SYNTHETIC)
        if Path(which).is_dir():
            return synthetic(Path(which))
        # Loaded late: only worn pages need an engine.
        from septel.measure.truth.worn_pages import worn

        return worn(which, shared)
    if name not in LOADERS:
        if Path(name).is_dir():
            return synthetic(Path(name))
        raise UsageError(
            f"there is no set called {name!r}",
            remedy=f"Choose among {', '.join((*LOADERS, SYNTHETIC + 'LEVEL', SYNTHETIC + 'FOLDER', 'all'))}.",
        )
    return LOADERS[name](shared)


def names_of(asked: tuple[str, ...]) -> tuple[str, ...]:
    """The names asked for, `all` spelled out, each once, in the order asked.

    `all` leaves out `apollo8`, on which models may be trained, and the large sets that are made of corpora.
    """
    every = tuple(name for name in LOADERS if name not in ("apollo8", "frus", "jfk"))
    spelled = [n for name in asked for n in (every if name == "all" else (name,))]
    return tuple(dict.fromkeys(spelled))


LOADERS: Mapping[str, Callable[[Path], TruthSet]] = {
    "seed": seed,
    "noisy": noisy,
    "aad": aad,
    "aad-bodies": aad_bodies,
    "apollo8": postocr("apollo8", "typescript-apollo8.train.jsonl.xz", "typescript"),
    "gemini4": postocr("gemini4", "typescript-gemini4.dev.jsonl.xz", "typescript"),
    "frus": of_corpora("frus"),
    "jfk": of_corpora("jfk"),
    "overproof-d3": postocr("overproof-d3", "newspaper-overproof-d3.dev.jsonl.xz", "newspaper"),
}
