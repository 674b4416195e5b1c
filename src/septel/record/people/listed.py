"""Persons of a list of participants: who they are, for whom, in what office."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from septel.record.layout import DocumentLayout, ListedParticipant, is_foreign, side_of
from septel.record.model import Person, nation_of, nations_in
from septel.record.people.cast import Participant
from septel.record.people.entries import RANKS, ListEntry, entry_of
from septel.record.people.offices import offices_of
from septel.record.people.phrases import NounKind, is_common, noun_kind
from septel.record.people.rosters import Rosters, best_member, given_names, office_holder
from septel.record.people.titles import surname_of

_OURS = re.compile(
    r"(?:Department of )?(?:State|Defense|Commerce|Treasury|Agriculture|Interior|Labor|Justice)"
    r"(?: Department)?|(?:The )?White House|AEC|A\.E\.C\.|CIA|C\.I\.A\.|NASA|NSC|JCS|J\.C\.S\.|OSD|USIA|AID"
    r"|ICA|ACDA|DOD|USUN",
)
"""Of what part of the Government of the United States somebody is."""

HONORIFIC = re.compile(r"^(?:(?:The|Mr|Mrs|Miss|Ms|Dr|Prof|H\.E|His Excellency)\.?\s+)+", re.IGNORECASE)
_NOT_LISTED = re.compile(
    r"(?:Secretaries|Members|Special Assistants|See|List|Attached|As (?:above|listed)|Same|Others?"
    r"|(?:[\w ]+ )?Interpreters?(?! [A-Z][a-z])|Note ?takers?|Staff|Secretar(?:y|ies) to)\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\b(?:BOARD|COMPANY|CO|CORPORATION|CORP|BANK|INC|OIL|UNIVERSITY|COLLEGE|INSTITUTE|TIMES|NEWS|LAW"
    r"|ATTORNEY FOR"
    r"|FOUNDATION|PARTNER|ASSOCIATION|SHIPPING|AIRWAYS|FRUIT)\b"
)
"""What belongs to no government."""
_THEIRS = re.compile(
    r"\bMinist(?:er|ry)\b(?!-Couns)|\bForeign Office\b|\bPremier\b|\bChancellor\b|\bEmbassy\b|\bRoyal\b"
)
_OURS_BY_OFFICE = re.compile(
    r"(?<!First )(?<!Second )(?<!Third )\bSecretary\b(?! to the President)|\bDepartment\b"
    r"|\b(?:State|Defense|Treasury|Commerce|Agriculture)$|\bOffice of\b"
    r"|\bAffairs\b"
    r"|\bOfficer in Charge\b|\bAssistant\b|\bBureau\b|\bNSC\b|\bWhite House\b|\bDirector\b|\bChief\b"
    r"|\bCounsel"
    r"|\bLegal Advis|\bDesk\b|\bDivision\b|\bStaff\b|\bConsultant\b|\bAdvis[eo]r\b|\bProtocol\b"
    r"|\bPresident\b|^[A-Z]{1,4}$"
)
"""Offices of a government, in a paper of the United States that names no other."""
_OUR_SECRETARY = re.compile(
    r"\b(?:SECRETARY OF (?:STATE(?! FOR)|DEFENSE|(?:THE )?TREASURY|THE (?:ARMY|NAVY|AIR FORCE|INTERIOR)"
    r"|COMMERCE|AGRICULTURE|LABOR)|(?:COUNTRY|DESK) (?:OFFICER|DIRECTOR))\b"
)
"""Offices that go by these words in the United States alone."""
_RANK = re.compile(
    r"\b(?:General|Gen|Admiral|Adm|Major|Colonel|Col|Captain|Lt|Lieutenant|Commander|Mrs|Miss)\b"
)
_OWN_SYMBOL = re.compile(
    r"^(?:[A-Z]{1,5}|[A-Z]{1,5}(?:/[A-Z-]{1,5})+|S/[A-Z])$|(?:^|, ?)[A-Z]{1,4}/[A-Z][A-Z/-]{0,6}\b"
)
_HONOUR = re.compile(r"(?:^|, )(?:[GK]?CMG|[GK]?CVO|[CMOK]BE|GBE|MVO|DSO|QC|[GK]?CB)(?:$|,)")
"""Letters behind a name that only Britain gives."""
BARE_OFFICE = re.compile(
    r"(?:THE )?(?:ACTING )?(?P<office>PRESIDENT(?: OF THE UNITED STATES)?|VICE PRESIDENT"
    r"|SECRETARY OF STATE|SECRETARY"
    r"|UNDER SECRETARY(?: OF STATE)?)"
)


def listed_person(
    entry: ListedParticipant, paper: DocumentLayout, rosters: Rosters, *, bare: bool = False
) -> Participant | None:
    """Who an entry of a list is; None where it names nobody.

    Args:
        entry: the entry.
        paper: the document.
        rosters: who held which office.
        bare: whether the list gives surnames alone.
    """
    text = entry.text.words.strip()
    told = None if _NOT_LISTED.match(text) else entry_of(f"Mr. {text}" if bare and " " not in text else text)
    if told is None:
        return None
    foreign = is_foreign(entry.side)
    side = _side_told(told, entry)
    if not told.name:
        alone = BARE_OFFICE.fullmatch(told.titles.upper())
        if alone and not foreign and not (side and side != "US") and not told.symbol:
            return office_holder_listed(alone.group("office"), entry, paper, rosters)
        return _office_alone(told, entry, side)
    surname, given = surname_of(told.name).strip("."), told.name[0]
    member = best_member(rosters, surname, paper.date, side, given=given)
    if member and _RANK.search(told.titles) and member.person.role in ("President", "Secretary of State"):
        member = None  # Major Eisenhower is not the President
    if side is None and member:
        side = member.person.side
    if side is None and _is_own(told, entry):
        side = "US"
    if foreign and side == "US":
        side = None  # whoever stands under FOREIGN is another's, whatever his office
    described = f"{told.titles} {told.office}".strip()
    role = HONORIFIC.sub("", f"{described} ").strip() or (member.person.role if member else "")
    known = member is not None and member.person.side == side
    person = Person(
        key=member.person.key if member and known else key_of(surname, told.name),
        name=member.person.name if member and known and len(told.name) == 1 else " ".join(told.name),
        surname=surname,
        side=side,
        role=role,
        variants=member.person.variants if member else (),
        origin=member.source if member else "document",
    )
    offices = set(offices_of(described))
    if member and known and not role.strip():
        offices |= set(offices_of(member.person.role))
    return Participant(person=person, shown_by=entry.text, listed=True, offices=tuple(sorted(offices)))


def _side_told(told: ListEntry, entry: ListedParticipant) -> str | None:
    """The side that the list's heading, an office, its symbol or what stands in brackets tells."""
    side = side_of(entry.side) if entry.side and not is_foreign(entry.side) else None
    if side is None and told.within:
        side = "US" if _OURS.fullmatch(told.within) else nation_of(told.within.upper())
    if side is None and told.symbol:
        side = nation_of(told.symbol.upper()) or ("US" if told.symbol.isupper() else side_of(told.symbol))
    described = f"{told.titles} {told.office}".strip()
    side = side or side_of(described)
    if side is None and _OUR_SECRETARY.search(f"{told.titles} {told.office}".upper()):
        side = "US"
    if side is None and _HONOUR.search(told.office):
        side = "UK"
    if side is None and _OWN_SYMBOL.search(told.office):
        side = "US"  # the symbol of an office of the Department
    return "UK" if side is None and re.match(r"(?:Sir|Lord)\b", told.titles) else side


