"""Lines of a list of participants parted into entries, one for each person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from septel.record.layout import ListedParticipant
from septel.record.model import is_nation
from septel.record.people.entries import NAME, NOTE, RANK, STANDS_IN, entry_of, is_office, is_plain
from septel.record.people.rosters import is_given

_PRESENT = re.compile(r"\s+(?:was|were|is)\s+(?:also\s+)?(?:present|in attendance)\b.*$", re.DOTALL)
_SECTION = re.compile(
    r"(?:^(?P<first>[A-Z][\w.&/’' -]{0,40}?)|(?<=\s)(?P<later>[A-Z]{2,6}|State|Defense|Treasury|Commerce"
    r"|Agriculture|Labor|White House)):\s+(?=[A-Z])"
)
_SEVERAL = re.compile(r"\bMessrs\.?\s+(?P<names>[^;:]+)")
_BETWEEN = re.compile(
    r"[,;]\s*(?:and\s+)?|\s+and\s+"
    r"|(?<!Lieutenant)(?<!Brigadier)(?<!Major)(?<!Vice)(?<!Rear)(?<!Under)(?<!Foreign)(?<!Prime)(?<!Deputy)"
    r"(?<!Lt)(?<!Brig)(?<!Maj)(?<!Assistant)(?<!Acting)(?<!The)(?<!Secretary)(?<!Attorney)(?<!Consul)(?<!Postmaster)(?<!Inspector)(?<!Governor)(?<!Soviet)(?<!British)(?<=[a-z])\s+"
    r"(?=(?:Mr|Mrs|Miss|Dr|Ambassador|General|Admiral|Colonel|President|Prime Minister|Secretary"
    r"|Foreign Minister"
    r"|Minister|Lieutenant|Senator)\b\.?\s+[A-Z])"
)
_PREFIX = re.compile(r"\b([AE][a-z]{1,2})[–—](?=[A-Z])")
"""A dash within an Arabic name: `Al–Khayyal`."""
_LADY = re.compile(r"(?<=[a-z]) (?=(?:Mrs|Miss|Mme)\.? [A-Z][a-z]+(?:, |$))")
"""A second person behind a whole name and its title: `Ambassador Huang Hua Mrs. Shih, Interpreter`."""
_BY_SYMBOL = re.compile(r"(?<=, )[A-Z][A-Z/-]{0,8} (?=(?:Mr|Mrs|Miss|Dr)\. [A-Z])")
"""The symbol of one person's office before the next: `Mr. Rountree, NEA Mr. Rockwell, NE`."""
_PART = re.compile(
    r"(?:State|Defense|DOD|D\.O\.D\.|OSD|JCS|CIA|NSC(?: Staff)?|Treasury|Commerce|OMB|USIA|AID|ACDA|Justice"
    r"|Agriculture|Interior|White House|CEA|OEP|AEC|INR)\b\s*[-—–:]?\s*(?=[A-Z])"
)
"""A part of the Government of the United States before its people."""
_OF_BODY = re.compile(r"(?P<body>[A-Z][\w./& ]{0,24}?)\s*[—–]\s*(?P<rest>[A-Z].+)$")
"""A body or the symbol of an office before several of its people: `Defense—Mr. Quarles, Mr. Holaday`."""
_INITIAL = re.compile(r"(?:[A-Z]\.){1,3}")
_NEXT_MISTER = re.compile(r", (?:and )?(?=(?:Mr|Mrs|Miss|Dr)\. [A-Z])")
_ASIDE = re.compile(r"\s*\((?:interpreter|note ?taker|part time|recorder)\)", re.IGNORECASE)
_OFFICE_BEHIND = re.compile(r"\s*\([^)]*\)\s*$")


def entries_of(entry: ListedParticipant) -> tuple[ListedParticipant, ...]:
    """One entry for each person: `Dr. Kissinger and Ambassador Dobrynin` are two.

    A line of names with their titles (`Governor Harriman, Mr. Bell, Mr. Wilson vice Mr. Murrow`) is one
    each; the office in brackets behind them (`Mr. Behrman and Mr. George (Commerce)`) is that of all, and
    whoever somebody stands in for was not there. What stands before a colon is whose they are
    (`State: Messrs. Bell, Murphy`).
    """
    words = NOTE.sub("", entry.text.words.strip())
    return tuple(_one(entry, part, side) for part, side in _split(words, entry.side))


def _split(words: str, side: str) -> Iterator[tuple[str, str]]:
    words = _PREFIX.sub(r"\1-", words)
    if _PRESENT.search(words):
        words = _PRESENT.sub("", words)  # ADMIRAL TAYLOR WAS PRESENT FOR ALL ITEMS
    sections = list(_SECTION.finditer(words))
    if sections and sections[0].start() == 0:
        for at, section in enumerate(sections):
            until = sections[at + 1].start() if at + 1 < len(sections) else len(words)
            party = (section.group("first") or section.group("later")).strip()
            yield from _split_names(words[section.end() : until].strip(" ,;"), party)
        return
    if ";" in words:
        parts = [
            _FOR_WHOM.sub("", p.strip(" .")).removeprefix("and ") for p in words.split(";") if p.strip(" .")
        ]
        if len(parts) > 1 and all(_names_any(part) for part in parts):
            for part in parts:
                yield from _split(part, side)
            return
    body = _OF_BODY.match(words)
    several = list(_split_names(body["rest"], side)) if body else []
    if body and len(several) > 1 and not _is_titled(body["body"]):
        for name, _ in several:
            yield f"{body['body']}—{name}", side
        return
    yield from _split_names(words, side)


