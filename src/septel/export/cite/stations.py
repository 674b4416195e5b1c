"""Stations of address lines as prose has them: `AMEMBASSY LA PAZ` is `Embassy La Paz`."""

from __future__ import annotations

from septel.lexicon import Lexicon

_KINDS = {
    "AMEMBASSY": "Embassy",
    "AMCONSUL": "Consulate",
    "AMCONGEN": "Consulate General",
    "AMLEGATION": "Legation",
    "USMISSION": "U.S. Mission",
    "USDEL": "U.S. Delegation",
    "USINT": "U.S. Interests Section",
    "USLO": "U.S. Liaison Office",
}
_DEPARTMENT = frozenset({"STATE", "SECSTATE WASHDC", "SECSTATE", "DEPARTMENT OF STATE", "DEPT OF STATE"})
_SMALL = frozenset("OF THE AND DE DEL DOS DAS LOS LAS DA DO ES FOR IN ON TO A AN".split())  # noqa: SIM905
_INITIALS = frozenset(
    """USIA USICA USIS AID USAID CIA DIA NSA NSC DEA FAA FBI JCS OSD ISA DOD USDA USDOC USUN NATO OECD EC EEC
    IAEA MBFR SALT UNESCO CINCPAC CINCLANT CINCLANTFLT CINCEUR USCINCEUR CINCSO USCINCSO CINCPACFLT USNMR
    COMUSMACV MACV SHAPE POLAD USDAO DC CZ VA HI GE GER INR ACDA NASA AEC ERDA USLO US
    UN UK USSR JMWAVE""".split()  # noqa: SIM905
)
"""Initials of agencies, commands and missions (`posts.tsv`), of their offices and of countries."""
_SPELT_OUT = {"WASHDC": "Washington", "SECDEF": "Secretary of Defense"}


_NO_PLACE = frozenset({"agency", "department", "command", "delegation"})
"""Kinds of the list of posts that are named by themselves, not by their place."""


def post_in_words(given: str, sender: str | None) -> str:
    """A post that a person named, as prose has it: `Bonn`, sent by AMEMBASSY BANN, is `Embassy Bonn`.

    What kind of post it is the page tells, where the person does not: kinds changed over the years.

    Args:
        given: as the person wrote it, with or without what kind of post it is.
        sender: the station that the page names, where it was read.
    """
    named, read = in_words(given), in_words(sender or "")
    if read.casefold().endswith(f" {named.casefold()}"):
        return read[: -len(named)] + named
    post = Lexicon.shipped().post(given)
    if post is None or post.kind in _NO_PLACE or given.upper() not in (post.name, *post.variants):
        return named
    kind = next((kind for kind in _KINDS.values() if read.startswith(f"{kind} ")), None)
    return f"{kind} {named}" if kind else named


def in_words(station: str) -> str:
    """A station of the address lines as prose has it: `AMEMBASSY LA PAZ` is `Embassy La Paz`."""
    if station != station.upper():
        return " ".join(station.split())
    plain = " ".join(station.split())
    if plain in _DEPARTMENT or plain.startswith("SECSTATE"):
        return "Department of State"
    kind, _, rest = plain.partition(" ")
    name = _titled(rest or kind)
    return f"{_KINDS[kind]} {name}" if kind in _KINDS and rest else _titled(plain)


def _titled(text: str) -> str:
    """Words in capitals as names are written; initials and signs of offices (STATE/INR) stay."""
    if text != text.upper():
        return text
    out: list[str] = []
    for word in text.split():
        first = not out or out[-1].endswith(":")
        small = word in _SMALL or (word == "LA" and out[-1:] == ["de"])
        plain = word.strip(".,;:()")
        if plain in _SPELT_OUT:
            out.append(word.replace(plain, _SPELT_OUT[plain]))
        elif "/" in word or plain in _INITIALS or _is_initials(plain) or any(map(str.isdigit, plain)):
            out.append(word)
        else:
            out.append(word.lower() if small and not first else word.capitalize())
    return " ".join(out)


def _is_initials(word: str) -> bool:
    """Whether a word has no vowel, and so is none: `NKH` signs for a man."""
    return 1 < len(word) <= 4 and not set(word) & set("AEIOUY") and word not in _SHORT


_SHORT = frozenset({"MR", "MRS", "DR", "ST", "JR", "SR", "GRP", "BR", "PT", "FT", "MT"})
"""Short forms that are written as words."""
