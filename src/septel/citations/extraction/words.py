"""The words by which telegrams cite each other, and a text taken apart for finding them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from septel.lexicon import Lexicon, letters

PARTIES: Mapping[str, str] = {
    "DEPTEL": "department",
    "DEPCIRTEL": "department",
    "CIRTEL": "department",
    "EMBTEL": "own",
    "CONTEL": "own",
    "LEGTEL": "own",
    "MISTEL": "own",
    "OURTEL": "sender",
    "MYTEL": "sender",
    "URTEL": "receiver",
    "YOURTEL": "receiver",
    "USUNTEL": "USUN",
}
"""Words that name a telegram by who sent it: the Department, the post of the correspondence (`own`), the
sender or the receiver of the citing telegram, or one mission. Source: FRUS 1955-68, editorial notes."""
PRONOUNS: Mapping[str, str] = {"YOUR": "URTEL", "UR": "URTEL", "OUR": "OURTEL", "MY": "MYTEL"}
"""`YOUR 1135` is `URTEL 1135` (FRUS 1955-57)."""
OFFICES: Mapping[str, str] = {
    "DEPARTMENT": "DEPTEL",
    "DEPT": "DEPTEL",
    "EMBASSY": "EMBTEL",
    "EMB": "EMBTEL",
    "CONSULATE": "CONTEL",
    "LEGATION": "LEGTEL",
}
"""`EMBASSY TELEGRAM 2601`, `DEPARTMENT'S 246` (FRUS 1955-65)."""
TELEGRAM_WORDS = frozenset({"TEL", "TELS", "TELEGRAM", "TELEGRAMS", "CABLE", "MSG", "MESSAGE", "NO", "NR"})
NOT_POSTS = frozenset({"AGR", "COM", "MARCH", "MAY", "PUBLIC", "TITLE"})
"""Names of posts and agencies that are ordinary words or stand in other lines before figures."""
AFTER_NUMBER = frozenset(
    {"AND", "OR", "NOTAL", "RE", "RPTD", "REPTD", "REPEATED", "OF", "TO", "FROM", "PARA", "PARAS"}
    | {"PARAGRAPH", "WHICH", "CONCERNING", "REGARDING", "IS", "WAS", "WERE", "ARE", "HAS", "HAVE", "DTD"}
    | {"DATED", "INFO", "ON", "IN", "AS", "THAT", "WE", "REFER", "REFERS", "SAYS", "SAID", "STATES"}
    | {"INDICATES", "SHOWS", "SUGGESTS", "CONTAINS", "GIVES", "NOTES", "EXPLAINS", "COVERS", "ASKS", "TELLS"}
    | {"REPORTS", "REPORTED", "STATED", "AUTHORIZED", "REQUESTED", "RECEIVED", "FOR", "WILL", "HAD"}
)
"""Words that may follow a telegram's number; after figures that count something else, a noun stands."""
PLACING = frozenset({"IN", "AT", "FROM", "NEAR", "TO", "FOR", "REACHED", "LEFT", "INTO"})
NO_SENDER = frozenset(
    {"A", "AN", "AND", "AS", "AT", "BY", "DATED", "DTD", "DTG", "FROM", "IN", "IS", "MESSAGE", "MSG", "OF"}
    | {"ON", "OR", "PER", "REF", "REFS", "REFTEL", "SEE", "SINCE", "THE", "TO", "UNTIL", "VIA", "WAS"}
    | {"WITH", "OUR", "YOUR", "MY", "THEIR", "HIS", "AFTER", "BEFORE", "BETWEEN", "TIME", "GMT"}
)
"""Words that are no part of the name of a message's sender."""
TIMING = frozenset({"AT", "SINCE", "UNTIL", "BY", "BEFORE", "AFTER", "BETWEEN", "TIME"})
"""Words before a date-time group that is a time of day and no message."""
BEFORE_GROUP = frozenset({"MSG", "MESSAGE", "DTG", "DTD", "DATED", "Z", "O", "P", "R"})
"""Words that may stand between a sender and the date-time group of its message."""
UNITS = frozenset({"PERCENT", "PCT", "MILLION", "BILLION", "THOUSAND", "METRIC", "PEOPLE", "MEN", "MT", "KM"})
"""Words that say what figures before them count."""
COMMAND = re.compile(r"(?:US|CINC|COM[A-Z]|JCS|SEC|CSAF|CNO|CIA|DIA|NSA|OSD|DEF)")
"""How the short names of commands and agencies begin (date-time group references, 1973-79)."""
HEADS = frozenset(
    {"SEPTEL", "SEPTELS", "REF", "REFS", "REFERENCE", "REFERENCES", "CIRCULAR", "DESPATCH", "DESP", "EMBDESP"}
    | PARTIES.keys()
    | {f"{party}S" for party in PARTIES}
    | {f"RE{party}" for party in PARTIES}
    | PRONOUNS.keys()
    | OFFICES.keys()
)
"""Words at which a mention may begin; so it may at figures, and at `HEAD_STARTS`."""
_AIRGRAMS = tuple(f"A{figure}" for figure in range(10))
HEAD_STARTS = ("REFTEL", "REFAIR", "SEPTEL", "DEP", "EMB", "CON", "LEG", "A-", "CA", "#", *_AIRGRAMS)
TOKEN = re.compile(r"[A-Z]{4,}(?=\d{3,6}(?!\d))|[^\s\u2013\u2014]+")
_RUN_TOGETHER = re.compile(r"[\d\u2013\u2014](?:(?<=\D)|(?<=[A-Z]{4}\d)\d\d)")
"""What a text has that is parted elsewhere than at blanks; few have any."""
_EDGES = "()[]{},;:.\"'’`“”"
_LOWER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
LONGEST_NAME = 4  # words of a post's name


