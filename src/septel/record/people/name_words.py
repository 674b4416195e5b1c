"""The words of a phrase that are a name, in print of both cases and in capitals; those that are a body's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.record.layout import Prose
from septel.record.model import is_capital, is_nation
from septel.record.people.entries import RANKS
from septel.record.people.offices import is_own_staff_word, offices_of
from septel.record.people.phrases import NounKind, function_words, head_of, is_common, noun_kind
from septel.record.people.rosters import is_given
from septel.record.people.titles import NO_SPEAKERS, NOT_NAMES, TITLES

_CRYPTONYM = re.compile(r"[A-Z]{4,}-\d{1,3}")
"""By what an agency calls one who tells it something: LIRING-3."""
_ADVERB = 8
"""Letters from which a word in -LY is an adverb, and nobody called KELLY."""
_BEFORE_VERB = frozenset({"TO", "NOT", "WILL", "WOULD", "COULD", "MAY", "MIGHT", "CAN", "DO", "DOES", "DID"})
_INDEFINITE = frozenset({"EVERYTHING", "ANYTHING", "NOTHING", "SOMETHING", "WHATEVER", "ALL"})

_ONE_OF_MANY = re.compile(r"\b(?:AN?|ONE|ANOTHER|SAME|EACH|EVERY|SOME|ANY)(?: [A-Z.]+)? $")
"""What stands before a word for what somebody is, and before no name."""
_NEAR = 30
"""Letters before a word within which that is looked for."""


def is_one_of_many(prose: Prose, at: int) -> bool:
    """Whether what begins at a place says what somebody is, not how he is called: ONE US BANKER."""
    return _ONE_OF_MANY.search(prose.plain[max(0, at - _NEAR) : at]) is not None


def name_ends(prose: Prose, at: int, end: int) -> int:
    """Where a name ends that words for an office follow: NAJIB SHAYBANI DIRECTOR OF AFFAIRS."""
    words = list(re.finditer(r"[^\s,;:()“”\"]+", prose.plain[at:end]))
    for i, word in enumerate(words[1:], 1):
        follows = words[i + 1].group() if i + 1 < len(words) else ""
        if noun_kind(word.group().strip(".")) is NounKind.PERSON and follows in ("OF", "AT", "FOR", "IN"):
            return at + words[i - 1].end()
    return end


def capitalised(prose: Prose, at: int, end: int) -> tuple[int, list[str]] | None:
    """The run of capitalised words that ends a phrase, where letters of both sizes are used."""
    words = list(re.finditer(r"[^\s,;:()“”\"]+", prose.text[at:end]))
    run: list[re.Match[str]] = []
    for word in reversed(words):
        bare = word.group().strip(".’'")
        agent = _CRYPTONYM.fullmatch(bare) is not None
        letters = len(bare) > 5 and bare.isupper() and not agent
        if not bare or not bare[0].isupper() or "/" in bare or letters:
            break
        if _LETTERS.fullmatch(bare) and not _ROMAN.fullmatch(bare):
            break  # REFERENCE A MACV, DL, GOS: bodies by their letters
        run.insert(0, word)
    if not run or len(run) > 4:
        return None
    ahead = words[: len(words) - len(run)]
    if ahead and ahead[-1].group() in _PARTICLES and len(run) == 1:
        run.insert(0, ahead[-1])  # de Gaulle, von Hassel
        given = ahead[-2].group() if len(ahead) > 1 else ""
        if given.istitle() and not is_common(given.upper()) and noun_kind(given.upper()) is None:
            run.insert(0, ahead[-2])  # Couve de Murville
    while len(run) > 1 and run[0].group().upper() in _INDEFINITE:
        run.pop(0)  # EVERYTHING NASSER SAID
    first = run[0]
    alone = at + first.start() == 0 and len(run) == 1 and len(words) == 1
    if alone and prose.text[end : end + 1] in ("'", "’"):
        return None
    return at + first.start(), [w.group().strip(".,") for w in run]


def shouted(prose: Prose, at: int, end: int, role: str) -> tuple[int, list[str]] | None:
    """One to four words in capitals that no noun of the tables ends."""
    words = list(re.finditer(r"[^\s,;:()“”\"]+", prose.plain[at:end]))
    if not words or len(words) > 4:
        return None
    bare = [w.group().strip(".'") for w in words]
    if _CRYPTONYM.fullmatch(bare[-1]):
        return at + words[-1].start(), bare[-1:]  # IN OPEN CODE LIRING-3
    if any(w in NO_SPEAKERS or noun_kind(w) is not None for w in bare) or is_own_staff_word(bare[-1]):
        return None  # ADCM SAID: an office
    if is_one_of_many(prose, at + words[0].start()):
        return None  # ONE BANKER SAID
    if any(any(c.isdigit() for c in w) for w in bare):
        return None
    if bare[-1].endswith("LY") and (len(bare[-1]) >= _ADVERB or is_common(bare[-1])):
        return None  # THE GERMAN GOVERNMENT VIGOROUSLY OPPOSED IT
    if len(bare) > 1 and bare[-2] in _BEFORE_VERB:
        return None  # TO TAKE PLACE
    if any(w in ("OF", "THE", "AND", "AT", "FOR") for w in bare) or len(bare[-1]) < 3:
        return None
    if bare[-1].endswith("ED") and is_common(bare[-1]):
        return None  # SHAH LAUGHED
    if not role and bare[-1].endswith(("ED", "LY", "ERS", "ORS", "ISTS")):
        return None
    return at + words[0].start(), [w.title() if w.isupper() else w for w in bare]


_TOLD = frozenset(
    {"informed", "told", "advised", "notified", "assured", "asked", "urged", "instructed", "queried"}
)
_PARTICLES = frozenset({"de", "von", "van", "der", "della", "du", "bin", "ben", "al", "el"})
_LETTERS = re.compile(r"[A-Z]{2,5}")
_ROMAN = re.compile(r"[IVX]{1,4}")
_CONTRACTED = re.compile(r"['’](?:ve|d|ll|re|m|t)$", re.IGNORECASE)
_TAIL = frozenset({"FOR", "IN", "AT", "ON", "WITH", "FROM", "BY", "TO", "DURING", "UNDER"})
_OPENS = (
    function_words("preposition")
    | function_words("stop")
    | function_words("time")
    | frozenset({"OF", "THE", "CONSIST"})
) - frozenset({"UNDER", "PER"})
_DID = re.compile(r"[a-z]{4,}(?<!qualifi)(?<!retir)(?<!unnam)(?<!inform)(?<!plac)(?<!trust)(?<!associat)ed$")
_FUNCTION = function_words("stop") | function_words("determiner") | function_words("preposition")


_SHORT_TITLES = frozenset(
    [
        "PM", "FM", "FONMIN", "FORMIN", "PRIMIN", "DEFMIN", "FINMIN", "INTMIN", "SYG", "UNDERSEC",
        "DEPFONMIN", "DEPSEC", "VP", "PRES", "PREM", "CHMN", "UNDERSECRETARY", "VICE-PRESIDENT", "SECGEN",
        "PERMREP", "DEPREP",
    ]
)  # fmt: skip
"""Offices as telegrams shorten them, before a name."""
_SHORT_BODIES = frozenset(
    [
        "EMB", "DEPT", "DEL", "GOVT", "FONOFF", "FOROFF", "MINDEF", "DEF", "STATE", "HQ", "PM", "FM",
        "SYG", "VP", "AMEMB", "AMEMBASSY", "CONGEN", "LEG", "LEGATION", "MISSION", "COMITE", "CTE", "COMM",
        "DELS", "EMBS", "POLAD", "PARTY", "COUNCIL", "ASSEMBLY", "PARLIAMENT", "SENATE", "CONGRESS",
        "CABINET",
    ]
)  # fmt: skip
"""Bodies and offices by a short word written large: none is a person's name."""


