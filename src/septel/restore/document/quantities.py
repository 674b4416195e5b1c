"""Figures, codes and words of number: what language finds likely says nothing of them.

`SEVEN BILLION` and `SEVEN MILLION` are as good English; so is every figure. Only the page can tell. Neither
does it know the letters of a code word before a number (`AMFAUNA-14`), the marks of an hour or an angle, nor
whether two words that stand apart have a hyphen between them. Of 240 pages of the release of 2025 (folds 1 to
3 of the development scans, text layers), changes of these three kinds lost 25 words that two transcripts have
and won none.
"""

from __future__ import annotations

import re

from septel.restore.confidence import WordFeatures
from septel.restore.engine_output import Support
from septel.restore.tokens import bare

_NUMBER = re.compile(
    "ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|ELEVEN|TWELVE|TWENTY|THIRTY|FORTY|FIFTY|SIXTY|SEVENTY|"
    "EIGHTY|NINETY|HUNDRED|THOUSAND|MILLION|BILLION|TRILLION"
)

_CODE_WORD = re.compile(r"\W*[A-Z]{5,}[-/~_—–=+™]{1,2}\d{1,3}(?:['’]?[Ss])?\W*")
_HOUR = re.compile(r"\d{1,4}(?::\d\d){1,2}|\d{2,3}°\d\d")
_JOINING = re.compile(r"[-/]")
_JOINED = re.compile(r"[-/~_—–=+\\]")


def guessed_figure(text: str, support: Support | None) -> bool:
    """Whether a figure, a code or a word of number was read on the word of language alone.

    An engine that looked holds something else there for likelier: what it saw as HILLION may be BILLION.
    """
    quantity = any(map(str.isdigit, text)) or bool(_NUMBER.fullmatch(bare(text).upper()))
    return quantity and support is not None and support.reading < 0.0 and not support.named


def seen_enough(text: str, evidence: WordFeatures) -> bool:
    """Whether at least half of a word was seen, and what is a number in it was not guessed."""
    half = 2 * evidence.wrong <= max(len(text), 1)
    return half and not (evidence.changed and guessed_figure(text, evidence.support))


def figures_of(text: str) -> str:
    """The figures of a text, in order."""
    return "".join(filter(str.isdigit, text))


def beyond_language(guess: str, before: str, *, blanks: bool = True) -> bool:
    """Whether a guess changes the letters of a code word, an hour, or puts a mark where a blank stands.

    Args:
        guess: what was read.
        before: what stands.
        blanks: whether blanks are blanks: worn pages lose hyphens, and an engine that looked knows more.
    """
    if _CODE_WORD.fullmatch(before) and _letters_of(guess) != _letters_of(before):
        return True
    hour = _HOUR.search(before)
    if hour and hour.group() not in guess and not _letters_of(before + guess):
        return True
    if not blanks or " " not in before or _plain(guess) != _plain(before):
        return False
    return len(_JOINING.findall(guess)) > len(_JOINED.findall(before))


def _letters_of(text: str) -> str:
    return "".join(filter(str.isalpha, text)).upper()


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text)).upper()
