"""Sides that the text tells of those whom no list or title gives one."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from septel.record.layout import DocumentLayout, Prose
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
from septel.record.people.cast import Mention, MentionKind
from septel.record.people.mentions import MentionFinder

_BRACKETED = re.compile(r"\s*\((?P<nation>[A-Z][\w. -]{1,24})\)")
_DESCRIBED = re.compile(r"\s*\((?P<phrase>[A-Z][^()]{3,70})\)")
"""What a bracket behind a name says of its bearer: `Prado (Spanish Chief of Staff)`."""
_GIVES = re.compile(
    r"(?:\s+\w+LY|\s+THEN|\s+ALSO|\s+NEXT)*\s+(?:READ|PRESENTED|DELIVERED|TABLED|GAVE|OUTLINED|SET OUT"
    r"|SET FORTH|STATED|RESTATED|MADE)"
    r"\s+(?:THE\s+)?(?P<nation>[A-Z.]+(?: [A-Z.]+)?)(?:'S)?\s+(?:\w+\s+)?(?:STATEMENT|NOTE|POSITION"
    r"|VIEWS?|DRAFT|PROPOSALS?|TEXT|CASE|REPLY)\b"
)
_POSTS = (
    r"(?:DELEGATE|REP|REPRESENTATIVE|DELEGATION HEAD|PERMREP|AMBASSADOR|AMB|CHARG[EÉ](?: D['’]AFFAIRES)?"
    r"|COUNSELL?OR|MINISTER|ATTACH[EÉ]|SECRETARY(?:[- ]GENERAL)?|CONSUL(?:[- ]GENERAL)?|OFFICER|OFFICIAL"
    r"|PRESIDENT|PREMIER|CHANCELLOR|KING|GENERAL|COLONEL|ADMIRAL|MINCOUNSELOR|PRIMIN|FON ?MIN|DEFMIN|FINMIN"
    r"|SENATOR|CHIEF OF STAFF)"
)
_OF = re.compile(
    r"(?P<nation>(?:[A-Z][A-Z.-]+ ){1,2}?)(?:(?:EMBASSY|LEGATION|MISSION|DELEGATION|FOREIGN|DEPUTY|VICE|PRIME"
    r"|DEFEN[CS]E|FINANCE|AIR|NAVAL|MILITARY|PRESS|FIRST|SECOND|THIRD|ACTING|PERMANENT|ECONOMIC|POLITICAL"
    r"|COMMERCIAL|MINISTER|FONOFF|UN) ){0,3}"
    rf"{_POSTS}\s*[(]?\s*$"
)
_OFFICE_OF = re.compile(
    rf"\b{_POSTS}(?: (?:OF|FOR) (?:FOREIGN AFFAIRS|DEFEN[CS]E|STATE|FINANCE|THE INTERIOR))?"
    r" (?:OF|FROM) (?:THE )?(?P<nation>[A-Z.]+(?: [A-Z]+)?)\s*[(]?\s*$"
)
"""An office and whose it is, before the name: `Foreign Minister of Pakistan Qadir`."""
_SENT_TO = re.compile(r"\b(?:IN|TO|AT|FROM|NEAR) (?:THE )?$")
"""Before a nation that is a place: VISITED HIM IN ISRAEL AMBASSADOR REID SAID."""
_OF_NATION = re.compile(r"\s+OF\s+(?:THE\s+)?(?P<nation>[A-Z.]+(?: [A-Z]+)?)\b")
_OF_BODY = re.compile(r"\b(?:SECRETAR|UNDER|MEDIATOR|OBSERVER|COMMANDER|SUPREME|CHIEF OF STAFF)")
_APPOSED = re.compile(
    r"\s*,\s+(?:THE |A |AN |NEW |FORMER |ACTING |HIS )*(?P<phrase>[^,.;]{4,80}?)(?:[,.;]|\bAND\b|$)"
)
_TELLS = re.compile(r"\b(?:SAID|TOLD|WAS|IS|HAD|HAS|MADE|GAVE|TOOK|[A-Z]{3,}ED)\b")
_DEALS = re.compile(
    r"\b(?:ON|CONCERNING|ABOUT|REGARDING|DEALING|IN CHARGE|RESPONSIBLE|WITH|AGAINST|TO|IN|AT"
    r"|FOR(?! FOREIGN))\b.*$"
    r"|\b(?:OFFICE|BUREAU|DIVISION|COMMITTEE|GROUP|SECTION|STUDY|AFFAIRS) OF .*$"
)
"""What an office deals with, or where it stands: the nations named there are no side."""
_LOCAL = re.compile(
    r"\b(?:FOREIGN SECRETARY|(?:FOREIGN|PRIME|DEFENSE|DEFENCE|FINANCE) MINISTER|MINISTER OF"
    r"|FONMIN|PRIMIN|PREMIER)\b"
)
_LOCAL_HEAD = re.compile(
    r"\b(?:VICE[- ]PRESIDENT|PRESIDENT|KING|QUEEN|SHAH|EMPEROR|CHANCELLOR|CROWN PRINCE|SULTAN)\b"
)
"""Whoever has such an office and speaks with a post abroad is of the land in which it stands."""
_OWN_HEADS = frozenset(
    [
        "ROOSEVELT", "TRUMAN", "EISENHOWER", "KENNEDY", "JOHNSON", "NIXON", "FORD", "CARTER", "WALLACE",
        "BARKLEY", "HUMPHREY", "AGNEW", "ROCKEFELLER", "MONDALE",
    ]
)  # fmt: skip
"""Presidents and Vice Presidents of the United States, 1933 to 1981."""
_OWN_MEETING = re.compile(
    r"\b(?:NATIONAL SECURITY COUNCIL|NSC|OPERATIONS COORDINATING BOARD|OCB|PLANNING BOARD"
    r"|WASHINGTON SPECIAL ACTIONS? GROUP|WSAG|(?:SENIOR )?REVIEW GROUP|VERIFICATION PANEL|SPECIAL GROUP"
    r"|EXECUTIVE COMMITTEE|CABINET|PSYCHOLOGICAL STRATEGY BOARD|JOINT CHIEFS OF STAFF|303 COMMITTEE"
    r"|40 COMMITTEE|SENIOR INTERDEPARTMENTAL GROUP|POLICY PLANNING STAFF|SECRETARY['’]?S STAFF"
    r"|TASK FORCE|UNDER SECRETARIES COMMITTEE)\b"
)
_MINUTES = re.compile(r"\b(?:MEETING|MINUTES|DISCUSSION|SUMMARY RECORD|NOTES ON)\b")
_THEIR_TITLE = re.compile(
    r"\b(?:PRIME MINISTER|PREMIER|CHANCELLOR|KING|QUEEN|SHAH|FOREIGN|SIR|LORD|MINISTER|PRINCE|EMPEROR|SULTAN"
    r"|PRESIDENT|MARSHAL|CHAIRMAN)\b"
)
"""Titles that another government's people may have."""
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


