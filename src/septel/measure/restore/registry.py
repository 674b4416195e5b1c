"""The systems by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from septel.errors import UsageError
from septel.measure.restore.corrector import Corrector
from septel.measure.restore.systems import Uncorrected, pyspellchecker, symspell, symspell_period


def corrector(name: str) -> Corrector:
    """The system called `name`, loaded.

    Raises:
        UsageError: there is no such system.
        MissingPart: it is not installed.
    """
    if name not in SYSTEMS:
        raise UsageError(f"there is no system called {name!r}", remedy=f"Choose among {', '.join(SYSTEMS)}.")
    return SYSTEMS[name]()


def _septel(name: str, *, hints: bool = True, sighted: bool = True) -> Callable[[], Corrector]:
    def make() -> Corrector:
        # Loaded late: the other systems can be measured without a model.
        from septel.measure.restore.septel import SeptelSystem

        return SeptelSystem.load(name=name, hints=hints, sighted=sighted)

    return make


SYSTEMS: Mapping[str, Callable[[], Corrector]] = {
    "none": Uncorrected,
    "septel": _septel("septel"),
    "septel-unhinted": _septel("septel-unhinted", hints=False),
    "septel-unsighted": _septel("septel-unsighted", sighted=False),
    "symspell": symspell,
    "symspell-period": symspell_period,
    "pyspellchecker": pyspellchecker,
}


DEFAULT_SYSTEMS = ("none", "septel", "symspell", "symspell-period", "pyspellchecker")
