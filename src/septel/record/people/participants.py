"""Who takes part in a document: from its list, its heading, its signer, and the rosters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from septel.record.layout import DocumentLayout, ListedParticipant, cue, cue_text, is_foreign, side_of
from septel.record.model import Excerpt, Person, is_nation, nation_of, nations_in
from septel.record.people.entries import entries_of
from septel.record.people.offices import offices_of
from septel.record.people.phrases import NounKind, is_common, noun_kind
from septel.record.people.rosters import Rosters, best_member, office_holder
from septel.record.people.scene import sender_named, sent_from

TITLES = cue_text("casting.titles")
_TITLE_WORDS = re.compile(rf"^(?:THE\s+)?(?:{TITLES})\.?\s+", re.IGNORECASE)
_NATION = re.compile(
    r"^(?:Soviet|British|French|German|Chinese|Israeli|American|U\.S\.|US|Deputy|First|Acting"
    r"|Assistant|Vice)\s+",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III)\.?$", re.IGNORECASE)
_US = cue("casting.us")


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


def _split(entry: str) -> tuple[str, str]:
    """Name with titles, and office after the comma."""
    entry = re.sub(r"\[\d+\]", "", entry).strip(" ,;.")
    entry = re.sub(r"\s*\(.*?\)", "", entry)
    bare = _SUFFIX.sub("", entry)
    bare = re.sub(r"\s*[—–]\s*", ", ", bare)  # HENRY A. KISSINGER—CHAIRMAN
    if not re.search(r",\s+(?:Jr|Sr|II|III)\b", bare):
        name, _, office = bare.partition(",")
    else:
        parts = bare.split(",")
        name, office = parts[0], ",".join(parts[2:])
    return name.strip(), office.strip()


def cast_of(paper: DocumentLayout, rosters: Rosters) -> Participants:
    """Everyone whom a document lists, in its list, heading or signature; names in the text come later."""
    rosters = rosters.for_document(paper.date, paper.carried.text)
    players: dict[str, Participant] = {}
    for entry in (part for listed in paper.listed for part in entries_of(listed, TITLES)):
        player = _listed(entry, paper, rosters)
        if player and player.person.key not in players:
            players[player.person.key] = player
    for player in _in_heading(paper, rosters):
        players.setdefault(player.person.key, player)
    signer = _signer(paper, rosters)
    if signer:
        known = players.get(signer.person.key)
        players[signer.person.key] = known or signer
    cast = Participants(tuple(players.values()), None, paper.date, rosters)
    return replace(cast, author=_author(paper, cast, signer))


_OURS = re.compile(
    r"(?:Department of )?(?:State|Defense|Commerce|Treasury|Agriculture|Interior|Labor|Justice)"
    r"(?: Department)?|(?:The )?White House|AEC|A\.E\.C\.|CIA|C\.I\.A\.|NASA|NSC|JCS|J\.C\.S\.|OSD|USIA|AID"
    r"|ICA|ACDA|DOD|USUN",
)
"""Of what part of the Government of the United States somebody is."""

_HONORIFIC = re.compile(r"^(?:(?:The|Mr|Mrs|Miss|Ms|Dr|Prof|H\.E|His Excellency)\.?\s+)+", re.IGNORECASE)
_EXCELLENCY = re.compile(r"^(?:(?:His|Her) Excellency|H\.E\.)\s*,\s*")
_NOT_LISTED = re.compile(
    r"(?:See|List|Attached|As (?:above|listed)|Same|Others?|Interpreters?)\b", re.IGNORECASE
)
_SYMBOL_FIRST = re.compile(
    r"^(?P<symbol>[A-Z][A-Z/]{0,6})\s*[—–-]\s*"
    r"(?=(?:Mr|Mrs|Miss|Dr|Ambassador)\b|[A-Z][\w.'’]*(?: [A-Z][\w.'’]*){0,2} [A-Z][a-z'’][\w'’-]*(?:$|,))"
)
_SYMBOL_LAST = re.compile(r"(?<=[a-z])\s+(?:[A-Z]{2,4}|[A-Z]{1,4}/[A-Z/]{1,8})$")
"""The symbol of an office behind a name: `Mr. Rountree NEA`."""
_OF_AN_OFFICE = re.compile(r"\s+(?:of|from|for) the\s.+$")
"""Where one serves, behind the name: `Mr. Watson of the White House`."""
_TRAILING = re.compile(r"\s+(?:Mr|Mrs|Miss|Dr)\.?$")
_OFFICE_SYMBOL = re.compile(r"^(?:[A-Z]{1,4}|[A-Z]{1,4}(?:/[A-Z]{1,5})+|S/[A-Z])$")
_BARE_OFFICE = re.compile(
    r"(?:THE )?(?:ACTING )?(?P<office>PRESIDENT|VICE PRESIDENT|SECRETARY OF STATE|SECRETARY"
    r"|UNDER SECRETARY(?: OF STATE)?)"
)
_NO_SURNAMES = frozenset(
    [
        "EMBASSY",
        "STATE",
        "INTERPRETER",
        "DEPARTMENT",
        "AFFAIRS",
        "DELEGATION",
        "OTHERS",
        "STAFF",
        "SIDE",
        "PARTY",
        "NOTETAKER",
    ]
)


def _listed(entry: ListedParticipant, paper: DocumentLayout, rosters: Rosters) -> Participant | None:
    text = _EXCELLENCY.sub("", entry.text.words.strip())
    if _NOT_LISTED.match(text):
        return None
    symbol = _SYMBOL_FIRST.match(text)
    text = _TRAILING.sub("", text[symbol.end() :] if symbol else text)
    name, office = _split(text)
    name = _SYMBOL_LAST.sub("", _OF_AN_OFFICE.sub("", name))
    foreign = is_foreign(entry.side)
    side = side_of(entry.side) if entry.side and not foreign else None
    within = re.search(r"\(([^)]{2,40})\)\s*$", text)
    if side is None and within and _OURS.fullmatch(within.group(1).strip()):
        side = "US"
    if side is None and symbol:
        side = nation_of(symbol.group("symbol")) or "US"
    bare = _BARE_OFFICE.fullmatch(name.upper())
    if bare and not foreign and not (side and side != "US"):
        return _listed_office(bare.group("office"), entry, paper, rosters)
    titles = ""
    rest = name
    while True:
        first = rest.split()[0].upper() if rest.split() else ""
        noun = is_nation(first) or noun_kind(first) is NounKind.PERSON
        cut = _TITLE_WORDS.match(rest) or _NATION.match(rest) or (re.match(r"\S+\s+", rest) if noun else None)
        if not cut or cut.end() >= len(rest):
            break
        titles += cut.group()
        rest = rest[cut.end() :]
    words = re.findall(r"[A-Za-zÀ-ÿ][\w.'’-]*", rest)
    if words and words[0] in ("of", "to", "for", "in", "at"):
        return None  # THE PRIME MINISTER OF JAPAN: an office, and no name
    if not words or not words[-1][0].isupper() or len(words) > 5:
        return None
    surname = words[-1].strip(".")
    if len(surname) < 2 or surname.upper() in _NO_SURNAMES:
        return None
    if not titles and not office and is_common(surname.upper()):
        return None  # SUMMARY OF DECISIONS
    side = side or side_of(f"{titles} {office}".strip())
    if side is None and _OFFICE_SYMBOL.match(office.split(",")[0].strip()):
        side = "US"  # the symbol of an office of the Department
    if side is None and re.match(r"(?:Sir|Lord)\b", text):
        side = "UK"
    member = best_member(rosters, surname, paper.date, side, given=words[0])
    if side is None and member:
        side = member.person.side
    if side is None and re.search(r"\b(?:MR|DR|GENERAL|SECRETARY|DIRECTOR)\b", titles.upper()) and office:
        side = "US"
    if foreign and side == "US":
        side = None  # whoever stands under FOREIGN is another's, whatever his office
    role = _HONORIFIC.sub("", f"{titles} {office}").strip() or (member.person.role if member else "")
    person = Person(
        key=member.person.key if member and member.person.side == side else _key(surname, words),
        name=" ".join(words),
        surname=surname,
        side=side,
        role=role,
        variants=member.person.variants if member else (),
        origin=member.source if member else "document",
    )
    offices = set(offices_of(f"{titles} {office}"))
    if member and member.person.side == side and not role.strip():
        offices |= set(offices_of(member.person.role))
    return Participant(person=person, shown_by=entry.text, listed=True, offices=tuple(sorted(offices)))


def _listed_office(
    office: str, entry: ListedParticipant, paper: DocumentLayout, rosters: Rosters
) -> Participant:
    """One who is listed by an office alone: its holder on the date, else nobody's name."""
    short = office.split(" OF ")[0]
    acting = re.match(r"(?:THE )?ACTING ", entry.text.words.strip().upper()) is not None
    if acting:
        short = f"ACTING {short}"  # who acts for the holder is not the holder
    person = (None if acting else office_holder(short, paper.date, rosters)) or Person(
        key=short.lower().replace(" ", "-"),
        name=short.title(),
        surname=short.title(),
        side="US",
        role=short.title(),
    )
    return Participant(person=person, shown_by=entry.text, listed=True, offices=(short,))


