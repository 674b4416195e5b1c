"""Parties to a conversation, by the headings of lists, offices and titles that name them."""

from __future__ import annotations

import re

from septel.record.layout.patterns import cue
from septel.record.model import Excerpt, is_nation, nations_in, without_area

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
    r"|Department|(?:Ambassador|Embassy) (?:in|to|at)(?! the United States| Washington)"
    r"|Representative (?:to|at|on|in)|Commander in Chief|Charg[ée]|Chief of|Director|Counselor|Mission"
    r"|Delegation|Joint Chiefs|White House"
    r"|Staff|Office of|Acting"
    r"|Deputy|Special Assistant|Officer in Charge|Legal Adviser|Consul"
    r"|Atomic Energy Commission|Attorney General|Vice President|Supreme Allied Commander|Commander of"
    r"|Central Intelligence|Bureau of the Budget|Information Agency|Export-Import Bank|Naval Operations"
    r"|Postmaster General|Administrator of|Secretary of the (?:Navy|Army|Air Force)"
    r"|Council on Foreign Economic"
    r"|Policy Planning|Members of Congress|Commanding General"
)
_OWN_PARTIES = frozenset(
    {
        "DEPARTMENT OF STATE", "STATE DEPARTMENT", "DEPARTMENT", "WHITE HOUSE", "STATE", "DEFENSE", "CIA",
        "JCS", "NSC",
        "NSC STAFF", "OSD", "TREASURY", "USIA", "AID", "ACDA", "DOD",
        "ICA", "DLF", "MSA", "FOA", "ECA", "AEC", "NASA", "BUDGET", "BUDGET BUREAU", "BUREAU OF THE BUDGET",
        "ARMY",
        "NAVY", "AIR FORCE", "COMMERCE", "AGRICULTURE", "LABOR", "INTERIOR", "JUSTICE", "OCB", "OSD/ISA",
        "DEPARTMENT OF DEFENSE", "JOINT CHIEFS OF STAFF",
    }
)  # fmt: skip
"""Headings of lists that name a part of the government of the United States."""
_STATE_OF = re.compile(
    r"(?:THE )?(?:PEOPLE[’']?S |FEDERAL |SOCIALIST |ARAB |ISLAMIC )*(?:REPUBLIC|KINGDOM|STATE"
    r"|COMMONWEALTH|UNION|DOMINION"
    r"|GOVERNMENT) OF (?:THE )?[A-Z. -]{3,30}$"
)
_PRESIDENTS = "Wilson|Roosevelt|Truman|Eisenhower|Kennedy|Johnson|Nixon|Ford|Carter"
_FOREIGN = re.compile(
    r"Prime Minister|Premier|Chairman (?:of the Council of Ministers|Khr|Kos|Brez|Pod|Mao)|Chancellor"
    r"|Foreign (?:Minister|Secretary)|King|Shah"
    r"|Emperor|Prince|Secretary[- ]General|President of (?!the United States)"
    r"|General Secretary"
    rf"|President (?!{_PRESIDENTS}|[Pp]ro )"
    r"(?:de |[A-Z][a-z]+(?![’']s))"
)


_POSTED = re.compile(
    r"\b(?:AMBASSADOR(?:[- ]DESIGNATE)?|CHARG[EÉ](?: D['’]AFFAIRES)?|CONSUL(?: GENERAL)?"
    r"|(?:MINISTER[- ])?COUNSELOR|SECRETARY OF (?:THE )?(?:EMBASSY|LEGATION)|ADVISORY GROUP"
    r"|OPERATIONS MISSION|AID MISSION|COUNTRY TEAM|COMMAND"
    r"|FORCES|REPRESENTATIVE|MISSION)(?: \([A-Z/ -]+\))?,? (?:TO|IN|AT) (?!THE UNITED STATES"
    r"|THE U\.?S\b|WASHINGTON)"
)
"""An ambassador of whom only his post is told is the United States': `the Ambassador to Germany (McGhee)`."""


_ACCREDITED = re.compile(
    r"\b(?:AMBASSADOR|MINISTER|CHARG[EÉ]|REPRESENTATIVE|CONSUL GENERAL)\b[^,]{0,40}?"
    r"(?P<where> (?:TO|IN) (?:THE )?(?:U\.? ?S\.?(?: ?A\.?)?(?![\w])|UNITED STATES|WASHINGTON)"
    r"(?! (?:MISSION|DELEGATION|EMBASSY|LEGATION|GOVERNMENT))).*$"
)
"""Whoever is sent to the United States is another's: `Jaime Alba, Ambassador to the U.S.`"""
_OWN_MISSION = re.compile(
    r"\b(?:USOM|USAID|USIS|USRO|USUN|USIA|MAAG|JUSMAG|JUSMMAT|MILITARY ASSISTANCE COMMAND|MACV"
    r"|KMAG|USINT|AMEMBASSY)\b"
)
"""Missions of the United States abroad, whatever the land."""