def _is_own(told: ListEntry, entry: ListedParticipant) -> bool:
    """Whether a title and an office without a nation are those of the government whose paper it is."""
    titled = re.search(r"\b(?:MR|MRS|MISS|DR|GENERAL|SECRETARY|DIRECTOR)\b", told.titles.upper()) is not None
    if entry.side or _PRIVATE.search(told.office.upper()) or _THEIRS.search(told.office):
        return False
    return titled and _OURS_BY_OFFICE.search(told.office) is not None


_HEADS = frozenset(
    [
        "SHAH",
        "KING",
        "QUEEN",
        "PRESIDENT",
        "PREMIER",
        "PRIME MINISTER",
        "CHANCELLOR",
        "AMBASSADOR",
        "FOREIGN MINISTER",
        "VICE PRESIDENT",
        "UNDER SECRETARY",
        "FOREIGN SECRETARY",
        "EMPEROR",
        "SULTAN",
        "SECRETARY GENERAL",
        "MINISTER",
        "DEPUTY UNDER SECRETARY",
    ]
)
"""Offices by which alone a document calls who holds them."""


def _tells_office(word: str) -> bool:
    """Whether a word of an office is no name: SHAH OF IRAN."""
    return (
        is_common(word)
        or noun_kind(word) is not None
        or bool(nations_in(word))
        or word
        in (
            "OF",
            "THE",
            "FOR",
            "AND",
            "TO",
            "IN",
            "UNITED",
            "STATES",
            "REPUBLIC",
            "SHAH",
            "ATTORNEY",
            "COMMERCE",
            "LABOR",
            "WHITE",
            "HOUSE",
            "INTERIOR",
            "TREASURY",
        )
        or word in RANKS
        or bool(offices_of(word))
    )