def _nation(prose: Prose, found: re.Match[str] | None) -> str | None:
    """The nation of a match; None where what looks like one is the pronoun: PRESENTED US WITH."""
    if found is None:
        return None
    at, end = found.span("nation")
    words = found.group("nation").split()
    if not words or prose.text[at : at + len(words[0])] == "us":
        return None
    if words[0] == "US" and (len(words) > 1 and words[1] in ("A", "THE", "WITH", "HIS", "TO", "IN", "OF")):
        return None
    return nation_of(prose.plain[at:end].strip())


def _before(prose: Prose, mention: Mention) -> str | None:
    """The side that an office with its nation before the name tells: `Israel Ambassador Harman`."""
    opens = next((s.start for s in prose.sentences if mention.start in s), 0)
    given = [m.start() for m in _GIVEN.finditer(prose.text, opens, mention.start)][-2:]
    words = _BLANK.finditer(prose.plain, mention.start, mention.end)
    inner = [mention.start, *reversed(given), *(word.end() for word in words)]
    for at in inner:
        for pattern in (_OF, _OFFICE_OF):
            found = pattern.search(prose.plain[:at].rstrip(" ") + " ", opens)
            side = _nation(prose, found)
            side = _no_body(side, found.group()) if found is not None else None
            if found is None or side is None or not _ends_in_nation(found.group("nation")):
                continue
            if _SENT_TO.search(prose.plain, 0, found.start("nation")):
                continue
            return side
    return None


def _ends_in_nation(words: str) -> bool:
    """Whether the last word is one of a nation: `AND BRITISH`, and not ON CHINA BY PRESIDENT TITO."""
    return is_nation(words.strip()) or is_nation(words.split()[-1])


_BLANK = re.compile(r"\s+")
_GIVEN = re.compile(r"(?<= )(?:[A-Z][a-z]+|[A-Z]\.)(?= )")
"""Given names before a surname: `Netherlands Foreign Minister Joseph Luns`."""


