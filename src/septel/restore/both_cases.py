"""What a text in both cases tells that capitals don't: omissions, abbreviations, marks before small letters.

The model of language knows one case, and a letter's is taken from the source. Engines mistake small letters
for capitals that differ from them in size only. Put right is what no typist writes: a capital inside a word
that begins small (`mY`), `i'm`, a J that has no reason to be a capital (a typewriter's j reaches as high),
and a stop, guessed from a mark that is none, before a word that begins small.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from septel.restore.specks import scanned
from septel.restore.suspicion import WELL_KNOWN, bare
from septel.restore.vocabulary import Vocabulary

ACRONYM = 0.3
"""By how much less an abbreviation in capitals is taken for misread than another word of its look."""
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_GIVEN_UP = re.compile(r"[^\W_]_(?!_)|(?<!_)_[^\W_]")
_RULE = re.compile(r"__+")
_INSIDE = re.compile(r"[a-z]+(?:'[A-Za-z]+|[A-Z])[A-Za-z]*")
_FIRST = re.compile(r"(?<![\w.])i(?='(?:m|d|ve|ll)\b)")
_CAPITAL = re.compile(r"J[a-z]+")
_GOES_ON = re.compile(r"[a-z][,']?$")
_LIKE_FIGURES = re.compile(r"[A-Za-z]+[01]+[A-Za-z]*")
_LETTERS = str.maketrans("01", "OL")


def engine_read(text: str) -> bool:
    """Whether a text in both cases has signs that an engine read it.

    They are marks that no typist had, and the sign that engines write, within or beside a word, for a
    character that they gave up on. The rules of a form are none.
    """
    return scanned(_RULE.sub("", text), mixed=True) or bool(_GIVEN_UP.search(text))


def abbreviation(token: str, line: str) -> bool:
    """Whether a token of a line in both cases is a call sign or another abbreviation in capitals."""
    return bool(_ACRONYM.fullmatch(bare(token))) and any(map(str.islower, line))


def in_figures(token: str, vocabulary: Vocabulary) -> bool:
    """Whether a token is a word read as a designation: `A11` for All. Small letters look like figures."""
    core = bare(token)
    return (
        len(core) >= 3
        and bool(_LIKE_FIGURES.fullmatch(core))
        and (vocabulary.weight(core.translate(_LETTERS)) or 0) >= WELL_KNOWN
    )


def marked(text: str, seen: str, after: str) -> str:
    """A word with a comma for a stop that was guessed where no sentence ends.

    Args:
        text: the word as read, with its marks.
        seen: what stands in the source.
        after: the word after it on its line, as it stands.
    """
    guessed = text[-1:] == "." and text[:-1].isalpha() and seen[-1:] not in (",", ".")
    return text[:-1] + "," if guessed and after[:1].islower() else text


def cased(text: str, before: str, vocabulary: Vocabulary) -> str:
    """A word in the case that it must have.

    Args:
        text: the word as read, with its marks.
        before: the word before it on its line; empty where there is none.
        vocabulary: which words are common.
    """
    core = bare(text)
    if _INSIDE.fullmatch(core) and core != core.lower() and (vocabulary.weight(core) or 0) >= WELL_KNOWN:
        text = text.replace(core, core.lower())
    text = _FIRST.sub("I", text)
    if _CAPITAL.fullmatch(core) and core.lower() in usually_small() and _GOES_ON.search(before):
        text = text.replace(core, core.lower())
    return text


@cache
def usually_small() -> frozenset[str]:
    """Words with j that stand small in the middle of a sentence."""
    lines = files("septel.restore").joinpath("profiles/j.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("##"))
