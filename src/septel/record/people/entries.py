"""An entry of a list of participants: what it says of name, title and office."""

from __future__ import annotations

import re
from dataclasses import dataclass

from septel.record.model import is_nation
from septel.record.people.phrases import NounKind, is_common, noun_kind
from septel.record.people.rosters import is_given
from septel.record.people.titles import NOT_NAMES

_RANK_WORDS = (
    "Mr|Mrs|Miss|Ms|Mme|Mlle|Messrs|Dr|Prof|Professor|Sir|Lord|Lady|Hon|Honorable|Rev|Reverend|Judge|Justice"
    "|Señor|Senor|Señora|Senhor|Herr|Monsieur|Madame|M|Shri|Pandit|Sheikh|Shaikh|Emir|Prince|Princess|King"
    "|Queen|Count|Baron|Col|Colonel|Lt|Lieut|Lieutenant|Gen|General|Brig|Brigadier|Maj|Major|Capt|Captain"
    "|Cdr|Commander|Cmdr|Commodore|Adm|Admiral|Vice|Rear|Air|Field|Fleet|Wing|Group|Squadron|Marshal|Sgt"
    "|Amb|Ambassador|Min|Minister|Sec|Secy|Secretary|Asst|Assistant|Under|Undersecretary|Deputy|Acting|First"
    "|Foreign|Prime|Premier|Pres|President|Chancellor|Chairman|Director|Governor|Gov|Senator|Sen"
    "|Congressman|Congresswoman|Rep|Representative|Administrator|Commissioner|Counselor|Counsellor|Chargé"
    "|Charge|Attorney|Postmaster|Solicitor|Consul|Generalissimo|Comrade|Academician|Cardinal|Archbishop"
    "|Bishop|Father|Monsignor|Defense|Treasury|Press|Budget|Emperor|Empress|Sultan|Shah|Crown|Special"
    "|Executive|Private|State|Finance|Second|Third|Admin|Chief|Justice|Attaché|High|Mayor|Speaker|Marquis|Marquess|Viscount|Earl|Duke|Signor|Dato|Interpreter"
)
_OF_STATE = re.compile(
    r"^(?P<office>.*\b(?:Secretary|Director|Minister|Counselor)\b[^,]*? (?:of|for) (?:State|Defense"
    r"|Foreign Affairs"
    r"|Central Intelligence|Commerce|Agriculture|Labor|Finance|Treasury"
    r"|the (?:Treasury|Army|Navy|Interior|Air Force))"
    r"(?: for [A-Z][\w -]+? Affairs)?|.*\b(?:Secretary|Director|Minister)\b for [A-Z][\w ,-]+? Affairs)"
    r" (?P<name>(?!for\b|in\b|of\b|and\b)\S.*)$"
)
"""An office with its department, and a name behind: `Secretary of State Dulles`."""
RANKS = frozenset(word.upper() for word in _RANK_WORDS.split("|"))
"""The words of titles, in upper case."""
RANK = re.compile(
    rf"(?:Chargé d[’']Affaires|Ambassador(?: at |-at-)[Ll]arge|Ambassador-[Dd]esignate|{_RANK_WORDS}"
    rf"|[A-Z]{{2,5}}(?= (?:{_RANK_WORDS})\b)|S/S|USA?F?|US?N"
    rf"|[RVBLM]/(?:Adm|Gen)|[RVBLM](?:Adm|Gen)|VADM|RADM)\b\.?,?\s+"
)
_EXCELLENCY = re.compile(
    r"^(?:The |His |Her )?(?:Excellency|Honorable)\b,?\s*|^(?:His|Her) \w+,\s*"
    r"|^(?:(?:His|Her) )?(?:Imperial |Royal )?(?:Majesty|Highness),?\s+"
    r"|^H\. ?E\.,?\s*|^HE (?=[A-Z][a-z])|^H\.? ?I\.? ?M\.?,?\s+"
)
_LEAD = re.compile(r"^[\W\d_]*(?<![A-Za-z])(?:The |His |and |also )?", re.IGNORECASE)
NOTE = re.compile(r"\s*\[[\d ]{1,4}\]")
STANDS_IN = re.compile(
    r"\s*\((?:for|vice|representing|part of|briefly|joined|until|later|in the chair|presiding"
    r"|part time|at )[^)]*\)?"
    r"|\s+(?-i:vice)\s+[^,;]+|\s*\(?\bin the chair\b\)?.*$|,?\s+as alternate for .*$|,\s+presiding$"
    r"|\s+for (?:the )?(?:Secretary|Director|Attorney General|Chairman)\b.*$",
    re.IGNORECASE,
)
_PARTICLE = r"(?:de|la|del|du|da|dos|das|di|von|van|der|den|ter|ten|al|el|bin|ben|ibn|le|y|af|zu|ul|ud|d’|d')"
_WORD = r"(?:[A-ZÀ-ÝŠŽČĆ][\w.'’‘-]*|O’[A-Z]\w+)"
NAME = re.compile(
    rf"{_WORD}(?:[ -](?:{_PARTICLE}[ -])*{_WORD}){{0,4}}|{_PARTICLE}(?: {_PARTICLE})*[ -]{_WORD}"
    rf"(?:[ -](?:{_PARTICLE}[ -])*{_WORD}){{0,3}}"
)
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV)\b\.?(?=\s*(?:[,;(—–]|$))")
_SYMBOL = r"[A-Z][A-Z]{0,5}(?:[/.-][A-Z]{1,8})*"
_SYMBOL_FIRST = re.compile(rf"^(?P<symbol>{_SYMBOL}|[A-Z][a-z]+)\s*[—–-]+\s*(?=[A-Z])")
_SYMBOL_LAST = re.compile(rf"(?<=[a-z])\s+(?P<symbol>[A-Z]{{2,6}}|{_SYMBOL}/{_SYMBOL})$")
_AFTER = re.compile(r"\s*(?:,|[—–]| - |\(|;|:)\s*|\s+(?=(?:of|from|for|at) (?:the )?[A-Z])")
_TRAILING = re.compile(r"\s+(?:Mr|Mrs|Miss|Dr)\.?$")
_CIVIL = re.compile(
    r"\b(?:Mr|Mrs|Miss|Dr|Lord|Sir|General|Gen|Admiral|Adm|Ambassador|Amb|Colonel|Col|Hon|Judge|Senator|Governor|Señor|M)\b"
)
_PLAIN_TITLE = re.compile(r"(?:^|\s)(?:Mr|Mrs|Miss|Ms|Dr|Messrs)\.?$")
_LATE_TITLE = re.compile(r"(?P<office>.+?) (?P<who>(?:Mr|Mrs|Miss|Dr|Sir)\b\.? [A-Z].*)$")
"""An office, what it is of, and a title with a name: `Japanese Ambassador to the U.S. Mr. S. Iguchi`."""
_TAIL_NAME = re.compile(
    r"(?P<office>.+ of .*\b(?:Affairs|Ministry|Department|Bureau|Staff|Division|Council|Cabinet)) "
    r"(?P<name>[A-Z][a-z]{2,})$"
)
"""An office, what it is of, and a surname: `Director-General of Political Affairs Fornari`."""
_QUALIFIER = re.compile(
    r"\b(?:Defense|Treasury|Press|Budget|State|Finance|Special|Executive|Private|First|Second|Third|Admin|High"
    r"|Foreign|Prime|Under|Deputy|Acting|Crown|Vice|Rear|Assistant)$"
)
"""Words that tell what an office is of, and that no name follows which is a common word."""
_ADDRESSED = frozenset(
    [
        "PRESIDENT", "SECRETARY", "AMBASSADOR", "MINISTER", "CHAIRMAN", "PREMIER", "CHANCELLOR", "SENATOR",
        "SPEAKER", "DIRECTOR", "UNDER", "GENERAL", "ADMIRAL", "GOVERNOR", "MAYOR", "CONSUL", "COUNSELOR",
        "INTERPRETER",
    ]
)  # fmt: skip
"""Offices that stand behind `Mr.` where somebody is addressed: Mr. Chairman, and not Mr. Bishop."""
_THING = re.compile(r"(?:TION|TIONS|MENT|MENTS|NESS|ITY|ITIES|SHIP|LOGY|CRACY|AGENCY|SERVICES|BUDGET)$")
_NO_OFFICE_WORDS = frozenset(["OF", "FOR", "TO", "IN", "AT", "AND", "THE", "FROM", "ON", "WITH", "BY", "AS"])


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One person of a list.

    Attributes:
        name: the words of the name; empty where an office stands alone.
        titles: what stands before the name, and an office that stands in its place.
        office: what stands behind it.
        symbol: the symbol of an office before or behind it (`NEA`).
        within: what stands in brackets.
    """

    name: tuple[str, ...] = ()
    titles: str = ""
    office: str = ""
    symbol: str = ""
    within: str = ""


def is_plain(words: str) -> bool:
    """Whether no word is one that prints write small, a nation, an office or a symbol."""
    bare = [word.strip(".").upper() for word in words.split()]
    return not any(
        is_common(w) or is_nation(w) or noun_kind(w) is not None or w in NOT_NAMES or "." in w[1:]
        for w in bare
    ) and not (words.isupper() or any(RANK.match(f"{word} ") for word in words.split()))


def entry_of(words: str) -> ListEntry | None:
    """What an entry says of one person; None where it is none."""
    text = _TRAILING.sub("", STANDS_IN.sub("", NOTE.sub("", words)).strip(" ,;:"))
    text = _SUFFIX.sub("", _EXCELLENCY.sub("", _LEAD.sub("", text)))
    symbol = ""
    first = _SYMBOL_FIRST.match(text)
    if first and (first.group("symbol").isupper() or is_nation(first.group("symbol").upper())):
        symbol, text = first.group("symbol"), text[first.end() :]
    if not symbol:
        symbol, text = _bodied(text)
    within = re.search(r"\((?P<within>[^)]{1,60})\)", text)
    bracketed = within.group("within").strip() if within else ""
    head, behind = _parted(text)
    last = _SYMBOL_LAST.search(head)
    if last and not symbol and len(head.split()) > 1:
        symbol, head = last.group("symbol"), head[: last.start()]
    titles, rest = _titles(head)
    behind = re.sub(r"(?<!\.[A-Z])\.$", "", re.sub(r"\s*\([^)]*\)", "", behind).strip(" ,;"))
    name = _plainly_titled(titles, rest) or _as_name(rest, titled=bool(titles), office=bool(behind or symbol))
    common = all(is_common(word.upper()) for word in name)
    if common and (_QUALIFIER.search(titles) if len(name) == 1 else titles and not _CIVIL.search(titles)):
        name = ()  # ECONOMIC DEFENSE DIVISION, CHIEF NAVAL OPERATIONS
    if name:
        return ListEntry(name=name, titles=titles, office=behind, symbol=symbol, within=bracketed)
    late = _LATE_TITLE.match(head)
    if late is not None and is_office(late["office"]):
        titled, called = _titles(late["who"])
        name = _as_name(called, titled=True, office=True)
        if name:
            return ListEntry(name=name, titles=f"{late['office']} {titled}", office=behind, symbol=symbol)
    tail = _TAIL_NAME.match(head)
    if tail is not None and is_office(tail["office"]) and not is_common(tail["name"].upper()):
        return ListEntry(name=(tail["name"],), titles=tail["office"], office=behind, symbol=symbol)
    named = _named_before_office(rest)
    if named is not None:
        return ListEntry(
            name=named[0], titles=titles, office=f"{named[1]}, {behind}".strip(" ,"), symbol=symbol
        )
    ahead, told = _parted(behind)
    titled, called = _titles(ahead)
    office = bool(titles) or is_office(head)
    inner = _as_name(_titles(bracketed)[1], titled=True, office=True) if office and bracketed else ()
    if inner and not (bracketed.isupper() and len(bracketed) < 6):
        return ListEntry(name=inner, titles=head, office=told or behind, symbol=symbol)
    second = _as_name(called, titled=bool(titled), office=True) if office and ahead else ()
    if second and (_CIVIL.search(titled) or (len(second) > 1 and is_plain(called)) or _in_full(called)):
        return ListEntry(
            name=second, titles=f"{titled} {head}".strip(), office=told, symbol=symbol, within=bracketed
        )
    ahead, _, last_part = behind.rpartition(", ")
    final = _as_name(last_part, titled=False, office=True) if office and len(last_part.split()) > 1 else ()
    ranked, called = _titles(last_part)
    if not final and office and _CIVIL.search(ranked):
        final = _as_name(called, titled=True, office=True)
        last_part = called
    if final and (_CIVIL.search(ranked) or _in_full(last_part)):
        return ListEntry(name=final, titles=f"{head}, {ahead}".strip(" ,"), symbol=symbol, within=bracketed)
    if office and is_office(head):
        return ListEntry(titles=head, office=behind, symbol=symbol, within=bracketed)
    return None


def _plainly_titled(titles: str, rest: str) -> tuple[str, ...]:
    """The surname behind `Mr.`, though it is a word for an office or a nation too: Mr. Bishop, Mr. French."""
    alone = rest.strip(" .") or titles.split()[-1].strip(" .") if titles else ""
    before = titles if rest.strip(" .") else titles.rpartition(" ")[0]
    fits = re.fullmatch(r"[A-Z][a-z]{2,}", alone) and _PLAIN_TITLE.search(before.strip())
    return (alone,) if fits and alone.upper() not in _ADDRESSED else ()


def _in_full(words: str) -> bool:
    """Whether words are a name with a given name, though the surname is a common word: LUCIUS D. BATTLE."""
    parts = words.split()
    if len(parts) < 2 or not is_given(parts[0]) or any(part.isupper() and len(part) > 2 for part in parts):
        return False
    return is_plain(words) or (
        len(parts) < 4 and not is_nation(parts[-1].upper()) and not is_office(parts[-1])
    )


def signed_name(words: str) -> tuple[str, ...]:
    """The words of the name that a signature begins with: `C. W. Nichols Executive Secretary`."""
    _, rest = _titles(_LEAD.sub("", _SUFFIX.sub("", NOTE.sub("", words)).strip()))
    name: list[str] = []
    for token in rest.split(",")[0].split():
        full = sum(len(part.strip(".")) > 1 for part in name) > 1
        if name and (
            RANK.match(f"{token} ")
            or (full and is_common(token.upper().strip(".,")))
            or noun_kind(token.upper().strip(".")) is NounKind.PERSON
        ):
            break
        name.append(token)
    return _as_name(" ".join(name), titled=True, office=True)


_BODIED = re.compile(r"^(?P<body>[A-Z][\w.& ]{1,24}?)\s*[—–]+\s*(?P<who>[A-Z].+)$")


def _bodied(text: str) -> tuple[str, str]:
    """The body that stands before a dash and a name (`State—U. Alexis Johnson`), and what follows."""
    found = _BODIED.match(text)
    if found is None:
        return "", text
    titles, called = _titles(found["body"])
    ahead = _as_name(called, titled=bool(titles), office=False)
    head = _parted(found["who"])[0]
    titles, called = _titles(head)
    if ahead or not _as_name(called, titled=bool(titles), office=False):
        return "", text
    return found["body"], found["who"]


def _named_before_office(words: str) -> tuple[tuple[str, ...], str] | None:
    """A name of two words and more, and the office behind it: `George V. Melas Greek Ambassador`."""
    tokens = words.split()
    for at in range(2, len(tokens)):
        bare = tokens[at].strip(".,").upper()
        if is_nation(bare) or noun_kind(bare) is NounKind.PERSON or RANK.match(f"{tokens[at]} "):
            name = _as_name(" ".join(tokens[:at]), titled=False, office=True)
            name = name if is_plain(" ".join(tokens[:at])) else ()
            return (name, " ".join(tokens[at:])) if name else None
    return None


def _parted(text: str) -> tuple[str, str]:
    """What stands before the first comma, dash or bracket, and what stands behind it."""
    cut = _AFTER.search(text)
    if cut is None:
        return text.strip(" .,;"), ""
    if cut.group().strip() == "" and is_office(text[: cut.start()]):
        cut = re.compile(r"\s*(?:,|[—–]| - |\(|;)\s*").search(text)  # SECRETARY OF STATE: one office
        if cut is None:
            return text.strip(" .,;"), ""
    behind = text[cut.end() :] if "(" not in cut.group() else text[cut.start() :]
    return text[: cut.start()].strip(" ,;"), behind


def _titles(head: str) -> tuple[str, str]:
    """The titles before a name, and what is left."""
    office = _OF_STATE.match(head)
    if office is not None and (is_plain(office.group("name")) or _may_be_surname(office.group("name"))):
        titles, rest = _titles(office.group("name"))
        return f"{office.group('office')} {titles}".strip(), rest
    at = 0
    while True:
        found = RANK.match(head, at)
        if found is None:
            word = re.compile(r"(?:The |the )?(?P<word>[A-Z][\w.]*)\s+").match(head, at)
            if word is None or not _qualifies(word.group("word"), head[word.end() :]):
                break
            at = word.end()
            continue
        if found.end() >= len(head):
            break
        at = found.end()
    return head[:at].strip(" ,"), head[at:].strip()


def _may_be_surname(word: str) -> bool:
    """Whether one word behind an office may be who holds it, though prints write it small: RUSH."""
    upper = word.strip(".").upper()
    return (
        re.fullmatch(r"[A-Z][a-z]{3,}", word) is not None
        and noun_kind(upper) is None
        and upper not in NOT_NAMES
    )


def _qualifies(word: str, rest: str) -> bool:
    """Whether a word tells what the title behind it is of: CHILEAN AMBASSADOR, CIA DIRECTOR."""
    if RANK.match(rest) is None:
        return False
    upper = word.strip(".").upper()
    return is_nation(word.upper()) or is_nation(upper) or is_common(upper) or noun_kind(upper) is not None


def is_office(words: str) -> bool:
    """Whether words are an office that somebody holds: a noun for persons, with what it is of."""
    head = re.split(r"\s+(?:of|for|to|at|in|on|with)\s", words, flags=re.IGNORECASE)[0].upper()
    last = head.split()[-1].strip(".") if head.split() else ""
    return noun_kind(last) is NounKind.PERSON or last in (
        "SHAH",
        "KING",
        "ATTORNEY",
        "ADMINISTRATOR",
        "COMMISSIONER",
    )


def _as_name(words: str, *, titled: bool, office: bool) -> tuple[str, ...]:
    """The words of a name; empty where they are none."""
    bare = words.strip(" .,")
    if not bare or NAME.fullmatch(bare) is None:
        return ()
    parts = re.findall(r"[^\s]+", bare)
    upper = [part.strip(".'’").upper() for part in parts]
    surname = upper[-1]
    if (
        len(surname) < 2
        or surname in _NO_OFFICE_WORDS
        or (surname in NOT_NAMES and len(parts) == 1)
        or any(c.isdigit() for c in bare)
    ):
        return ()
    if (
        surname in ("AFFAIRS", "HOUSE", "CORPS", "FORCE")
        or is_nation(surname)
        or is_nation(" ".join(upper))
        or "/" in bare
    ):
        return ()
    kinds = [noun_kind(word) for word in upper]
    if _THING.search(surname) and len(upper) > 1 and not titled:
        return ()
    full = len(upper) > 1 and office and not is_common(upper[0]) and kinds[0] is None
    if kinds[-1] is not None and (
        kinds[-1] is not NounKind.THING or (is_common(surname) and not titled and not full)
    ):
        return ()  # the BRANCH is none, Mr. Nolting and Sinclair Weeks are
    if len(upper) == 1 and re.search(r"(?:TIONS?|NESS|ITY)$", surname):
        return ()  # GENERAL CONSIDERATIONS
    if any(kind in (NounKind.BODY, NounKind.DOCUMENT) for kind in kinds[:-1]):
        return ()
    common = [is_common(word) for word in upper]
    if (
        bare.isupper()
        and not titled
        and not (re.match(r"(?:[A-Z]\.\s?)+[A-Z]{3}", bare) and not is_common(surname))
    ):
        return ()  # MIDDLE EAST, and not N. S. KHRUSHCHEV
    if len(upper) == 1:
        return tuple(parts) if titled or (office and not common[0] and not bare.isupper()) else ()
    if common[-1] and not (titled or office or (not any(common[:-1]) and is_given(parts[0]))):
        return ()
    if any(word in NOT_NAMES for word in upper) and not titled:
        return ()
    return tuple(parts)
