"""What the lexicon holds: one frozen record per line of its data files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

E = TypeVar("E")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A station that sends or receives telegrams: embassy, consulate, mission, delegation, agency, command.

    Attributes:
        name: the name by which Septel knows it, in capitals.
        kind: embassy, legation, consulate-general, consulate, mission, delegation, department, agency
            or command.
        territory: where it is, in the words of the list of posts; may be empty.
        since: first year, or None when not known.
        until: last year, or None when it stands or is not known.
        abbreviation: the six letters of the page head and of the archive's numbers (HELSIN, LAPAZ).
        variants: other names under which lines of the period have it.
        source: where this was taken from.
    """

    name: str
    kind: str
    territory: str
    since: int | None
    until: int | None
    abbreviation: str
    variants: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A word under the classification that says who may see a telegram or through which channel it goes."""

    code: str
    forms: tuple[str, ...]
    gloss: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """A grade of secrecy; `rank` orders them, zero is unclassified."""

    code: str
    name: str
    forms: tuple[str, ...]
    rank: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedence:
    """How fast a telegram goes: the letter of the preamble and the word after an addressee."""

    prosign: str
    word: str
    rank: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A run of numbers of its own between the Department and a delegation or a travelling party.

    Attributes:
        name: the word before the number (SALTO).
        pair: the word of the opposite direction (TOSALT); may be empty.
        direction: `from` the party or `to` it.
        party: who travels or negotiates.
        since: first year known, or None.
        until: last year known, or None.
        source: where this was taken from.
    """

    name: str
    pair: str
    direction: str
    party: str
    since: int | None
    until: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A code of the TAGS line: a subject of four letters, a country or region of two, or an organisation."""

    code: str
    kind: str
    field: str
    meaning: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office of the distribution lines; `name` is empty where no source explains the symbol."""

    symbol: str
    name: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chief:
    """Who was chief of a mission, or Secretary of State, from which year to which.

    Attributes:
        surname: in capitals, as telegrams are signed.
        place: the country or organisation; `STATE` for Secretaries of State.
        since: the year in which the office was taken up.
        until: the year in which it was left, or None when that is not known.
        source: where this was taken from.
    """

    surname: str
    place: str
    since: int
    until: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month with the forms that date-time groups and texts use."""

    number: int
    name: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearPost(Generic[E]):
    """An entry that a text may stand for, and how far the two are apart.

    Attributes:
        entry: the entry.
        form: the form of it that came nearest.
        distance: insertions, deletions and substitutions between the folded texts. It is no probability.
        length: the length of the folded form, so that two distances can be compared.
    """

    entry: E
    form: str
    distance: int
    length: int
