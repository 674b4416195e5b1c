"""Persons of one document who share a surname: husband and wife, father and son, two ministers Yi."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from septel.record.model import Person

_WOMAN = r"(?:MRS|MISS|MS|MME|MADAME|LADY)\.?"
_TITLED_WOMAN = re.compile(rf"(?:THE )?(?P<title>{_WOMAN})\s+(?P<name>.*)", re.IGNORECASE | re.DOTALL)
_WIFE = re.compile(rf"\b(?i:{_WOMAN})\s+(?:[A-Z][\w'’-]+\s+)?(?P<name>[A-Z][\w'’-]{{2,}})")
_MAN = re.compile(r"\b(?:MR|DR|GENERAL|COLONEL|AMBASSADOR|MINISTER|SENATOR)\.?\s+$", re.IGNORECASE)
_SPEAKS = (
    r"(?=(?:, [^,.;]{3,60},)? (?i:SAID|SAYS|TOLD|ASKED|REPLIED|STATED|ADDED|ANSWERED|EXPLAINED|NOTED"
    r"|THOUGHT|AGREED|SUGGESTED|PROPOSED|STRESSED|URGED|EXPRESSED|REMARKED|POINTED OUT|INFORMED|CLAIMED)\b)"
)
_BEFORE = r"(?:(?i:MINISTER|SECRETARY|PRESIDENT|AMBASSADOR|GENERAL|SPEAKER|PREMIER|FONMIN|PRIMIN|CHAIRMAN) )"
_EASTERN = r"(?P<{0}>[A-Z][a-z]{{1,5}}) (?P<{1}>[A-Z][a-z]{{1,5}}[-‑][a-z]{{1,6}})\b"
_EAST = re.compile(
    rf"{_BEFORE}{_EASTERN.format('sur1', 'giv1')}|\b{_EASTERN.format('sur2', 'giv2')}{_SPEAKS}"
)
"""`Foreign Minister Yi Tong-won`, `Yi Hu-rak said`: the surname stands first."""
_WEST = re.compile(
    rf"\b(?P<giv>[A-Z][a-z]{{2,}}) (?:[A-Z]\. )?(?P<sur>[A-Z][a-z]{{2,}}(?:-[A-Z][a-z]+)?){_SPEAKS}"
)
_GENERATION = re.compile(r"\b(?P<sur>[A-Z][\w'’-]{2,}),? (?P<which>JR|SR)\b", re.IGNORECASE)
_NO_GIVEN = re.compile(
    r"(?:MR|MRS|DR|MISS|LORD|SIR|GENERAL|COLONEL|MAJOR|CAPTAIN|ADMIRAL|MARSHAL|MINISTER|SECRETARY|PRESIDENT"
    r"|SENATOR"
    r"|AMBASSADOR|CHAIRMAN|DIRECTOR|GOVERNOR|PREMIER|KING|PRINCE|COUNSELOR|THE|FOREIGN|PRIME|DEPUTY|ACTING"
    r"|UNDER|CONGRESSMAN|BOTH|THAT|WHEN|AND|BUT|AFTER|THEN|HOWEVER|FINALLY|HERE|ALSO)"
)


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Surnames of a document, in upper case, that mean more than one.

    Attributes:
        couples: those that a woman bears with her title, and somebody without it.
        shared: those that two bear who speak or hold an office; alone such a name is either's.
    """

    couples: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()

    def names(self, person: Person) -> Person | None:
        """A person as the document tells them from who has the same surname; None where it can't."""
        surname = person.surname.upper()
        if surname in self.couples and is_woman(person.role):
            title = person.role.split()[0].rstrip(".").capitalize()
            return replace(
                person,
                key=f"{title.lower()}-{surname.lower()}",
                name=f"{title}{'.' if len(title) < 4 else ''} {person.name}",
                surname=wife_of(person.surname),
                side=None,
            )
        if surname not in self.shared:
            return person
        return replace(person, surname=person.name) if " " in person.name else None


def is_woman(title: str) -> bool:
    """Whether a title is a woman's: `Mrs.`, `Miss`, `Madame`."""
    return re.match(_WOMAN + r"(?:\s|$)", title, re.IGNORECASE) is not None


def wife_of(surname: str) -> str:
    """By what name a document knows a woman whose husband it knows by the surname alone."""
    return f"Mrs. {surname}"


def woman_in(phrase: str) -> str | None:
    """The name behind a woman's title that opens a phrase in upper case; None of other phrases."""
    found = _TITLED_WOMAN.match(phrase)
    return found.group("name") if found else None


def namesakes_in(texts: Iterable[str]) -> Namesakes:
    """The surnames of a document that mean more than one of those who speak in it."""
    text = "\n".join(texts)
    return Namesakes(_couples(text), _shared(text))


def _couples(text: str) -> frozenset[str]:
    women = {m.group("name").upper().removesuffix("'S").removesuffix("’S") for m in _WIFE.finditer(text)}
    own = {m.start("name") for m in _WIFE.finditer(text)}
    found: set[str] = set()
    for name in women:
        for place in re.finditer(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
            alone = place.start() not in own and text[place.start()].isupper()
            if alone and (_MAN.search(text, 0, place.start()) or re.match(_SPEAKS, text[place.end() :])):
                found.add(name)
                break
    return frozenset(found)


def _shared(text: str) -> frozenset[str]:
    given: dict[str, set[str]] = defaultdict(set)
    for m in _EAST.finditer(text):
        surname, name = (m.group("sur1") or m.group("sur2")), (m.group("giv1") or m.group("giv2"))
        given[surname.upper()].add(name.upper())
    for m in _WEST.finditer(text):
        if not _NO_GIVEN.fullmatch(m.group("giv").upper()):
            given[m.group("sur").upper()].add(m.group("giv").upper())
    generations: dict[str, set[str]] = defaultdict(set)
    for m in _GENERATION.finditer(text):
        generations[m.group("sur").upper()].add(m.group("which").upper())
    several = {name for name, found in given.items() if len(found) > 1}
    return frozenset(several | {name for name, found in generations.items() if len(found) > 1})
