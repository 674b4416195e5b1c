"""What a text in both cases tells that capitals don't: omissions, abbreviations, marks before small letters.

The model of language knows one case, and a letter's is taken from the source. Engines mistake small letters
for capitals that differ from them in size only. Put right is what no typist writes: a capital inside a word
that begins small (`mY`), `i'm`, a J that has no reason to be a capital (a typewriter's j reaches as high),
and a stop, guessed from a mark that is none, before a word that begins small. So are blanks that the pitch of
a typewriter made an engine see (`it 's`, `16: 34`, `90 °`), and figures that small letters are taken for
where no word can be (`lA`, `count l, 2`).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from septel.restore.language import Vocabulary
from septel.restore.tokens.artefacts import scanned
from septel.restore.tokens.classes import WELL_KNOWN, bare

ACRONYM = 0.3
"""By how much less an abbreviation in capitals is taken for misread than another word of its look."""
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_GIVEN_UP = re.compile(r"[^\W_]_(?!_)|(?<!_)_[^\W_]")
_RULE = re.compile(r"__+")
_INSIDE = re.compile(r"[a-z]+(?:'[A-Za-z]+|[A-Z])[A-Za-z]*")
_FIRST = re.compile(r"(?<![\w.])i(?='(?:m|d|ve|ll)\b)")
_CAPITAL = re.compile(r"J[a-z]+")
_GOES_ON = re.compile(r"[a-z][,']?$|^I$")
_LIKE_FIGURES = re.compile(r"[A-Za-z]+[01]+[A-Za-z]*")
_LETTERS = str.maketrans("01", "OL")
_ENDS = re.compile(r"[.?!]$")
_APART = re.compile(r"(?<=[A-Za-z]) ('(?:s|re|m|ve|ll|d|t|clock))\b")
_TORN = re.compile(r"(?<=[A-Za-z]') (re|ve|ll|m|s|d|t)\b")
_HOUR = re.compile(r"(?<![\w:.,+-])([01]\d|2[0-3]): ([0-5]\d)(?![\w:])")
_AFTER_FIGURES = re.compile(r"(?<=\d) ([°·.,])(?=\s|$)")
_ASKED = re.compile(r"(?<=\w) \?(?=\s|$)")
_RAISED = re.compile(r"(?<=\d)·(?=\s|$)|(?<=\d)-(?=\s+(?:[A-Z][a-z]|\.\.\.))|(?<=\d \d\d)-(?=\s|$)")
_ITEM = re.compile(r"(?<![\w'.-])[li](?=-?[A-H]\b)")
_NOUGHT = re.compile(r"(?<!\w)0(?=[a-z]{3})")
_FIGURE = re.compile(r"[-+]?\d[\d.,+-]*")
_COUNTED = frozenset(("number", "no.", "type"))
_WHO = frozenset(("i", "we", "you", "he", "she", "it", "they", "that", "there", "who"))
_TOKEN = re.compile(r"\S+")


def engine_read(text: str) -> bool:
    """Whether a text in both cases has signs that an engine read it.

    They are marks that no typist had, and the sign that engines write, within or beside a word, for a
    character that they gave up on. The rules of a form are none.
    """
    return scanned(_RULE.sub("", text), mixed=True) or bool(_GIVEN_UP.search(text))


def given_up(text: str) -> bool:
    """Whether the engine that read a text writes a sign for characters that it gave up on."""
    return bool(_GIVEN_UP.search(_RULE.sub("", text)))


def typed(line: str, before: str, vocabulary: Vocabulary) -> str:
    """A line as a typist types it; as long as it was.

    Args:
        line: the line, as an engine read it.
        before: the last word of the line before it.
        vocabulary: which words are common.
    """
    for form in (_APART, _TORN):
        line = form.sub(lambda found: found.group(1) + " ", line)
    line = _HOUR.sub(r"\1:\2 ", line)
    line = _AFTER_FIGURES.sub(lambda found: found.group(1) + " ", line)
    line = _ASKED.sub("? ", line)
    line = _RAISED.sub(".", line)
    line = _NOUGHT.sub("O", _ITEM.sub("1", line))
    words = list(_TOKEN.finditer(line))
    out = list(line)
    for number, word in enumerate(words):
        after = words[number + 1].group() if number + 1 < len(words) else ""
        text = _stroke(word.group(), before, after)
        text = _bracket(text, line, vocabulary)
        text = cased(text, before, vocabulary)
        out[word.start() : word.end()] = text
        before = text
    return "".join(out)


def _stroke(token: str, before: str, after: str) -> str:
    """A token that is a stroke or two: a number among numbers, or the pronoun."""
    core = token.rstrip(".,;")
    if core not in ("i", "l", "ll") or not before:
        return token
    if core == "ll":
        return token if before.lower() in _WHO else "11" + token[2:]
    counted = before.lower() in _COUNTED or _FIGURE.fullmatch(before)
    if counted or (token.endswith(",") and _FIGURE.fullmatch(after)):
        return "1" + token[1:]
    among_words = before[-1:].islower() and after[:1].islower()
    return "I" if token == "i" and among_words else token


def _bracket(token: str, line: str, vocabulary: Vocabulary) -> str:
    """A token in which an l was read as a bracket that nothing opened: `A]]`, `sma]l`."""
    if "]" not in token or "[" in line:
        return token
    text = token.replace("]", "l")
    text = text[:1] + text[1:].replace("I", "l")
    return text if (vocabulary.weight(bare(text)) or 0) >= WELL_KNOWN else token


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


def marked(text: str, seen: str, after: str, vocabulary: Vocabulary) -> str:
    """A word with a comma for a stop that was guessed where no sentence ends, and for one that was lost.

    What an engine gave up on at the end of a whole word or number is a mark.

    Args:
        text: the word as read, with its marks.
        seen: what stands in the source.
        after: the word after it on its line, as it stands.
        vocabulary: which words are common.
    """
    whole, last = seen[:-1], text[len(seen) - 1 :]
    if seen[-1:] == "_" and _whole(whole, vocabulary) and text.startswith(whole) and len(last) <= 1:
        likely = text[:1].islower() and (vocabulary.weight(text) or 0) >= WELL_KNOWN
        text = text if last and (not last.isalnum() or likely) else whole + ","
    guessed = text[-1:] == "." and text[:-1].isalnum() and seen[-1:] not in (",", ".")
    return text[:-1] + "," if guessed and after[:1].islower() else text


def _whole(core: str, vocabulary: Vocabulary) -> bool:
    """Whether characters are a word or a number as they stand."""
    if len(core) < 2 or not core.isalpha():
        return core.isdigit()
    return core.isupper() or vocabulary.knows(core)


def cased(text: str, before: str, vocabulary: Vocabulary, *, seen: str = "") -> str:
    """A word in the case that it must have.

    Args:
        text: the word as read, with its marks.
        before: the word before it; empty where there is none.
        vocabulary: which words are common.
        seen: what stands in the source, where the word was read otherwise: where its first letter can't be
            told, it is a capital after the end of a sentence.
    """
    core = bare(text)
    if seen and not seen[0].isalpha() and core == text[: len(core)] and _ENDS.search(before):
        text = text[:1].upper() + text[1:]
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