class ReferenceWord(NamedTuple):
    """A word of a strip: where it stands, its core without punctuation, and what follows the core.

    A named tuple, since there is one for each word of every telegram.
    """

    start: int
    end: int
    core: str
    core_start: int
    core_end: int
    after: str

    @property
    def bare(self) -> str:
        """The core without a possessive ending."""
        for ending in ("'S", "’S"):
            if self.core.endswith(ending):
                return self.core[: -len(ending)]
        return self.core

    @property
    def possessive(self) -> bool:
        """Whether it ends in a possessive."""
        return self.bare != self.core or self.after.startswith(("'", "’"))


_word = tuple.__new__
"""What fills a named tuple at the least cost."""


def capitals(text: str) -> str:
    """The text in capitals, no character lost or won: texts printed in mixed case are cited alike."""
    return text.upper() if text.isascii() else text.translate(_LOWER)


def core_of(token: str) -> str:
    """A word without the punctuation at its edges."""
    return token if token.isalnum() else token.strip(_EDGES)


def tokens_of(text: str) -> list[str]:
    """The words of a text in capitals, with what stands at their edges, as `TOKEN` parts them."""
    return TOKEN.findall(text) if _RUN_TOGETHER.search(text) else text.split()


def words_of(text: str) -> tuple[ReferenceWord, ...]:
    """The words of a text in capitals."""
    found: list[ReferenceWord] = []
    for match in TOKEN.finditer(text):
        whole = match.group()
        begin, end = match.span()
        if whole.isalnum():  # most are: nothing stands at their edges
            found.append(_word(ReferenceWord, (begin, end, whole, begin, end, "")))
            continue
        core = whole.strip(_EDGES)
        if core:
            start = begin if core == whole else begin + whole.index(core)
            stop = start + len(core)
            found.append(_word(ReferenceWord, (begin, end, core, start, stop, text[stop:end])))
    return tuple(found)


@lru_cache(maxsize=1)
def post_forms() -> Mapping[str, str]:
    """Every name and variant of a post by its letters, with the post's name."""
    lexicon = Lexicon.shipped()
    forms: dict[str, str] = {}
    for name in lexicon.post_names:
        if name in NOT_POSTS:
            continue
        post = lexicon.post(name)
        if post is not None:
            forms.setdefault(letters(name), post.name)
    for post in lexicon.posts:
        if len(post.abbreviation) >= 5:
            forms.setdefault(post.abbreviation, post.name)
    return forms