_QUALIFIES = frozenset({"CERTAIN", "SURE", "CLEAR", "LIKELY", "SAME", "FORMER", "LATE", "LATER", "VARIOUS"})
"""Words that stand before a name and are no part of it: HE WAS NOT CERTAIN BARKLEY WOULD."""


def person_words(words: Sequence[str]) -> list[str]:
    """The words of a phrase that are somebody's name; empty where it can be none.

    Titles and words of an office before the name, and an office behind it, are no part of it: ACTING SEC
    DILLON, PUBLIC RELATIONS RUSLAN ABDULGANI, MENON SECRETARY. ENGLISH CHANNEL and SELECTIVE SERVICE are
    nobody.
    """
    kept = list(words)
    ahead = RANKS | _SHORT_TITLES
    while len(kept) > 1 and kept[0].strip(".").upper() in ahead and not is_given(kept[0]):
        kept.pop(0)
    for at, word in enumerate(kept[1:], 1):
        if noun_kind(word.strip(".").upper()) in (NounKind.PERSON, NounKind.BODY) and at < len(kept) - 1:
            kept = kept[:at]
            break
    while len(kept) > 2 and is_common(kept[0].upper()) and not is_common(kept[-1].upper()):
        kept.pop(0)
    while len(kept) > 1 and kept[0].upper() in _QUALIFIES:
        kept.pop(0)
    bare = [word.strip(".’'").upper() for word in kept]
    if any("/" in word for word in bare):
        return []  # NAVILLE/FREYMOND: two
    if not bare or any(_CONTRACTED.search(word) or word.upper() in _FUNCTION for word in kept):
        return []
    whole = " ".join(bare)
    if is_nation(whole) or is_capital(whole) or bare[-1] in NOT_NAMES or whole in _SHORT_BODIES:
        return []
    first = len(bare) > 1 and (is_common(bare[0]) or is_nation(bare[0]) or noun_kind(bare[0]) is not None)
    if first and is_common(bare[-1]) and not is_given(kept[0]):
        return []
    return kept


