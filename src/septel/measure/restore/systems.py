"""The systems that are compared, but Septel: the source as it came, and spell-checkers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from types import ModuleType
from typing import Any

from septel.errors import MissingPart
from septel.measure.restore.corrector import Correction, Corrector, source_lines
from septel.text import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncorrected:
    """No correction: what every other system has to beat."""

    name: str = "none"

    def correct(self, source: Source) -> Correction:
        """The source as it came."""
        return Correction(lines=source_lines(source))


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