def _split_names(words: str, side: str) -> Iterator[tuple[str, str]]:
    second = _second(words)
    if second is not None:
        yield from _split_names(words[:second].strip(), side)
        yield from _split_names(words[second:], side)
        return
    apart = _titled_apart(words)
    if apart:
        for part in apart:
            yield part, side
        return
    together = _run_together(words, side)
    if together:
        yield from together
        return
    several = _SEVERAL.search(words)
    if several:
        names = [n.strip(" .") for n in re.split(r",\s*(?:and\s+)?|\s+and\s+", several.group("names"))]
        names = [_OFFICE_BEHIND.sub("", n) for n in names if n]
        if len(names) > 1 and all(NAME.fullmatch(n) for n in names):
            if words[: several.start()].strip(" ,;"):
                yield from _split_names(words[: several.start()].strip(" ,;"), side)
            for name in names:
                yield f"Mr. {name}", side
            return
    office = _OFFICE_BEHIND.search(words)
    line = _PRESENT.sub("", words[: office.start()] if office else words)
    line = _ASIDE.sub("", line) if line.count(",") > 2 else line
    parts = [part.strip() for part in _BETWEEN.split(STANDS_IN.sub("", line)) if part.strip()]
    if len(parts) > 1 and (all(_is_titled(part) for part in parts) or _lists_names(parts)):
        behind = office.group().strip() if office and not STANDS_IN.match(office.group()) else ""
        for part in parts:
            alone = " " not in part and not is_office(part)
            yield f"{'Mr. ' if alone else ''}{part} {behind}".strip(), side
        return
    apart = [part.strip() for part in _NEXT_MISTER.split(words)]
    if len(apart) > 1 and all(_names_any(part) for part in apart):
        for part in apart:
            yield part, side
        return
    both = re.match(r"^(?P<first>[^,]+?)\s+and\s+(?P<second>.+)$", words)
    if both and _is_titled(both["first"]) and (_is_titled(both["second"].split(",")[0])):
        yield both["first"], side
        yield both["second"], side
        return
    yield words, side


def _run_together(words: str, side: str) -> list[tuple[str, str]]:
    """The persons of a line that two columns left without commas: `State U. Alexis Johnson John Foster`.

    A person begins at a part of the Government, at a rank, or at a given name or initial behind a whole name.
    Every one must then have a surname, and half of them a rank or a given name that is known.
    """
    if re.search(r"[,;(—–:]|(?<![A-Z’'-])\b[a-z]", _PART.sub("", words)):
        return []
    words = words.removeprefix("The ").removeprefix("the ")
    people: list[tuple[list[str], str]] = []
    name: list[str] = []
    at = 0
    while at < len(words):
        part = _PART.match(words, at)
        if part and (not name or _is_whole(name)):
            name, side = [], part.group().strip(" -—–:")
            at = part.end()
            continue
        token = re.compile(r"\S+\s*").match(words, at)
        if token is None:
            break
        word = token.group().strip()
        initial = _INITIAL.fullmatch(word) is not None
        given = (initial or is_given(word)) and len(_bare(name)) > 1
        opens = RANK.match(f"{word} ") is not None or given
        if not name or (opens and token.end() < len(words) and _is_whole(name)):
            name = []
            people.append((name, side))
        name.append(word)
        at = token.end()
    told = all(_is_whole(one) and is_plain(one[-1]) for one, _ in people)
    known = sum(1 for one, _ in people if is_given(_bare(one)[0]) or _opens(one[0]))
    if len(people) < 2 or not told or known * 2 < len(people):
        return []
    return [(" ".join(one), party) for one, party in people]


def _opens(word: str) -> bool:
    return RANK.match(f"{word} ") is not None or _INITIAL.fullmatch(word) is not None


def _bare(name: list[str]) -> list[str]:
    """The words of a name without the ranks before it."""
    ranks = max((at + 1 for at, word in enumerate(name) if RANK.match(f"{word} ")), default=0)
    return name[ranks:] or name[-1:] or [""]


def _is_whole(name: list[str]) -> bool:
    """Whether words hold a surname behind a given name or initials, or alone behind a rank."""
    bare = _bare(name)
    if RANK.match(f"{bare[-1]} ") is not None or _INITIAL.fullmatch(bare[-1]) is not None:
        return False
    return len(bare) > 1 or (len(name) > len(bare) and not is_given(bare[0]))


