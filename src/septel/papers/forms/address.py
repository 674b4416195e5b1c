"""To whom a letter goes, and heads without labels.

A letter's address stands above its salutation, or under its signature as the British type it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from septel.papers.forms.cells import is_cell

_SALUTED = re.compile(r"^\W{0,3}(?:My )?Dear\b")
_TITLED = re.compile(
    r"^(?:To )?(?:The )?(?P<title>Mr|Mrs|Miss|Ms|Dr|Prof|Professor|Honou?rable|Hon|General|Gen|Colonel|Lt|"
    r"Captain|Capt|Major|Commander|Admiral|Senator|Sir|Reverend|Rev)\b|^To [A-Z]"
)
_NAME = re.compile(r"^(?:[A-Z][\w.'’-]*\s+){1,5}[A-Z][\w.'’-]+(?:, (?:Jr|Sr|Esq|M\.?D)\.?)?$")
_NOT = re.compile(
    r"\d{4}|^\W*(?:SECRET|CONFIDENTIAL|TOP SECRET|COPY|DRAFT|FILE)\b|[:;]|RELEASE|RETURN TO|\bref\b",
    re.IGNORECASE,
)
_POST = re.compile(
    r"(?:(?:The|Acting|Deputy|Assistant|Associate|Executive) )*(?:Chief|Director|Secretary|Chairman|"
    r"Commissioner|Administrator|Inspector General|General Counsel|Comptroller|"
    r"(?:SAC|Legat)(?=,)|(?:Record|Files?)$)\b",
    re.IGNORECASE,
)
_HIGHEST = 10
"""An address with its town begins so many lines above the salutation at the most."""
_FURTHEST = 40


def is_post(who: str) -> bool:
    """Whether somebody is named by his post, or as the record or file: words that a misread letter shows."""
    return _POST.match(who) is not None


def addressed(lines: Sequence[str]) -> str:
    """The receiver of a letter without office and place; empty where it has no salutation or no address.

    Args:
        lines: the letter's lines, without empty ones.
    """
    at = next((n for n, line in enumerate(lines[:_FURTHEST]) if _SALUTED.match(line)), None)
    if at is None:
        return ""
    above = [line.strip() for line in lines[max(0, at - _HIGHEST) : at]]
    titled = [line for line in above if _TITLED.match(line) and not _NOT.search(line) and len(line) < 60]
    if titled:
        return _bare(titled[-1])
    below = [line.strip() for line in lines[at + 4 :] if _TITLED.match(line.strip())]
    if not above and below:
        return below[-1] if len(below[-1]) < 40 else ""
    cut = next((n + 1 for n in range(len(above) - 1, -1, -1) if _NOT.search(above[n])), 0)
    named = [line for line in above[cut:] if _NAME.match(line)]
    return named[0] if named else ""


@dataclass(frozen=True, slots=True)
class BareHead:
    """Receiver, sender and subject that stand one under the other without labels."""

    to: str
    sender: str
    subject: str


def bare_head(lines: Sequence[str]) -> BareHead | None:
    """The three lines without labels that some papers begin with; None where they don't stand so.

    Args:
        lines: those above the text, without empty ones.
    """
    parts = [part.strip(" .:") for line in lines for part in re.split(r"\s{5,}", line) if part.strip()]
    parts = [DATED_BEHIND.sub("", part) for part in parts]
    first = next((n for n, part in enumerate(parts) if _OFFICE.fullmatch(part)), len(parts))
    last = first
    while last + 1 < len(parts) and _OFFICE.fullmatch(parts[last + 1]):
        last += 1  # between receiver and sender may stand who is informed
    if last == first and last + 1 < len(parts) and _NAME.match(parts[last + 1]):
        last += 1
    if first == last or last + 1 >= len(parts) or _NOT.search(parts[last + 1]):
        return None
    return BareHead(parts[first], parts[last], parts[last + 1])


def bare_title(lines: Sequence[str]) -> str:
    """The title that stands alone between the head of a paper and its text; empty where none does.

    It follows the date, the office's own number, or the name of a memorandum for the record.

    Args:
        lines: those above the text, without empty ones.
    """
    above = [line.strip() for line in lines]
    at = next((n for n in range(len(above) - 1, -1, -1) if _BEFORE_TITLE.fullmatch(above[n])), None)
    if at is None or any(re.match(r"\W*DEAR\b", line, re.IGNORECASE) for line in above):
        return ""
    found: list[str] = []
    for line in above[at + 1 :]:
        if is_cell(line) or _UNTITLED.search(line):
            break
        if found or re.search(r"\w", line[1:]):
            found.append(line)
    title = " ".join(found).strip(' .:;*#"“”')
    words = re.findall(r"[^\W\d_]{3,}", title)
    named = _NAME.match(title) or _TITLED.match(title) or _OFFICE.fullmatch(title)
    if named or len(words) < _FEWEST or len(found) > _ROWS or not title[:1].isupper():
        return ""
    return title


_BEFORE_TITLE = re.compile(
    r"\W*(?:\d{1,2} [A-Z][A-Za-z]{2,8}\.?,? (?:19)?[4-9]\d|[A-Z][A-Za-z]{2,8}\.? \d{1,2},? 19\d\d|"
    r"[A-Z]{2,6}\sN[Oo]\.\s?[\d/-]{3,10}|MEMO(?:RANDUM)? FOR (?:THE )?(?:RECORD|FILES?))\W*"
)
_UNTITLED = re.compile(
    r"\b(?:SECRET|CONFIDENTIAL|UNCLASSIFIED|DISSEM|EYES ONLY|RETURN TO|RELEASE|COPY|DRAFT|PAGE|WASHINGTON|"
    r"AGENCY|DEPARTMENT|OFFICE OF|DIRECTORATE|PRESENT|ATTENDE\w+|PARTICIPANTS)\b|"
    r"^\W*[A-Z][a-z]+\s?:|[:;]\s*$|@|^TO\b"
)
"""Markings, letterheads and labels; a title has none of them."""
_FEWEST, _ROWS = 2, 3
"""A title has so many words at least, and so many rows at the most."""
_OFFICE = re.compile(
    r"(?:(?:Acting|Deputy|Assistant|Asst\.?) )?(?:Chiefs?|Director)\b[A-Za-z0-9,/.&() -]{2,44}(?<![,-])"
)
"""An office alone on its line."""
DATED_BEHIND = re.compile(r"\s+\d{1,2} [A-Z][a-z]{2,8}\.? 19\d\d$")
"""A date behind an office."""


def _bare(line: str) -> str:
    return re.sub(r"^To ", "", line).strip(" ,.")


_KEPT = re.compile(
    r"\W*(?P<the>THE )?(?:(?P<record>R ?E ?C ?O ?R ?D|RE?[CG]?[O0]?RD|RECO[RN]D)|(?P<file>FILES?))\b",
    re.IGNORECASE,
)
"""A memorandum for the record or for the file, where it is kept: its label names no other receiver."""
_NAMED_AT = re.compile(r"(?:[A-Z][A-Z.]+ ){1,3}?[A-Z]{2,}, [A-Z]{2,}(?: [A-Z]{2,})?")
"""A name with its service, in capitals."""


def kept_for(who: str) -> str:
    """THE RECORD or FILE as whom a memorandum is for; empty for anybody else."""
    match = _KEPT.match(who)
    if match is None:
        return ""
    return f"{'THE ' if match['the'] else ''}{'RECORD' if match['record'] else match['file'].upper()}"


def released(who: str) -> str:
    """A name without the brackets in which the releaser's pen put it whole."""
    told = re.fullmatch(r"[(\[]\s*(?P<who>[^()\[\]]{3,})[)\]]", who)
    return told["who"].strip() if told else who


