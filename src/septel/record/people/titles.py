"""Names that a passage brings in with a title, and what the title tells of the side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from septel.record.layout import Prose, cue_text
from septel.record.model import is_nation
from septel.record.people.offices import OFFICES
from septel.record.people.phrases import function_words, is_common, noun_kind

TITLES = cue_text("casting.titles")
"""The titles of persons, as a pattern."""
_HYPHENED = re.compile(r"[A-Z][a-z]{1,5}[-‑][a-z]{1,6}")
"""Given names as China and Korea write them: `En-lai`, behind the surname."""
_SURNAME_FIRST = frozenset(
    [
        "KIM", "PAK", "PAEK", "PAIK", "CHOE", "CHOI", "YI", "YUN", "KWON", "HWANG", "CHONG", "CHUNG", "KANG",
        "CHO", "HAN", "SIN", "SHIN", "SONG", "HONG", "MUN",
    ]
)  # fmt: skip
"""Surnames of Korea, behind which two more words stand: KIM Dong Sung."""
_JOINED = re.compile(r"(?!Mac|Mc|De|Di|La|Le|Van|Von|O)[A-Z][a-z]+[A-Z]")
"""Two words cut short and joined: DirGen."""
_SYLLABLE = re.compile(r"[A-Z][a-zA-Z]{1,5}")
_ROMAN = re.compile(r"[IVX]{1,4}\.?")


def surname_of(words: Sequence[str]) -> str:
    """The word of a name by which documents speak of its bearer: CHOU En-lai, HASSAN II."""
    last = len(words) - 1
    if last == 2 and words[0].upper() in _SURNAME_FIRST and all(_SYLLABLE.fullmatch(w) for w in words[1:]):
        return words[0]
    while last and _ROMAN.fullmatch(words[last]):
        last -= 1
    if last and _HYPHENED.fullmatch(words[last].strip(".")):
        last -= 1
    return words[last]


SPOKEN_OF = re.compile(
    r"(?:^|[.,;] |\bTHAT |\bAND |\bBUT |\bWHEN )(?P<speaks>[A-Z]{4,}) (?:THEN |ALSO |\w+LY )?"
    r"(?:SAID|REPLIED|ASKED|TOLD|ADDED|INTERRUPTED|RESPONDED|AGREED|STATED|NOTED|OBSERVED|EXPRESSED"
    r"|THOUGHT|SUGGESTED)\b"
    r"|\b(?:TOLD|ASKED|INFORMED|URGED|ASSURED|THANKED) (?P<told>[A-Z]{4,})\b"
)
"""A name in capitals that is made to speak, or is told or asked."""
FORMER = re.compile(r"\b(?:FORMER|LATE|EX)[- ](?:[A-Z.]+ ){0,3}$")
"""Before a title: who has it no longer holds the office."""
_GIVEN = r"(?:[A-Z][A-Z'-]+\s+|[A-Z]\.\s*){0,2}"
_TITLED = re.compile(
    rf"\b(?P<title>(?:(?:SOVIET|US|U\.S\.|FIRST|DEPUTY|ACTING) )*(?:{TITLES})\.?)\s+"
    rf"(?P<given>{_GIVEN})(?P<surname>[A-Z][A-Z'-]{{2,}})\b"
)
_TITLED_MIXED = re.compile(
    rf"\b(?P<title>(?:(?:Soviet|British|U\.S\.|First|Deputy|Acting) )*(?i:{TITLES})\.?)\s+"
    r"(?P<name>[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*)*)"
)
_NO_NAMES = """
    AFFAIRS AGAIN AGREEMENT ALSO AMBASSADOR AND ARE AS ASKED ASSEMBLY ASSISTANCE AT ATTORNEY BEEN
    BUT BY COMMAND COMMENT COMMITTEE CONFERENCE CONGRESS CONSENSUS CONSUL CONSULATE COULD COUNCIL
    COUNSEL DEFENSE DEPARTMENT DESIGNATE DID DIRECTOR DISARMAMENT DISCUSSION ELECT ELECTION
    ELECTIONS FELT FINANCE FOR FOREIGN FROM FUND GENERAL HAD HAS HIMSELF HIS HOPED IN INTERIOR IS
    LABOR LINE MANAGER MAY MEETING MIGHT MINISTER NOTED OF OFFICE OFFICER OFFICERS ON OR POINTED
    POLICY POSITION PRESIDENT PRINCIPLES PUBLIC QUOTE REFERRED REPLIED REPRESENTATIVE SAID SECRETARIAT
    SECRETARY SECURITY SERVICES SESSION SHOULD SITUATION STAFF STATE STATED STRIKE STRIKES TERMS
    REPUBLIC KINGDOM DOMINION EMPIRE UNION FEDERATION LEAGUE GOVERNMENT ARAB
    SEN REP GOV ASST CHRM CHMN CAPT HON SECY SEC
    CHANNEL RIVER ISLAND ISLANDS SEA OCEAN BAY GULF STRAIT STRAITS CANAL STREET AVENUE VALLEY PROVINCE CITY
    HOUSE CORPS FORCE FORCES STATES NATIONS BRANCH COMMUNIST COMMUNISTS PARTY MARKET POWERS ALLIES
    THAT THE THEN TO TOLD UNQUOTE VIEW WAS WENT WERE WHO WILL WISHED WITH WORKERS WOULD
