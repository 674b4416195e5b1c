"""Figures, codes and words of number: what language finds likely says nothing of them.

`SEVEN BILLION` and `SEVEN MILLION` are as good English; so is every figure. Only the page can tell.
"""

from __future__ import annotations

import re

from septel.restore.engine_output import Support
from septel.restore.tokens import bare

_NUMBER = re.compile(
    "ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|ELEVEN|TWELVE|TWENTY|THIRTY|FORTY|FIFTY|SIXTY|SEVENTY|"
    "EIGHTY|NINETY|HUNDRED|THOUSAND|MILLION|BILLION|TRILLION"
)


def guessed_figure(text: str, support: Support | None) -> bool:
    """Whether a figure, a code or a word of number was read on the word of language alone.

    An engine that looked holds something else there for likelier: what it saw as HILLION may be BILLION.
    """
    quantity = any(map(str.isdigit, text)) or bool(_NUMBER.fullmatch(bare(text).upper()))
    return quantity and support is not None and support.reading < 0.0 and not support.named


def figures_of(text: str) -> str:
    """The figures of a text, in order."""
    return "".join(filter(str.isdigit, text))