def _is_seat(titles: str) -> bool:
    """Whether words end in an office that one person holds, before what it is of."""
    head = re.split(r"\s+(?:of|for|to|at|in|on)\s", titles)[0].upper().split()
    return bool(head) and (
        (noun_kind(head[-1]) is NounKind.PERSON and not head[-1].endswith("S"))
        or head[-1] in ("GENERAL", "SHAH")
    )


def _office_alone(told: ListEntry, entry: ListedParticipant, side: str | None) -> Participant | None:
    """One who is listed by an office without a name: THE SHAH OF IRAN."""
    offices = offices_of(re.split(r" (?:to|for) ", told.titles)[0])
    words = re.sub(r"^(?:The|the) ", "", f"{told.titles}, {told.office}".strip(" ,"))
    bare = [word.strip(".,").upper() for word in told.titles.split()]
    named = entry.text.words.strip().startswith(("The ", "the ")) or side is not None
    if not named or len(bare) > 8 or any(word.isalpha() and not _tells_office(word) for word in bare):
        return None
    if not _is_seat(told.titles):
        return None
    head = offices[0] if offices and offices[0] in _HEADS else ""
    offices = (head,) if head else tuple(o for o in offices if o not in ("GENERAL", "SECRETARY", "DIRECTOR"))
    title = head.title() or words
    person = Person(
        key=re.sub(r"[^a-z]+", "-", words.lower()).strip("-"),
        name=words,
        surname=title,
        side=side,
        role=words,
    )
    return Participant(person=person, shown_by=entry.text, listed=True, offices=offices)


def office_holder_listed(
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
    person = _with_namesakes(person, paper.carried.text)
    return Participant(person=person, shown_by=entry.text, listed=True, offices=(short,))


def _with_namesakes(person: Person, text: str) -> Person:
    """The person by the surname alone, where the document names another of that surname: both Dulles."""
    own = {word[0].upper() for word in person.name.split()}
    others = given_names(text).get(person.surname.upper(), frozenset()) - own
    return replace(person, name=person.surname) if others else person


def key_of(surname: str, words: Sequence[str]) -> str:
    """The key of a person whom only the document knows."""
    return f"{surname}-{words[0][0]}".lower() if len(words) > 1 else surname.lower()
