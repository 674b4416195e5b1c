"""Parties to a conversation, by the headings of lists, offices and titles that name them."""

from __future__ import annotations

import re

from septel.record.layout.patterns import cue
from septel.record.model import is_nation, nations_in, without_area

_NOT_SOVIET = cue("casting.not_soviet")
_US = cue("casting.us")
PARTIES = re.compile(
    r"^(?:on |for |from )?(?:the )?(?P<side>[\w .'-]+?)(?:[’']s?)?"
    r"(?:[ -]+(?:sides?|delegation|participants?|part(?:y|ies)|officials?|representatives?|members"
    r"|embassy|group|team))*\s*:?$",
    re.IGNORECASE,
)
_OWN_OFFICES = re.compile(
    r"the President[’']s|Secretary of (?:State|Defense|Commerce|Agriculture|the Treasury|the Interior"
    r"|Labor)(?! for)|Assistant Secretary|Under Secretary"
    r"|Department|Ambassador (?:in|to|at)"
    r"|Representative (?:to|at|on)|Commander in Chief|Charg[ée]|Chief of|Director|Counselor|Mission"
    r"|Delegation|Embassy in|Joint Chiefs|White House"
    r"|Staff|Office of|Acting"
    r"|Deputy|Special Assistant|Officer in Charge|Legal Adviser|Consul"
)
_OWN_PARTIES = frozenset(
    {
        "DEPARTMENT OF STATE", "STATE DEPARTMENT", "DEPARTMENT", "WHITE HOUSE", "STATE", "DEFENSE", "CIA",
        "JCS", "NSC",
        "NSC STAFF", "OSD", "TREASURY", "USIA", "AID", "ACDA", "DOD",
        "DEPARTMENT OF DEFENSE", "JOINT CHIEFS OF STAFF",
    }
)  # fmt: skip
"""Headings of lists that name a part of the government of the United States."""
_STATE_OF = re.compile(
    r"(?:THE )?(?:PEOPLE[’']?S |FEDERAL |SOCIALIST |ARAB |ISLAMIC )*(?:REPUBLIC|KINGDOM|STATE"
    r"|COMMONWEALTH|UNION|DOMINION"
    r"|GOVERNMENT) OF (?:THE )?[A-Z. -]{3,30}$"
)
_FOREIGN = re.compile(
    r"Prime Minister|Premier|Chairman (?:of the Council|Khr|Kos|Brez|Pod|Mao)|Chancellor"
    r"|Foreign (?:Minister|Secretary)|King|Shah"
    r"|Emperor|Prince|Secretary[- ]General|President (?:of (?!the United States)|de |Diem|Ayub|Nasser"
    r"|Sukarno|Rhee|Park)|General Secretary"
)


_POSTED = re.compile(
    r"\b(?:AMBASSADOR(?:[- ]DESIGNATE)?|CHARG[EÉ](?: D['’]AFFAIRES)?|CONSUL(?: GENERAL)?"
    r"|(?:MINISTER[- ])?COUNSELOR) (?:TO|IN|AT) (?!THE UNITED STATES|THE U\.?S\b|WASHINGTON)"
)
"""An ambassador of whom only his post is told is the United States': `the Ambassador to Germany (McGhee)`."""


def side_of(words: str) -> str | None:
    """The side that a heading or an office names (`U.S. Side`, `Soviet Embassy`), or None."""
    bare = re.sub(r"(?<=\b[A-Z]\.) (?=[A-Z]\.)", "", words.strip(" :").upper())
    lead = re.match(r"(?:THE |FOR (?:THE )?)*(?=\S)", bare)
    bare = bare[lead.end() :] if lead else bare
    posted = _POSTED.search(bare)
    if posted:
        whose = nations_in(bare[: posted.start()])
        return whose[0] if whose else "US"
    if _NOT_SOVIET.search(bare):
        return "US" if _US.search(bare) else None
    bare = without_area(bare)
    found = [side for side in nations_in(bare) if side not in ("UN", "NATO")] or list(nations_in(bare))
    if found:
        return found[0]
    return "US" if _US.search(bare) else None


_FOREIGN_PARTY = re.compile(
    r"(?:THE )?(?:FOREIGN|NON[- ](?:U\.?S\.?|AMERICAN)|VISITORS?|(?:FOREIGN )?GUESTS?)$", re.IGNORECASE
)


def is_foreign(words: str) -> bool:
    """Whether the heading of a list says only that those under it are not the United States': `Foreign`."""
    return _FOREIGN_PARTY.match(words.strip(" :")) is not None


def is_party(words: str) -> bool:
    """Whether words name a nation and nothing else: `U. K.`, `Soviet`."""
    if words.upper() in _OWN_PARTIES or _STATE_OF.match(words.upper()):
        return True
    return is_nation(re.sub(r"(?<=\b[A-Z]\.) (?=[A-Z]\.)", "", words.upper().strip()))


def tells_side(words: str) -> bool:
    """Whether the heading of a list says whose people stand under it, be it only that they are not ours."""
    return side_of(words) is not None or is_foreign(words)


def heads_list(words: str) -> bool:
    """Whether words can head those of one party in a list of participants: `Soviet`, `Foreign`, `Others`."""
    return is_party(words) or is_foreign(words) or words.upper() in ("OTHER", "OTHERS")


_ADDRESSED = re.compile(
    r"(?<=\)) to |(?<!Ambassador)(?<!Representative)(?<!Adviser)(?<!Assistant)(?<!Embassy) to "
)
"""Between sender and addressee: not within `the Ambassador to Finland (Hickerson)`."""


def within_one_government(title: str) -> bool:
    """Whether sender and addressee are of the United States: such a paper says nothing to a side."""
    _, _, ends = title.partition(" From ")
    parted = _ADDRESSED.search(ends)
    sender, addressee = (ends[: parted.start()], ends[parted.end() :]) if parted else (ends, "")
    if _FOREIGN.search(ends) or any(
        side != "US" for side in nations_in(addressee.upper()) if "(" not in addressee
    ):
        return False
    return bool(_OWN_OFFICES.search(sender)) and bool(addressee)