_SECOND = re.compile(
    r"(?<=[A-Za-z.]) (?=(?P<name>(?P<given>[A-Z][a-z]+)(?: [A-Z]\.)+ "
    r"(?:[A-Z][\w’'-]+)(?: [A-Z][\w’'-]+)?), [A-Z])"
)
"""Where the second of two persons begins in one paragraph: `..., Foreign Office Wilhelm G. Grewe, ...`."""


def _second(words: str) -> int | None:
    """Where the second of two persons begins who stand in one paragraph, each with an office behind."""
    lady = _LADY.search(words)
    if lady is not None and _is_titled(words[: lady.start()]):
        return lady.end()
    symbol = _BY_SYMBOL.search(words)
    if symbol is not None:
        return symbol.end()
    for found in _SECOND.finditer(words):
        first = words[: found.start()]
        office = first.rpartition(", ")[2]
        ends = office.split()[-1].strip(".") if office.split() else ""
        given = is_given(found["given"]) or is_plain(found["given"])
        if ", " in first and given and (ends.isupper() or not RANK.match(f"{ends} ")):
            return found.end()
    return None


_TITLED_NEXT = re.compile(
    r"(?<=[A-Za-z.)]) (?=(?:(?:Acting|Deputy|Under|Assistant|Lieutenant|Major|Brigadier) )*"
    r"(?:Mr|Mrs|Miss|Dr|Ambassador|General|Admiral|Colonel|Secretary|Minister|Counselor|Senator)\b\.? "
    r"(?:[A-Z][a-z]+ |[A-Z]\. )*[A-Z][a-z]+)"
)


_FOR_WHOM = re.compile(r",? (?:\[[^\]]*\] )?(?:for|of) (?:[A-Z][A-Z/]{1,8}|State|Defense)(?: for .*)?$")
"""For what office somebody was there: `Mr. Jorden for WH; Messrs. Trueheart and Fleck of FE`."""


def _names_any(words: str) -> bool:
    told = entry_of(words)
    return _SEVERAL.search(words) is not None or (told is not None and bool(told.name))


def _titled_apart(words: str) -> list[str]:
    """The persons of a paragraph that holds a whole list without line ends, each with a title and an office.

    `Dr. Schroeder, Foreign Minister, Federal Republic of Germany Ambassador Knappstein, German Embassy`:
    every part must be a person, and one of those before the last have an office.
    """
    parts: list[str] = []
    at = 0
    for found in _TITLED_NEXT.finditer(words):
        before = words[at : found.start()]
        last = before.split()[-1]
        seat = before.startswith("The ") and ", " not in before
        if last[:1].isupper() and (last.isupper() or RANK.match(f"{last} ") is None or seat):
            parts.append(before)
            at = found.end()
    parts.append(words[at:])
    read = [entry_of(part) for part in parts]
    whole = all(
        one is not None and (one.name or part.startswith("The "))
        for one, part in zip(read, parts, strict=True)
    )
    behind = any(one is not None and one.office and one.name for one in read[:-1])
    return parts if len(parts) > 1 and whole and behind else []


def _lists_names(parts: list[str]) -> bool:
    """Whether a comma line holds a person each, with a title or an office: three and more of them."""
    if len(parts) < 3:
        return False
    if _lists_surnames(parts) or (len(parts) > 3 and _lists_all(parts)):
        return True
    read = [entry_of(part) for part in parts]
    titled = [e for e in read if e is not None and e.name and not e.symbol and (e.titles or len(e.name) > 1)]
    return len(titled) == len(parts) and sum(1 for e in titled if e.titles) * 2 >= len(parts)


def _lists_surnames(parts: list[str]) -> bool:
    """Whether a comma line holds names without titles: `Gerard Smith, McElroy, Quarles`."""
    return (
        len(parts) > 2
        and all(NAME.fullmatch(part) and len(part.split()) < 4 and not part.isupper() for part in parts)
        and not any(is_nation(part.upper()) or is_office(part) for part in parts)
        and sum(is_plain(part) for part in parts) * 3 >= len(parts) * 2
    )


def _lists_all(parts: list[str]) -> bool:
    """Whether a comma line holds titles, offices and names: `The President, McNamara, Mr. Bell`."""
    named = 0
    for part in parts:
        told = entry_of(part)
        if (told is not None and told.name and not told.office and not told.symbol) or (
            NAME.fullmatch(part) and len(part.split()) < 4 and is_plain(part)
        ):
            named += 1
        elif not (is_office(part.removeprefix("The ")) and len(part.split()) < 4):
            return False
    return named * 2 >= len(parts)


def _is_titled(words: str) -> bool:
    """A title and a name: `General Krulak`, and not `Ambassador British Embassy` or `Director Personnel`."""
    entry = entry_of(words)
    return entry is not None and bool(entry.titles and entry.name) and not entry.office


def _one(entry: ListedParticipant, words: str, side: str) -> ListedParticipant:
    return replace(entry, text=replace(entry.text, words=words), side=side)