def _key(surname: str, words: list[str]) -> str:
    return f"{surname}-{words[0][0]}".lower() if len(words) > 1 else surname.lower()


_BETWEEN = re.compile(
    r"\b(?:BETWEEN|WITH)\s+(?P<first>.+?)\s+AND\s+(?P<second>.+?)(?:,|\s*\[|$)", re.IGNORECASE
)


def _in_heading(paper: DocumentLayout, rosters: Rosters) -> Iterable[Participant]:
    prose = paper.heading
    if prose is None or "CONVERSATION" not in prose.plain:
        return
    text = prose.text
    found = _BETWEEN.search(text)
    if not found:
        return
    for group in ("first", "second"):
        part = found.group(group)
        inner = re.search(r"\(([^)]+)\)", part)
        name = inner.group(1) if inner else part
        bare = _BARE_OFFICE.fullmatch(re.sub(r"\s+in\s+[A-Z].*$", "", name.strip(" ,")).upper())
        if bare:
            entry = ListedParticipant(text=prose.excerpt(found.start(group), found.end(group)))
            yield _listed_office(bare.group("office"), entry, paper, rosters)
            continue
        words = re.findall(r"[A-Z][\w.'’-]*", name if inner else _before_office(name))
        if not words:
            continue
        surname = words[-1]
        role = part.split("(")[0]
        side = side_of(role)
        member = best_member(rosters, surname, paper.date, side)
        side = side or (member.person.side if member else None)
        at = found.start(group) + part.rfind(surname)
        yield Participant(
            person=Person(
                key=member.person.key if member else surname.lower(),
                name=member.person.name if member else surname,
                surname=surname,
                side=side,
                role=role.strip(),
                variants=member.person.variants if member else (),
                origin=member.source if member else "document",
            ),
            shown_by=prose.excerpt(at, at + len(surname)),
            listed=True,
            offices=offices_of(role),
        )


