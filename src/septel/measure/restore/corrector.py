"""The systems that are compared: each takes a source and gives one line per source line.

| name | what it is |
|---|---|
| `none` | the source as it came |
| `septel` | the shipped restorer as `septel restore` runs it, hints included |
| `septel-unhinted` | the same without the second pass that knows a telegram's form |
| `septel-unsighted` | the same without what the engine that read the page told of its reading |
| `symspell` | symspellpy, word by word, with the English dictionary that it ships |
| `symspell-period` | the same with the vocabulary that Septel ships, learnt from telegrams of the period |
| `pyspellchecker` | pyspellchecker, word by word, edit distance one, with the dictionary that it ships |
| as published | outputs that a set carries, under their own names (overProof) |

The spell-checkers are the optional dependency group `peers`; where one is not installed, its row says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from types import ModuleType
from typing import Any, Protocol, runtime_checkable

from septel.capture import Capture
from septel.errors import MissingPart, UsageError
from septel.measure.truth import TruthDocument
from septel.text import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWord:
    """One word as a corrector shows it.

    Attributes:
        line: the number of its line, from one.
        text: the word or words; of an unreadable place the best guess, or nothing.
        sure: whether it carries no mark of doubt.
        unreadable: whether nothing is claimed here; then it is not sure either.
        confidence: the probability claimed for it, or None.
        alternatives: other readings offered, best first.
    """

    line: int
    text: str
    sure: bool = True
    unreadable: bool = False
    confidence: float | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a corrector made of a source: a line for each line, and its words where it tells them apart.

    The lines hold the best guess everywhere, that of unreadable places too.
    """

    lines: tuple[str, ...]
    words: tuple[ShownWord, ...] | None = None


class Corrector(Protocol):
    """A system that reads a source."""

    @property
    def name(self) -> str:
        """What the tables call it."""
        ...

    def correct(self, source: Source) -> Correction:
        """Read the source."""
        ...


@runtime_checkable
class Sighted(Protocol):
    """A system that can use what engines told of their reading."""

    def correct_captured(self, captured: Capture) -> Correction:
        """Read what engines read."""
        ...


def source_lines(source: Source) -> tuple[str, ...]:
    """The lines of a source as they came."""
    return tuple(line.of(source.text) for line in source.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncorrected:
    """No correction: what every other system has to beat."""

    name: str = "none"

    def correct(self, source: Source) -> Correction:
        """The source as it came."""
        return Correction(lines=source_lines(source))


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The output that others published for a set."""

    name: str
    outputs: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, name: str, documents: Iterable[TruthDocument]) -> Published:
        """What the documents carry under that name."""
        outputs = {d.source.id: d.published[name] for d in documents if name in d.published}
        return cls(name=name, outputs=outputs)

    def correct(self, source: Source) -> Correction:
        """The published lines.

        Raises:
            MissingPart: nothing was published for this source.
        """
        if source.id not in self.outputs:
            raise MissingPart(f"{self.name} published no output for this document", where=source.name)
        return Correction(lines=self.outputs[source.id])


# A word between the signs that touch it, which the spell-checkers can't judge and which are kept.
CORE = re.compile(r"[^\W_](?:.*[^\W_])?")
DIGITS_ONLY = re.compile(r"[\d.,:/-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordByWord:
    """A spell-checker set on every word: letters of the word's core are looked up, signs around it kept.

    Numbers and single letters stay; the case of the source word is put on the answer (upper, capital or
    lower).
    """

    name: str
    look_up: Callable[[str], str]

    def correct(self, source: Source) -> Correction:
        """The source with every word looked up."""
        word = cache(self.word)  # for this source only, so that timing a source twice looks words up twice
        lines = source_lines(source)
        return Correction(lines=tuple(re.sub(r"\S+", lambda m: word(m[0]), line) for line in lines))

    def word(self, word: str) -> str:
        """One word between spaces, looked up."""
        core = CORE.search(word)
        if not core or len(core[0]) < 2 or DIGITS_ONLY.fullmatch(core[0]):
            return word
        found = cased(self.look_up(core[0].lower()), core[0])
        return word[: core.start()] + found + word[core.end() :]


def cased(word: str, like: str) -> str:
    """The word in the case of `like`: upper when most of its letters are, since engines mix them up."""
    upper, lower = sum(c.isupper() for c in like), sum(c.islower() for c in like)
    if upper > max(1, lower):
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def symspell() -> Corrector:
    """SymSpell as most people run it: edit distance up to two, the most frequent nearest word.

    Raises:
        MissingPart: symspellpy is not installed.
    """
    module = _peer("symspellpy", "symspellpy")
    speller = module.SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    dictionary = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    speller.load_dictionary(str(dictionary), term_index=0, count_index=1)
    return _symspell("symspell", module, speller)


def symspell_period() -> Corrector:
    """SymSpell that knows the words of the period, as well as Septel does.

    Raises:
        MissingPart: symspellpy, or the shipped vocabulary, is not there.
    """
    # Loaded late: the other systems can be measured without a model.
    from septel.restore import Restorer

    module = _peer("symspellpy", "symspellpy")
    speller = module.SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    for word, weight in Restorer.load().vocabulary.words.items():
        speller.create_dictionary_entry(word.lower(), 2**weight)
    return _symspell("symspell-period", module, speller)


def _symspell(name: str, module: ModuleType, speller: Any) -> Corrector:

    def look_up(word: str) -> str:
        found = speller.lookup(word, module.Verbosity.TOP, max_edit_distance=2, include_unknown=True)
        return str(found[0].term)

    return WordByWord(name=name, look_up=look_up)


def pyspellchecker() -> Corrector:
    """The spell-checker that did least harm on typescript among those that install.

    Raises:
        MissingPart: pyspellchecker is not installed.
    """
    speller = _peer("spellchecker", "pyspellchecker").SpellChecker(distance=1)

    def look_up(word: str) -> str:
        return str(speller.correction(word) or word)

    return WordByWord(name="pyspellchecker", look_up=look_up)


def _peer(module: str, package: str) -> ModuleType:
    try:
        return import_module(module)
    except ImportError as missing:
        raise MissingPart(
            f"{package} is not installed, so there is nothing to compare with",
            remedy=f"Install it: pip install {package}.",
        ) from missing


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
