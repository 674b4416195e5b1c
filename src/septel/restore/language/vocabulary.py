"""Words of the period, with how common they were: what tells a clean page from a noisy one."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from septel.errors import MissingPart, ModelError
from septel.restore.language.alphabet import fold
from septel.restore.language.counted_words import counted
from septel.restore.unpacked import known, unpacked
from septel.text import digest_of

ENGLISH = "english.xz"
LONG = 5
"""Letters from which a word of general English is taken up."""
MOST_ANSWERS = 40_000
"""So many answers of a rule are kept."""
WORD = re.compile(r"[A-Z]+(?:'[A-Z]+)?")
_EDGES = ".,;:!?()\"'[]-*/&$"
_NUMBER = re.compile(r"[0-9][0-9.,:/-]*[A-Z]{0,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Words with the binary logarithm of their count in the training corpora.

    File format: LZMA-compressed lines `WORD TAB logarithm`, in order; `english.xz` beside it, where there is
    one, has other words of general English, one a line, which count as known and rare.
    """

    words: Mapping[str, int]
    _answers: dict[str, dict[Any, Any]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def answers(self, rule: str) -> dict[Any, Any]:
        """What a rule has worked out about words of this vocabulary: a cache that stays small.

        Telegrams have the same words again and again; a rule that needs nothing but the word and the
        vocabulary need not look at each twice.
        """
        kept = self._answers.setdefault(rule, {})
        if len(kept) > MOST_ANSWERS:
            kept.clear()
        return kept

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """Read the file, and the other words of general English beside it.

        Raises:
            MissingPart: there is no such file.
            ModelError: it is damaged.
        """
        remedy = "Install septel again, or make it with `septel train lm`."
        english = path.with_name(ENGLISH)
        paths = [path, english] if english.is_file() else [path]
        try:
            digest = known(paths, lambda: digest_of(*(file.read_bytes() for file in paths)))
        except OSError as why:
            raise MissingPart("the vocabulary can't be opened", where=str(path), remedy=remedy) from why
        try:
            arrays = unpacked("vocabulary-1", digest, lambda: _unpack(paths))
        except (lzma.LZMAError, ValueError) as why:
            raise ModelError("the vocabulary is damaged", where=str(path), remedy=remedy) from why
        listed = arrays["words"].tobytes().decode().split("\n")
        return cls(words=dict(zip(listed, arrays["weights"].tobytes(), strict=True)))

    @property
    def counted(self) -> Mapping[str, int]:
        """The words that the training corpora have."""
        return {word: weight for word, weight in self.words.items() if weight}

    def weight(self, token: str) -> int | None:
        """How common a word is, punctuation at its edges aside; None when it is unknown.

        Numbers and bare punctuation count as known with weight zero; hyphenated words by their rarest part.
        """
        kept = self.answers("weight")
        try:
            return kept[token]  # type: ignore[no-any-return]
        except KeyError:
            found = kept[token] = self._weight(token)
            return found

    def _weight(self, token: str) -> int | None:
        core = token.strip(_EDGES).upper()
        if not core.isascii() and token != token.upper():
            # Print has accents that the corpora, in capitals, lost.
            core = "".join(map(fold, core))
        if not core:
            return 0 if len(token) <= 2 else None
        if core in self.words:
            return self.words[core]
        if _NUMBER.fullmatch(core):
            return 0
        parts = re.split(r"[-/.]+", core)
        if len(parts) > 1 and all(parts):
            weights = [self.words.get(part, 0 if part.isdigit() else None) for part in parts]
            if all(weight is not None for weight in weights):
                return min(weight for weight in weights if weight is not None)
        return None

    def knows(self, token: str) -> bool:
        """Whether the word is known; one or two letters count only when they are common."""
        weight = self.weight(token)
        if weight is None:
            return False
        core = token.strip(_EDGES)
        return not (core.isalpha() and len(core) <= 2 and weight < 10)


def _unpack(paths: Sequence[Path]) -> dict[str, NDArray[np.uint8]]:
    """The words, a line each, and their logarithms."""
    rare = [word for file in paths[1:] for word in lzma.decompress(file.read_bytes()).decode().split()]
    words = dict.fromkeys(rare, 0) | counted(paths[0].read_bytes())
    return {
        "words": np.frombuffer("\n".join(words).encode(), np.uint8),
        "weights": np.frombuffer(bytes(words.values()), np.uint8),
    }


def general_english(counted: Iterable[str], known: Mapping[str, int]) -> list[str]:
    """Words of general English that the training corpora lack, in order.

    Shorter words are left out: too many garbles look like one.

    Args:
        counted: lines `word count`, as SymSpell's frequency dictionary has them.
        known: the words that the corpora have.
    """
    words = {line.split()[0].upper() for line in counted if line.strip()}
    return sorted(word for word in words if len(word) >= LONG and WORD.fullmatch(word) and word not in known)