def side_of(words: str) -> str | None:
    """The side that a heading or an office names (`U.S. Side`, `Soviet Embassy`), or None."""
    bare = re.sub(r"(?<=\b[A-Z]\.) (?=[A-Z]\.)", "", words.strip(" :").upper())
    lead = re.match(r"(?:THE |FOR (?:THE )?)*(?=\S)", bare)
    bare = bare[lead.end() :] if lead else bare
    if bare in _OWN_PARTIES:
        return "US"
    if _OWN_MISSION.search(bare):
        return "US"
    sent_here = _ACCREDITED.search(bare)
    if sent_here:
        whose = nations_in(bare[: sent_here.start("where")])
        return whose[0] if whose else None
    posted = _POSTED.search(bare)
    if posted:
        whose = nations_in(without_area(bare[: posted.start()]))
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


_OWN_PRESIDENT = re.compile(rf"(?:[Tt]he )?President(?:\s*$| (?:{_PRESIDENTS})\b)")
_AT_A_POST = re.compile(
    r"\b(?P<office>Embassy|Legation|Mission|Consulate(?: General)?|Consul(?: General)?|Ambassador"
    r"|Minister|Charg[ée]|Officer in Charge|(?:Permanent |Special )?Representative|Delegation"
    r"|Advisory Group|Command|Forces|Interests Section|Political (?:Adviser|Advisor)|Consultant|Attach[ée])\b"
    r"(?P<temp>[^,(]{0,40}?)"
    r" (?:in|at|to|on|[Nn]ear) (?!the United States|Washington).*$"
)
_AREA = re.compile(r"\b(?:[A-Z][\w.-]+(?:, and | and |, | ))+(?=(?:Task Force|Working Group|Affairs|Desk)\b)")
"""The lands with which an office deals: `Director of the Vietnam Working Group`."""
_WHEN = re.compile(r",(?: [\w. ]+,)? (?:[A-Z][a-z]+ \d{1,2}(?:[–-]\d+)?,|undated|\d{1,2} [A-Z][a-z]+) ?.*$")
"""Where and when a heading says that a paper was written, behind the addressee: `, Tehran, March 1, 1972`."""


def _office_alone(words: str) -> str:
    """An office without the name of its holder and the land where it stands."""
    bare = _AREA.sub("", _WHEN.sub("", re.sub(r"\s*\([^)]*\)", "", words)))
    return _AT_A_POST.sub(r"\g<office>\g<temp>", bare)


_HEAD = re.compile(
    r"(?:the )?(?:President\b(?![’'])|Prime Minister|Premier|Chairman|Generalissimo|Marshal|King|Chancellor"
    r"|Foreign (?:Minister|Secretary)|Minister (?:for|of) Foreign|Secretary of State|Shah)\b",
    re.IGNORECASE,
)


def between_governments(sender: Excerpt, addressee: Excerpt | None) -> bool:
    """Whether the head or the foreign minister of a government writes to that of another."""
    if addressee is None or not (_HEAD.match(sender.words) and _HEAD.match(addressee.words)):
        return False
    return any(_FOREIGN.search(one.words) for one in (sender, addressee))


_PERSON_ALONE = re.compile(r"(?:[A-Z][a-z]+|[A-Z]\.) (?:(?:[A-Z][a-z]*\.?|and) ){0,4}[A-Z][a-z]+$")
"""A name without an office: `Robert B. Anderson`."""


def within_one_government(sender: Excerpt, addressee: Excerpt | None, *, by_memorandum: bool = False) -> bool:
    """Whether sender and addressee are of the United States: such a paper says nothing to a side.

    Args:
        sender: from whom the heading says that it is.
        addressee: to whom; None where it does not say.
        by_memorandum: offices of one government write memoranda to each other; to another they do so only
            where the heading names a nation or a foreign office.
    """
    ours = _office_alone(sender.words)
    theirs = _office_alone(addressee.words) if addressee is not None else ""
    if any(_FOREIGN.search(words) for words in (ours, theirs)):
        return False
    if any(side != "US" for words in (ours, theirs) for side in nations_in(without_area(words.upper()))):
        return False
    if addressee is None or not theirs:
        return False
    if by_memorandum and "Government of" not in ours:
        return True
    if _PERSON_ALONE.match(ours.strip()) and re.match(r"the Department of State\b", theirs):
        return True  # an envoy of the President's writes to the Department
    if _OWN_PRESIDENT.match(ours):
        return _OWN_OFFICES.search(addressee.words) is not None
    return _OWN_OFFICES.search(sender.words) is not None