def described_by(words: str) -> str:
    """Words for somebody without what stands before or behind them in the sentence.

    CONNECTION GERMAN EMBASSY is the Embassy, GENERALS FOR FIRST TIME the generals, TOTAL CONTENT OF THE
    PRESIDENT the President.
    """
    tokens = [token for token in words.split() if not token[:1].isdigit()] or words.split()
    while len(tokens) > 1 and tokens[0].upper() in _OPENS:
        tokens.pop(0)
    while len(tokens) > 1 and tokens[0] in _TOLD and tokens[1][:1].isupper():
        tokens.pop(0)  # I HAVE SO INFORMED TIME REPRESENTATIVE
    told = [at for at, token in enumerate(tokens[1:-1], 1) if token.islower() and _DID.search(token)]
    if told and tokens[told[-1] - 1][:1].isupper():
        tokens = tokens[told[-1] + 1 :]  # WORKERS INSULTED MINISTRY REPRESENTATIVE
    kinds = [noun_kind(token.strip(".,'’").upper()) for token in tokens]
    for at, token in enumerate(tokens[1:], 1):
        upper = token.upper()
        small = kinds[at - 1] is None and tokens[at - 1].islower()
        if upper == "OF" and (kinds[at - 1] is NounKind.THING or small):
            rest = tokens[at + 1 :]
            return described_by(" ".join(rest[1:] if rest and rest[0].lower() == "the" else rest)) or words
        ahead = tokens[at + 1] if at + 1 < len(tokens) else ""
        if upper in _TAIL and kinds[at - 1] in (NounKind.PERSON, NounKind.BODY) and ahead.islower():
            if ahead not in ("charge", "the"):
                tokens, kinds = tokens[:at], kinds[:at]
            break
    start = max(
        (at + 1 for at, token in enumerate(tokens[:-1]) if kinds[at] is NounKind.THING and token.islower()),
        default=0,
    )
    while start < len(tokens) - 1 and tokens[start].lower() in ("and", "or", "but", "that"):
        start += 1
    return " ".join(tokens[start:])