"""
_CALENDAR = """
    JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER JAN FEB MAR APR JUN
    JUL AUG SEP SEPT OCT NOV DEC MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY TODAY YESTERDAY
    TONIGHT
"""
_DATES = frozenset(_CALENDAR.split())
NOT_NAMES = frozenset((_NO_NAMES + _CALENDAR).split())
"""Words that follow titles and are no names."""
_NO_SPEAKERS = """
    QUOTE UNQUOTE THAT THIS THESE THEY WHICH REPORT REPORTS STATEMENT SOURCE SOURCES SPOKESMAN PRESS
    LATTER FORMER BOTH OTHERS OTHER SIDE SIDES PEOPLE WHETHER ABOUT WHEN WHAT WHERE WITH HAVE THEM
    THEIR ALSO FURTHER AGAIN SOME MANY MOST EMBASSY MISSION DELEGATION NEWSPAPER ARTICLE EDITORIAL
    OFFICIAL OFFICIALS EVERYONE NOBODY SOMEONE ANYONE ONCE EACH OURSELVES THEMSELVES MYSELF PARTY
    LEADER LEADERS STUDENTS CABINET EMBOFF EMBOFFS POLOFF ECONOFF DEPTOFF CHARGE MEMBERS CONTACT
    CONTACTS HAVING WHOM FROM THEN DEPARTMENT POST PARIS MOSCOW WASHINGTON LONDON
