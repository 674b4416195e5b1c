"""Those whom a document may quote, the places where a passage speaks of one, and who share a surname."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from septel.record.model import Excerpt, Person
from septel.record.people.rosters import Rosters, is_given


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One person as a document knows them.

    Attributes:
        person: who.
        shown_by: the words that bring them in.
        listed: whether the list of participants, the heading or the signature names them.
        offices: the offices by which the document may call them (`THE PRESIDENT`).
        kind: `person`; or `office`, `body`, `described` where only words for what they are stand.
    """

    person: Person
    shown_by: Excerpt
    listed: bool
    offices: tuple[str, ...] = ()
    kind: str = "person"


@dataclass(frozen=True)
class Participants:
    """Everyone whom a document may quote.

    Attributes:
        players: those whom it lists, then those whom it only names.
        author: the player who says I.
    """

    players: tuple[Participant, ...]
    author: Participant | None = None
    date: str | None = None
    rosters: Rosters = field(default_factory=lambda: Rosters(()))

    def named(self, surname: str) -> Participant | None:
        """The player of this surname; of several, one who is listed."""
        wanted = surname.upper()
        found = [
            p
            for p in self.players
            if p.person.surname.upper() == wanted or wanted in (v.upper() for v in p.person.variants)
        ]
        return next((p for p in found if p.listed), found[0] if found else None)

    def holders(self, office: str) -> tuple[Participant, ...]:
        """Those who hold an office, those who are listed first."""
        found = [p for p in self.players if office in p.offices]
        return tuple(sorted(found, key=lambda p: not p.listed))

    @property
    def listed(self) -> tuple[Participant, ...]:
        """Those who took part."""
        return tuple(p for p in self.players if p.listed)


class MentionKind(StrEnum):
    """How someone is spoken of."""

    NAME = "name"
    OFFICE = "office"
    PRONOUN = "pronoun"
    FIRST = "first person"
    PLURAL = "we"
    SIDE = "side"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place that speaks of someone.

    Attributes:
        start: where it begins in the passage.
        end: where it ends, a following `'S` not included.
        kind: how.
        player: who, where the mention itself tells.
        side: the side, where told.
        possessive: whether `'S` follows.
        guessed: whether the name was recognised through noise.
    """

    start: int
    end: int
    kind: MentionKind
    player: Participant | None = None
    side: str | None = None
    possessive: bool = False
    guessed: bool = False


_LEAST = 3
"""Times that letters must speak, to be somebody's."""
_SPEAKS = r"(?:SAID|TOLD|ASKED|REPLIED|SAYS|THINKS|WOULD|WILL|WANTS|AGREED)\b"
_LETTER = re.compile(rf"(?<![.\w])([A-HJ-Z])\.? {_SPEAKS}")
_THREE = re.compile(
    r"(?<![.\w/-])([A-Z]{3})\.? (?:SAID|TOLD|ASKED|REPLIED|SAYS|THINKS|WANTED|WANTS|AGREED|THOUGHT)\b"
)


def initials_in(text: str, players: Sequence[Participant]) -> Iterator[tuple[str, Participant]]:
    """Single letters, and three of them, that speak in a text, each with the one player whom they fit.

    Args:
        text: the text in upper case.
        players: those whom it may mean.
    """
    listed = [p for p in players if p.listed]
    for letter, count in Counter(_LETTER.findall(text)).items():
        named = [p for p in players if p.person.surname.upper().startswith(letter)]
        own = [p for p in players if letter == "P" and "PRESIDENT" in p.offices and p.person.side == "US"]
        fitting = own or [p for p in named if p.listed] or named
        if count >= _LEAST and len(fitting) == 1:
            yield letter, fitting[0]
    for letters, count in Counter(_THREE.findall(text)).items():
        fitting = [p for p in listed if _may_be_short_for(letters, p)]
        if count >= _LEAST and len(fitting) == 1:
            yield letters, fitting[0]


def _may_be_short_for(letters: str, player: Participant) -> bool:
    """Whether three letters may be the initials of somebody whose middle name the document leaves out."""
    words = player.person.name.upper().split()
    given = words[0][0] if len(words) > 1 else letters[0]
    return (
        player.kind == "person" and letters[-1] == player.person.surname[:1].upper() and letters[0] == given
    )


_TWO_PARTS = re.compile(r"(?P<first>[A-Z]\w{2,}) (?:de|von|van|du) [A-Z]\w+")
_WOMAN = r"(?:MRS|MISS|MS|MME|MADAME|LADY)\.?"
_TITLED_WOMAN = re.compile(rf"(?:THE )?(?P<title>{_WOMAN})\s+(?P<name>.*)", re.IGNORECASE | re.DOTALL)
_WIFE = re.compile(rf"\b(?i:{_WOMAN})\s+(?:[A-Z][\w'’-]+\s+)?(?P<name>[A-Z][\w'’-]{{2,}})")
_MAN = re.compile(r"\b(?:MR|DR|GENERAL|COLONEL|AMBASSADOR|MINISTER|SENATOR)\.?\s+$", re.IGNORECASE)
_SAYS = (
    r"(?=(?:, [^,.;]{3,60},)? (?i:SAID|SAYS|TOLD|ASKED|REPLIED|STATED|ADDED|ANSWERED|EXPLAINED|NOTED"
    r"|THOUGHT|AGREED|SUGGESTED|PROPOSED|STRESSED|URGED|EXPRESSED|REMARKED|POINTED OUT|INFORMED|CLAIMED)\b)"
)
_BEFORE = r"(?:(?i:MINISTER|SECRETARY|PRESIDENT|AMBASSADOR|GENERAL|SPEAKER|PREMIER|FONMIN|PRIMIN|CHAIRMAN) )"
_EASTERN = r"(?P<{0}>[A-Z][a-z]{{1,5}}) (?P<{1}>[A-Z][a-z]{{1,5}}[-‑][a-z]{{1,6}})\b"
_EAST = re.compile(rf"{_BEFORE}{_EASTERN.format('sur1', 'giv1')}|\b{_EASTERN.format('sur2', 'giv2')}{_SAYS}")
"""`Foreign Minister Yi Tong-won`, `Yi Hu-rak said`: the surname stands first."""
_WEST = re.compile(
    rf"\b(?P<giv>[A-Z][a-z]{{2,}}) (?:[A-Z]\. )?(?P<sur>[A-Z][a-z]{{2,}}(?:-[A-Z][a-z]+)?){_SAYS}"
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


def first_part(person: Person) -> tuple[str, ...]:
    """The first of two parts of a surname that alone may stand for it: COUVE de Murville."""
    found = _TWO_PARTS.fullmatch(person.name)
    return (found["first"],) if found and not is_given(found["first"]) else ()


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
            if alone and (_MAN.search(text, 0, place.start()) or re.match(_SAYS, text[place.end() :])):
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