def _before_office(name: str) -> str:
    """A name without what its bearer belongs to: `Forrestal of the National Security Council Staff`."""
    first = re.split(r"\s+(?:of|at|in)\s", name)[0]
    last = first.split()[-1] if first.split() else ""
    return first if noun_kind(last.upper()) is None and last[:1].isupper() else name


def _side_of_signer(paper: DocumentLayout) -> str | None:
    """The United States, where a post or an office signs; of a letter whoever its heading says."""
    giver = next((block.giver for block in paper.blocks if block.giver), None)
    if giver is None:
        return "US"
    return "US" if _US.search(giver.words) and not nations_in(giver.words.upper()) else side_of(giver.words)


def _signer(paper: DocumentLayout, rosters: Rosters) -> Participant | None:
    signed = sent_from(paper) or paper.signer
    if signed is None:
        return None
    bare = _BARE_OFFICE.fullmatch(signed.words.upper())
    if bare:
        return _listed_office(bare.group("office"), ListedParticipant(text=signed), paper, rosters)
    name = _SUFFIX.sub("", _TITLE_WORDS.sub("", re.sub(r"\[\d+\]", "", signed.words)).strip())
    words = re.findall(r"[A-Za-z][\w'’-]+", name)
    if not words or len(words) > 4:
        return None
    surname = words[-1]
    if paper.kind in ("letter", "message", "note") and surname == words[0]:
        # one who signs by the given name, or by initials, is whom the heading names
        surname = sender_named(paper) or surname
        if len(surname) < 2 or (surname.isupper() and len(surname) < 4):
            return None
        words = [surname]
    member = best_member(rosters, surname, paper.date, _side_of_signer(paper)) or best_member(
        rosters, surname, paper.date
    )
    person = (
        member.person
        if member
        else Person(
            key=surname.lower(),
            name=" ".join(words),
            surname=surname.title() if surname.isupper() else surname,
            side=_side_of_signer(paper),
            role="signer",
        )
    )
    offices = offices_of(person.role)
    return Participant(person=person, shown_by=signed, listed=True, offices=offices)


def _third_person(player: Participant, body: str) -> bool:
    return bool(
        re.search(
            rf"\b{re.escape(player.person.surname.upper())}\b(?!'S)"
            r"(?: \w+LY| THEN| ALSO| HAD)? (?:SAID|GAVE|READ|\w+ED)\b",
            body,
        )
    )


def _author(paper: DocumentLayout, cast: Participants, signer: Participant | None) -> Participant | None:
    """Who says I: the signer; of those listed, the one whom the text never makes a subject; the drafter."""
    # by paragraphs: a quote that was lost, or made of a speck, turns the page inside out
    outside = " ".join(re.sub(r"[“\"][^”\"]*[”\"]", " ", b.prose.plain) for b in paper.blocks)
    if not re.search(
        r"\bI (?:SAID|TOLD|THEN|ALSO|\w+ED)\b",
        outside,
    ):
        return None if signer and _third_person(signer, outside) else signer
    if signer:
        # A signer whom the text names as others name him is not the one who says I.
        return None if _third_person(signer, outside) else signer
    left = [
        p
        for p in cast.listed
        if not re.search(
            rf"\b{re.escape(p.person.surname.upper())}\b(?!'S)(?: \w+LY| THEN| ALSO)? (?:SAID|\w+ED)\b",
            outside,
        )
        and not any(
            re.search(rf"\bTHE {o}\b(?: \w+LY| THEN| ALSO| AGAIN)? (?:SAID|\w+ED)\b", outside)
            for o in p.offices
        )
        and not ("PRESIDENT" in p.offices and p.person.side == "US")  # others write what he says
    ]
    if len(left) == 1 and len(cast.listed) > 1:
        return left[0]
    if "telephone" in paper.kind and left:
        return left[0]  # the caller reports; the heading names the caller first
    drafted = re.findall(r"[A-Za-z'’-]{3,}", paper.drafter)
    named = cast.named(drafted[-1]) if drafted else None
    if named:
        return named
    american = [p for p in left if p.person.side == "US"]
    return american[0] if len(american) == 1 else None