_DEPARTMENTS = frozenset({"TREASURY", "DEFENSE", "COMMERCE", "AGRICULTURE", "JUSTICE", "INTERIOR"})
_PEOPLE = re.compile(
    r"(?:.{3,}(?:ISTS|CRATS)|EUROPEANS|AFRICANS|ASIANS|ARABS|LATINS|AMERICANS|REPUBLICANS|LIBERALS"
    r"|CONSERVATIVES|MOSLEMS|MUSLIMS|CHRISTIANS|CATHOLICS|JEWS|KURDS|DRUZE)$"
)
_ORGAN = re.compile(r"\b(?:ORGAN|NEWSPAPER|PAPER|DAILY|WEEKLY|MAGAZINE|NEWS AGENCY|RADIO|PRESS)$")
_OCCASIONS = ("MEETING", "CONFERENCE", "TALKS", "SESSION", "DINNER", "LUNCHEON", "LUNCH", "SUMMIT")
_PRONOUN = re.compile(r"(?:HE|SHE|I|WE|BOTH|THAT|WHICH)\b")
_BEFORE_ROLE = re.compile(r"^(?:(?:THE|A|AN|HIS|HER|MY|OUR|THEIR|ITS)\s+)+")
_ROLE_TITLE = re.compile(
    rf"(?:(?:THE|FORMER|FIRST|DEPUTY|ACTING|VICE|NEW|SENIOR|CHIEF)\s+)*(?:{TITLES})\b\.?\s*$"
)


_NO_SURNAME = re.compile(
    r"-(?:DIRECTED|LED|BASED|BACKED|SPONSORED|INSPIRED|CONTROLLED|DOMINATED)$"
    r"|^(?:MESSRS|MR|MRS|MISS|DR|MM|MME|SIR|HON|REV|PROF)$|^(?:ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|FIRST|SECOND|THIRD)$"
)
_SHORT_OFFICES = frozenset(
    {"AMB", "PRES", "SEC", "SECY", "GEN", "COL", "MIN", "DEPT", "PREM", "CHMN", "SECGEN", "PM", "FM", "VP"}
)


def is_no_surname(word: str) -> bool:
    """Whether a word in upper case qualifies a noun or counts: SOVIET-BACKED, SEVEN."""
    return _NO_SURNAME.search(word) is not None


def is_short_office(word: str) -> bool:
    """Whether a word in upper case is an office cut short: AMB."""
    return word.rstrip(".") in _SHORT_OFFICES


def is_people(word: str) -> bool:
    """Whether a word in upper case means people by what they are (`EUROPEANS`), though written large."""
    return _PEOPLE.match(word) is not None


def names_paper(role: str) -> bool:
    """Whether what stands before a name says that it is a paper's or a station's: PARTY ORGAN."""
    return _ORGAN.search(role) is not None


def body_named(phrase: str, written: str, *, abroad: bool) -> tuple[bool, str | None]:
    """Whether one word is a body, and its side: a department by its name alone, or letters (`USAF`).

    Args:
        phrase: the word in upper case.
        written: as a text with letters of both sizes has it.
        abroad: whether a post abroad writes, where TREASURY may be another's.
    """
    if " " in phrase or offices_of(phrase) or is_own_staff_word(phrase):
        return False, None  # SYG, DCM
    if phrase in _DEPARTMENTS and written.istitle() and not abroad:
        return True, "US"
    lettered = len(phrase) > 1 and written.isupper() and written.isalpha()
    return lettered, "US" if lettered and phrase.startswith("US") and phrase != "USSR" else None


def spelled_out(words: str, short: str) -> str:
    """The last words that letters in brackets stand for: not what stands before THE REVIEW BOARD (RB)."""
    found = words.split()
    for at in range(len(found) - 1, -1, -1):
        if "".join(word[0] for word in found[at:] if word not in ("OF", "AND", "FOR", "THE")) == short:
            return " ".join(found[at:])
    return words


def role_in(words: str) -> str:
    """The office that words before a name tell; empty where they are none.

    AT THE LAST NATO MEETING HAROLD, HE AND TSUSHIMA, SESSION NEW DELHI 13TH BAJPAI tell none.
    """
    bare = _BEFORE_ROLE.sub("", words).strip(" .")
    if not bare or words.endswith(_OCCASIONS) or _PRONOUN.match(words):
        return ""
    person = noun_kind(head_of(bare)) is NounKind.PERSON or names_paper(bare)
    return words if person or offices_of(words) or _ROLE_TITLE.match(bare) else ""