def further_receivers(lines: Sequence[str], receiver: str) -> tuple[str, ...]:
    """Further receivers, one to a line under the first: of a note by mail, or names with their services."""
    at = next((n for n, line in enumerate(lines) if line.endswith(receiver)), None)
    if at is None or kept_for(receiver):
        return ()
    if _RANKED.match(receiver):
        return _ranked(lines[at + 1 : at + 12])
    if is_post(receiver):
        return _posts(lines[at + 1 : at + 12])
    if not re.search(r"@|,", receiver):
        return ()
    found: list[str] = []
    for line in lines[at + 1 : at + 12]:
        bare = line.strip()
        if not (
            "@" in bare if "@" in receiver else _NAMED_AT.fullmatch(bare) and _NAMED_AT.fullmatch(receiver)
        ):
            break
        found.append(bare)
    # One further line may be the receiver's office.
    return tuple(found) if "@" in receiver or len(found) > 1 else ()


_RANKED = re.compile(
    r"(?:(?:Brigadier|Major|Lieutenant|Rear|Vice|Lt\.?|Maj\.?|Brig\.?)\s)?(?:Mr|Mrs|Miss|Dr|General|Gen|Admiral|Adm|Colonel|Col|"
    r"Captain|Capt|Major|Commander|Ambassador|Senator|Governor)\b\.?\s(?=[A-Z])",
    re.IGNORECASE,
)
"""A person with rank or title."""


def _posts(below: Sequence[str]) -> tuple[str, ...]:
    """Further receivers by their posts, one to a line: what begins otherwise is the last one's office."""
    found: list[str] = []
    for line in map(str.strip, below):
        if not is_post(line) or is_cell(line) or len(line) > _WIDEST_POST:
            break
        found.append(line.strip(" .:;"))
    return tuple(found)


_WIDEST_POST = 60


def _ranked(below: Sequence[str]) -> tuple[str, ...]:
    """Further receivers with rank or title, one to a line; a bracket that stands under one is its own."""
    found: list[str] = []
    for line in map(str.strip, below):
        if _RANKED.match(line) and not is_cell(line):
            found.append(line)
        elif found and re.fullmatch(r"\(.*\)", line):
            found[-1] = f"{found[-1]} {line}"
        else:
            break
    return tuple(found)
