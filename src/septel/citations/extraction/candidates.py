"""Whether a passage may cite anything: told by its words alone, before it is taken apart.

Most paragraphs of a telegram have figures, and few cite another. A word may begin a mention by itself
(SEPTEL, REFTEL, A-228, a date-time group), only with a telegram's number behind it (YOUR 1135), or only with
the name of a post before it (a bare number). What this lets through the scanner reads in full; what it
turns away has no mention (`septel.citations.extraction.scanner`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import compress

from septel.citations.extraction.context import NUMBER
from septel.citations.extraction.words import (
    HEAD_STARTS,
    HEADS,
    LONGEST_NAME,
    OFFICES,
    PARTIES,
    PRONOUNS,
    TELEGRAM_WORDS,
    ReferenceWord,
    capitals,
    core_of,
    post_forms,
    tokens_of,
)
from septel.lexicon import Lexicon, letters
from septel.text import JoinedLines

AIRGRAM = re.compile(r"(?P<kind>CA|A)(?P<dash>-)?(?P<number>\d{1,5})$")
GROUP = re.compile(
    r"(?P<figures>[0-3]\d[0-2]\d[0-5]\d)(?P<zone>[A-Z](?![A-Z]{2}\d|[A-Z]{2}$))?"
    r"(?:(?P<month>[A-Z]{3,9})(?P<year>\d\d|\d{4})?)?$"
)
MRN = re.compile(r"(?P<year>19[67]\d)(?P<post>[A-Z]{3,6})(?P<number>\d{5,6})$")
REF = re.compile(r"REF(?:ERENCE)?S?$")
REFTEL = re.compile(r"(?:REFTEL|REFAIR)(?:S|\(S)?$")
RUN_TOGETHER = re.compile(r"REFTELS?(?=[A-Z]{3})|SEPTEL(?=.{1,3}$)")
SEPARATE = ("SEPTEL", "SEPTELS")
CIRCULARS = ("CIRCULAR", "DESPATCH", "DESP", "EMBDESP")
_MOST = 40_000
"""So many words are remembered."""


class Begins(IntEnum):
    """What a mention that begins at a word needs beside it."""

    NEVER = 0
    """None begins there."""
    ALONE = 1
    """Nothing."""
    BEFORE_NUMBER = 2
    """A telegram's number behind it."""
    BEHIND_POST = 3
    """A post's name before it: it is the number."""


class _Remembered(dict[str, Begins]):
    """What each word needs beside it: telegrams have the same ones again and again."""

    def __missing__(self, token: str) -> Begins:
        if len(self) > _MOST:
            self.clear()
        found = self[token] = _told(token)
        return found


_begins = _Remembered().__getitem__


_LABEL = re.compile(r"\A\s*\(?\d{1,3}[.)]\s")
_FIGURE = re.compile(r"[\d#]")
"""What every mention has, but for words such as SEPTEL, REFTEL, EMBTEL."""


def may_cite(strip: JoinedLines, own_series: tuple[str, ...]) -> bool:
    """Whether a passage may have a mention of another document; a reference line is always read in full.

    Args:
        strip: the passage.
        own_series: names of the telegram's own series beside those that are known.
    """
    text = capitals(strip.text)
    label = _LABEL.match(text)
    if not (_FIGURE.search(text, label.end() if label else 0) or "TEL" in text or "REF" in text):
        return False
    return strip.paragraph == "heading" or _begins_any(text) or _has_series(text, own_series)


@lru_cache(maxsize=64)
def series_pattern(more: tuple[str, ...]) -> re.Pattern[str]:
    """What numbers in delegations' runs look like; their letters may be spread by noise."""
    names = (*Lexicon.shipped().series_names, *more)
    series = "|".join(r"\s?".join(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?P<series>{series})\s+(?:NO\.?\s*)?(?P<number>\d[\d ]{{0,5}}\d|\d)\b")


def _has_series(text: str, more: tuple[str, ...]) -> bool:
    """Whether a text has the name of a delegation's run, its letters spread or not."""
    bare = text.replace(" ", "") if text.isprintable() else "".join(text.split())
    return any(name in bare for name in (*Lexicon.shipped().series_names, *more))


def _begins_any(text: str) -> bool:
    """Whether a mention may begin at any word of a text."""
    tokens = tokens_of(text)
    begun = list(map(_begins, tokens))
    for at in compress(range(len(tokens)), begun):
        begins = begun[at]
        if begins is Begins.ALONE:
            return True
        if begins is Begins.BEFORE_NUMBER and _is_followed(tokens, at):
            return True
        if begins is Begins.BEHIND_POST and _is_named(tokens, at):
            return True
    return False


def _told(token: str) -> Begins:
    core = core_of(token)
    if not core or not ("0" <= core[0] <= "9" or core in HEADS or core.startswith(HEAD_STARTS)):
        return Begins.NEVER
    party = core.rstrip("S")
    if core in SEPARATE or REFTEL.match(core) or REF.match(core) or party in PARTIES:
        return Begins.ALONE
    if core[:2] == "RE" and party[2:] in PARTIES:
        return Begins.ALONE
    if core in PRONOUNS or _bare(core) in OFFICES or core in CIRCULARS:
        return Begins.BEFORE_NUMBER
    if AIRGRAM.match(core) or RUN_TOGETHER.match(core):
        return Begins.ALONE
    if core[0].isdigit() or core[0] == "#":
        if MRN.match(core) or GROUP.match(core):
            return Begins.ALONE
        return Begins.BEHIND_POST if NUMBER.match(core) else Begins.NEVER
    return Begins.NEVER


def _is_followed(tokens: Sequence[str], at: int) -> bool:
    """Whether what may be a telegram's number, or says that one follows, is the next word."""
    following = next((core for token in tokens[at + 1 : at + 9] if (core := core_of(token))), None)
    if following is None:
        return len(tokens) > at + 9
    return following in TELEGRAM_WORDS or bool(NUMBER.match(following) or AIRGRAM.match(following))


def _is_named(tokens: Sequence[str], at: int) -> bool:
    """Whether the words before a number may be the name of a post, or one says that a number follows."""
    joined = ""
    for back in range(1, LONGEST_NAME + 1):
        at -= 1
        while at >= 0 and not core_of(tokens[at]):
            at -= 1
        if at < 0:
            return False
        core = core_of(tokens[at])
        if back == 1 and core in TELEGRAM_WORDS:
            return True
        joined = letters(_bare(core) if back == 1 else core) + joined
        if joined in post_forms():
            return True
        if joined not in _post_ends():
            return False
    return False


@lru_cache(maxsize=1)
def _post_ends() -> frozenset[str]:
    """How the names of posts may end, from any letter on; nothing too: a year may stand behind a name."""
    return frozenset(form[at:] for form in post_forms() for at in range(len(form) + 1))


def _bare(core: str) -> str:
    return ReferenceWord(0, len(core), core, 0, len(core), "").bare