"""
NO_SPEAKERS = frozenset(_NO_SPEAKERS.split())
"""Words before a verb of saying that are no names."""


_FUNCTION_WORDS = (
    function_words("stop")
    | function_words("determiner")
    | function_words("preposition")
    | {"UNITED", "STATES"}
)
_SHORT = frozenset(["MR", "MRS", "MISS", "MS", "DR", "PROF", "AMB", "GEN", "LT", "MAJ", "COL", "ADM", "H.E"])


def _ends_sentence(title: str) -> bool:
    """Whether the stop behind a title ends a sentence: `the Prime Minister. This`, not `Mr. Smith`."""
    return title.endswith(".") and title.rstrip(".").split()[-1].upper() not in _SHORT


_HEARS = re.compile(r"\b(?:TOLD|ASKED|INFORMED|ASSURED|REMINDED|ADVISED|WARNED) (?:THE )?$")
_RANK = re.compile(r"(?:GENERAL|COLONEL|MARSHAL|ADMIRAL|MR|DR|AMBASSADOR|MINISTER|SENATOR)\b")


def _two_persons(prose: Prose, start: int, name: int) -> bool:
    """I TOLD PRESIDENT GENERAL CHEHAB HAD SEEMED CONFIDENT: one is told of the other."""
    return _HEARS.search(prose.plain, 0, start) is not None and _RANK.match(prose.plain, name) is not None


def titled(prose: Prose) -> Iterator[tuple[str, int, str, int]]:
    """Title, place and surname of those whom a passage names with a title, and where the name begins.

    Where upper and lower case are told apart, a name is what is capitalised. In upper case throughout, only a
    single word that no form of a verb ends is taken for a name.
    """
    if not prose.in_capitals:
        for found in _TITLED_MIXED.finditer(prose.text):
            if found.group("title") == "general":
                continue  # AREA GENERAL ARAB UNITY
            if _ends_sentence(found.group("title")) or _two_persons(prose, *_place(found, "name")):
                continue
            at = found.start("name")
            name: list[tuple[str, int]] = []
            for token in re.finditer(r"\S+", found.group("name")):
                word = re.sub(r"['’]s?$", "", token.group().rstrip(".,;:"))
                if name and word.upper() in _DATES | _FUNCTION_WORDS:
                    break  # TO PRIMIN TELL OCT 19
                if len(word) > 1:
                    name.append((word, at + token.start()))
                ends = token.group()[-1] in ".,;:" and len(word) > 2
                if ends or token.group().endswith(("'s", "’s")):
                    break
            surname = surname_of([word for word, _ in name]) if name else ""
            if (
                len(surname) > 1
                and not is_nation(surname.upper())
                and surname.upper() not in NOT_NAMES
                and surname.upper() not in _FUNCTION_WORDS
                and OFFICES.fullmatch(surname.upper()) is None
                and not surname.upper().endswith(("TION", "TIONS"))
            ):
                place = next(begin for word, begin in name if word == surname)
                yield found.group("title").upper(), place, surname.upper(), at
        return
    for found in _TITLED.finditer(prose.plain):
        surname = found.group("surname").removesuffix("'S").strip("'")
        given = found.group("given").split()
        if surname in NOT_NAMES or len(surname) < 3 or surname.endswith(("ED", "ING", "LY")):
            continue
        if surname in _FUNCTION_WORDS or _ends_sentence(found.group("title")):
            continue
        if _two_persons(prose, *_place(found, "given")):
            continue
        if all(len(word.strip(".")) == 1 for word in given):
            yield found.group("title"), found.start("surname"), surname, found.start("given")


def in_both_cases(name: str, prose: Prose) -> str:
    """A name in both cases: GRAY of `DEAR MR. GRAY` is Gray where the text is not in capitals."""
    return name.title() if name.isupper() and len(name) > 3 and not prose.in_capitals else name


def whole_name(prose: Prose, begin: int, at: int, surname: str) -> str:
    """A name from its first word: SOLANAS PACHECO behind ARMY SECRETARY; the surname where that is none.

    Args:
        prose: the passage.
        begin: where the words behind the title begin.
        at: where the surname begins.
        surname: as the passage has it.
    """
    words = prose.text[begin : at + len(surname)].split()
    behind = re.match(r"(?: [A-Z][a-z'’-]+){2}", prose.text[at + len(surname) :])
    if behind and surname.upper() in _SURNAME_FIRST:
        words += behind.group().split()
    others = [word.strip(".,").upper() for word in words if word != surname]
    if any(_JOINED.match(word) for word in words if word != surname):
        words = [surname]  # DIRGEN RAFAEL: an office cut short
    if len(words) > 3 or any(
        len(w) > 1 and (is_common(w) or is_nation(w) or noun_kind(w) is not None or w in NOT_NAMES)
        for w in others
    ):
        words = [surname]
    return " ".join(in_both_cases(word, prose) for word in words)


def _place(found: re.Match[str], group: str) -> tuple[int, int]:
    return found.start(), found.start(group)


def side_by(title: str) -> str | None:
    """The side that a title alone tells: only the United States has congressmen, only Britain lords."""
    if "SOVIET" in title:
        return "Soviet"
    if re.search(r"\bBRITISH\b|\bLORD\b", title):
        return "UK"
    return "US" if re.search(r"\bSENATOR\b|\bCONGRESSMAN\b", title) else None