def _office_told(phrase: str) -> str | None:
    """The side of whoever words describe: an office, and before or behind it whose it is."""
    if _TELLS.search(phrase) or not _OFFICE.search(phrase):
        return None  # WITH ROBERTSON, THE PRESIDENT DISCUSSED AID TO SAUDI ARABIA
    words = _DEALS.sub("", without_area(phrase))
    return _no_body(nation_of(words), words) if _OFFICE.search(words) else None


def _no_body(side: str | None, words: str) -> str | None:
    """The side, if not the United Nations or the alliance at which somebody only represents his land."""
    return None if side in ("UN", "NATO") and not _OF_BODY.search(words) else side


def _side_beside(prose: Prose, mention: Mention) -> tuple[str | None, str]:
    """The side that the words beside a name tell, and a nation in brackets as it is written."""
    bracketed = _BRACKETED.match(prose.plain, mention.end)
    side = _nation(prose, bracketed)
    if bracketed is not None and _no_body(side, bracketed.group()) is not None:
        return side, bracketed.group("nation")
    described = _DESCRIBED.match(prose.plain, mention.end)
    side = _office_told(described.group("phrase")) if described else None
    side = side or _before(prose, mention)
    of_nation = _OF_NATION.match(prose.plain, mention.end)
    if side is None and of_nation and any(is_nation(w) for w in _words(of_nation.group("nation"))):
        side = _nation(prose, of_nation)
    if side is None and not mention.possessive:
        side = _nation(prose, _GIVES.match(prose.plain, mention.end))
    apposed = _APPOSED.match(prose.plain, mention.end)
    if side is None and apposed is not None:
        side = _office_told(apposed.group("phrase"))
    return side, ""


def _words(nation: str) -> tuple[str, str]:
    """Two words, and the first of them: either may be a nation (`SOUTH KOREA`, `JORDAN CALLED`)."""
    return nation, nation.split()[0]


def sides_from(
    paper: DocumentLayout, finder: MentionFinder, home: str | None, present: Collection[str] = ()
) -> None:
    """Give the persons of a document the sides that its text tells.

    Read are: a nation in brackets behind a name (`LUNDQUIST (US)`), a nation whose statement somebody
    reads, an office with its nation beside the name, an office of the land in which the post stands (`home`),
    and a meeting of a council of one's own government.

    Args:
        paper: the document.
        finder: who is known in it.
        home: the land in which the post stands that reports.
        present: the keys of those who took part.
    """
    for block in paper.blocks:
        prose = block.prose
        for mention in finder.find(prose):
            player = mention.player
            if mention.kind is not MentionKind.NAME or player is None or player.person.side is not None:
                continue
            side, as_bracketed = _side_beside(prose, mention)
            if side is not None:
                finder.side_told(player, side, as_bracketed)
    _give_local(finder, home, present)
    _give_knights(finder, " ".join(block.prose.plain for block in paper.blocks))
    if _is_own_meeting(paper):
        for player in finder.cast.players:
            role = player.person.role.upper()
            there = player.listed or (bool(role) and player.person.key in present)
            if there and player.kind == "person" and not _THEIR_TITLE.search(role):
                finder.side_told(player, "US")


def _give_local(finder: MentionFinder, home: str | None, present: Collection[str]) -> None:
    """At a post abroad the local ministers are of that nation; a second king is another's."""
    held: set[str] = set()
    for local in finder.cast.players:
        role = local.person.role.upper()
        office = _LOCAL.search(role)
        if office is None and local.person.key in present and local.person.surname.upper() not in _OWN_HEADS:
            office = _LOCAL_HEAD.search(role)
        if home and local.person.side is None and office and office.group() not in held:
            finder.side_told(local, home)
        held |= {office.group()} if office else set()


_COMMONWEALTH = re.compile(
    r"\b(?:AUSTRALIA|NEW ZEALAND|CANADA|CANADIAN|INDIA|PAKISTAN|CEYLON|SOUTH AFRICA|RHODESIA|MALAYA|MALTA"
    r"|GHANA|NIGERIA|COMMONWEALTH)"
)


def _give_knights(finder: MentionFinder, text: str) -> None:
    """SIR is British, where nothing tells otherwise and no other land is named that has knights."""
    if _COMMONWEALTH.search(text):
        return
    for player in finder.cast.players:
        if re.match(r"SIR\b", player.person.role.upper()):
            finder.side_told(player, "UK")


def _is_own_meeting(paper: DocumentLayout) -> bool:
    """Whether a document tells of a meeting of a council of the United States' own government."""
    about = " ".join(prose.plain for prose in (paper.heading, paper.subject) if prose is not None)
    return _OWN_MEETING.search(about) is not None and _MINUTES.search(about) is not None
