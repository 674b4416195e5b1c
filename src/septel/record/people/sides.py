"""Sides that the text tells of those whom no list or title gives one."""

from __future__ import annotations

import re
from dataclasses import replace

from septel.record.layout import DocumentLayout
from septel.record.model import (
    Participation,
    Person,
    Record,
    Speaker,
    is_nation,
    nation_of,
    without_area,
    written,
)
from septel.record.people.cast import MentionKind
from septel.record.people.mentions import MentionFinder

_BRACKETED = re.compile(r"\s*\((?P<nation>[A-Z][\w. -]{1,24})\)")
_GIVES = re.compile(
    r"(?:\s+\w+LY|\s+THEN|\s+ALSO|\s+NEXT)*\s+(?:READ|PRESENTED|DELIVERED|TABLED|GAVE|OUTLINED|SET OUT"
    r"|SET FORTH|STATED|RESTATED|MADE)"
    r"\s+(?:THE\s+)?(?P<nation>[A-Z.]+(?: [A-Z.]+)?)(?:'S)?\s+(?:\w+\s+)?(?:STATEMENT|NOTE|POSITION"
    r"|VIEWS?|DRAFT|PROPOSALS?|TEXT|CASE|REPLY)\b"
)
_OF = re.compile(
    r"(?P<nation>(?:[A-Z][A-Z.-]+ ){1,2}?)(?:(?:EMBASSY|LEGATION|MISSION|DELEGATION|FOREIGN|DEPUTY|VICE|PRIME"
    r"|DEFEN[CS]E|FINANCE|AIR|NAVAL|MILITARY|PRESS|FIRST|SECOND|THIRD|ACTING|PERMANENT|ECONOMIC|POLITICAL"
    r"|COMMERCIAL|MINISTER|FONOFF|UN) ){0,3}"
    r"(?:DELEGATE|REP|REPRESENTATIVE|DELEGATION HEAD|PERMREP|AMBASSADOR|AMB|CHARGE"
    r"|COUNSELL?OR|MINISTER|ATTACHE"
    r"|SECRETARY|CONSUL|OFFICER|OFFICIAL|PRESIDENT|PREMIER|CHANCELLOR|KING|GENERAL|COLONEL|MINCOUNSELOR)\s*$"
)
_OF_NATION = re.compile(r"\s+OF\s+(?:THE\s+)?(?P<nation>[A-Z.]+(?: [A-Z]+)?)\b")
_APPOSED = re.compile(
    r"\s*,\s+(?:THE |A |AN |NEW |FORMER |ACTING |HIS )*(?P<phrase>[^,.;]{4,80}?)(?:[,.;]|\bAND\b|$)"
)
_TELLS = re.compile(r"\b(?:SAID|TOLD|WAS|IS|HAD|HAS|MADE|GAVE|TOOK|[A-Z]{3,}ED)\b")
_LOCAL = re.compile(
    r"\b(?:FOREIGN SECRETARY|(?:FOREIGN|PRIME|DEFENSE|DEFENCE|FINANCE) MINISTER|MINISTER OF"
    r"|FONMIN|PRIMIN|PREMIER)\b"
)
_OFFICE = re.compile(
    r"\b(?:MINISTER|AMBASSADOR|DIRECTOR|PRESIDENT|CHIEF|HEAD|SECRETARY|OFFICIAL|OFFICER|LEADER|DEPUTY"
    r"|CHAIRMAN|ADVISER|COMMANDER)"
)


def as_written(record: Record) -> Record:
    """The record with each side as its list of participants writes it, from one form for all documents."""
    beside: dict[str, list[str]] = {}
    for person in (p.person for p in record.participants):
        if person.side:
            beside.setdefault(person.side, []).append(person.role.upper())
    sides = {s.side for s in record.statements} | {p.person.side for p in record.participants}
    forms = {side: written(side, beside.get(side, ())) for side in sides if side}

    def person_of(person: Person | None) -> Person | None:
        return replace(person, side=forms.get(person.side, person.side)) if person and person.side else person

    def named(participation: Participation) -> Participation:
        return replace(participation, person=person_of(participation.person) or participation.person)

    def speaker(said: Speaker) -> Speaker:
        side = forms.get(said.side, said.side) if said.side else None
        return replace(said, person=person_of(said.person), side=side)

    if all(side == form for side, form in forms.items()):
        return record
    return replace(
        record,
        participants=tuple(named(p) for p in record.participants),
        meetings=tuple(
            replace(
                m,
                participants=tuple(named(p) for p in m.participants),
                events=tuple(replace(e, actor=speaker(e.actor), to=person_of(e.to)) for e in m.events),
            )
            for m in record.meetings
        ),
        statements=tuple(
            replace(s, speaker=speaker(s.speaker), addressee=person_of(s.addressee))
            for s in record.statements
        ),
    )


def _words(nation: str) -> tuple[str, str]:
    """Two words, and the first of them: either may be a nation (`SOUTH KOREA`, `JORDAN CALLED`)."""
    return nation, nation.split()[0]


def sides_from(paper: DocumentLayout, finder: MentionFinder, home: str | None) -> None:
    """Give the persons of a document the sides that its text tells.

    Read are: a nation in brackets behind a name (`LUNDQUIST (US)`), a nation whose statement somebody
    reads, an office with its nation beside the name, an office of the land in which the post stands (`home`).
    """
    for block in paper.blocks:
        prose = block.prose
        for mention in finder.find(prose):
            player = mention.player
            if mention.kind is not MentionKind.NAME or player is None or player.person.side is not None:
                continue
            bracketed = _BRACKETED.match(prose.plain, mention.end)
            gives = None if mention.possessive else _GIVES.match(prose.plain, mention.end)
            office = _OF.search(prose.plain[: mention.start].rstrip() + " ")
            apposed = _APPOSED.match(prose.plain, mention.end)
            side = None
            of_nation = _OF_NATION.match(prose.plain, mention.end)
            if of_nation and not any(is_nation(w) for w in _words(of_nation.group("nation"))):
                of_nation = None
            for found in (bracketed, gives, office, of_nation):
                side = side or (nation_of(found.group("nation").strip()) if found else None)
            if apposed and _TELLS.search(apposed.group("phrase")):
                apposed = None  # WITH ROBERTSON, THE PRESIDENT DISCUSSED AID TO SAUDI ARABIA
            if side is None and apposed and _OFFICE.search(apposed.group("phrase")):
                side = nation_of(without_area(apposed.group("phrase")))
            if side is not None:
                as_bracketed = (
                    bracketed.group("nation") if bracketed and nation_of(bracketed.group("nation")) else ""
                )
                finder.side_told(player, side, as_bracketed)
    held: set[str] = set()
    for local in finder.cast.players:
        # at a post abroad the local ministers are of that nation; a second king is another's
        office = _LOCAL.search(local.person.role.upper())
        if home and local.person.side is None and office and office.group() not in held:
            finder.side_told(local, home)
        held |= {office.group()} if office else set()
