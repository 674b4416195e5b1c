"""Who signs a typed paper: the name that stands alone behind its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NAMED = re.compile(
    r"^\W{0,3}(?:!?\[[^\]]*[Ss]ignature[^\]]*\]\s*|[Ss]ignature of .{3,40}?\s{2,})?(?:/s/\s*|[Ff]or\s+)?"
    r"(?P<name>(?:[A-Z][A-Za-z'’-]+\.?\s+|[A-Z][.,]?\s+){1,3}(?:Mc|Mac|de |von )?[A-Z][A-Za-z'’-]{2,}"
    r"(?:, (?:Jr|JR|Sr|SR|II|III)\.?)?)(?:, (?:MAJ|LT|COL|CAPT|CDR|USN|USA|USAF|USMC)\.?)*\W{0,3}$"
)
_INITIAL = re.compile(r"(?:^|\s)[A-Z]\.?\s")
_PSEUDONYM = re.compile(r"[a-z]\.?\s[A-Z]{3,}$")
"""A surname alone in capitals, as pseudonyms are typed."""
_LETTERED = re.compile(r"(?:[A-H]|[IVX]{1,4})\. [A-Z]+\W*$")
"""The title of a lettered or numbered part."""
_TITLE = re.compile(
    r"^\W*(?:(?:Acting|Deputy|Assistant|Associate|Executive|Special|Senior|Staff|Personnel|Contracting|General|"
    r"Administrative|Under) )*(?:Chief|Director|Secretary|Officer|Counsel|Agent|Commissioner|Ambassador|"
    r"Attorney|Inspector|Representative|Coordinator|President|Chairman|Consul|Colonel|Captain|Major|Commander|"
    r"Administrator|Assistant|Branch|Executive|Researcher|Analyst)\b|"
    r"^\W*(?-i:(?:A?D?C/|DD|AD|C)[A-Z]*/?[A-Z/]{1,10})\W*$|"
    r"^\W*(?-i:(?:[A-Z][a-z]+ ){1,3}(?:Officer|Attach[eé]|Agent|Chief|Director|Counsel|Analyst))\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"(?:Sincerely|Respectfully|Very truly|Yours|Cordially|Faithfully|Regards)\b|"
    r"^\W*(?:FOR|BY)\b.{0,40}:\W*$|"
    r"!\[.*[Ss]ignature|^\W*BY\W*$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"!\s?\[?.*signature|/s/", re.IGNORECASE)
_LISTED = re.compile(
    r"^\W*(?:cc|Distribution|Attachments?|Enclosures?|(?:\d+ )?Encl\b|Orig(?:inal)?|Copies)\b", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"\b(?:SECRET|CONFIDENTIAL|TOP|CIA|COPY|FILE|RECORD|RETURN|BACKGROUND|USE|ONLY|REPRODUCE|DISTRIBUTION|DATE|"
    r"ATTACHMENT|UNITED|STATES|GOVERNMENT|OFFICER|OFFICE|DIRECTOR|CHIEF|DIVISION|STATION|BRANCH|SECTION|STAFF|"
    r"DISPATCH|MEMORANDUM|CONTINUED|END|PAGE|FORM|RYBAT|TYPIC|KAPOK|FYI|RELEASED?|CLASSIFICATION|ENCLOSURES?|"
    r"NEW|SAN|CITY|STREET|AVENUE|EMBASSY|DEPARTMENT|BUREAU|ASSASSINATION|COMMITTEE|BOARD|COMMISSION|INDEX|"
    r"SPECIFIC|GENERAL|OPERATIONAL|MR|MRS|MISS|DR|HON|ACTION|REQUIRED|REFERENCES?|AS|OF|THE|AND|FOR|TO|BY|IN|NOT|SEE|DEAR|SIR|SUBJECT|PROJECT|OPERATION|GROUP|WITNESS|APPROVED|ACCEPTED|"
    r"JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|JAN|FEB|MAR|APR|AUG|SEPT?|OCT|NOV|DEC|"
    r"CUBA|MEXICO|SECURITY|"
    r"DECL|OADR|DRV|IMPDET|DOCUMENTS?|OBJECTION|SANITIZED|SEPARATE|"
    r"EXECUTIVE|AGENCY|CENTRAL|INTELLIGENCE|INFORMATION|REPORT|NATIONAL|SERVICE|SPECIAL|SINCERELY|YOURS)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\W*\d{1,2}\s[A-Z][A-Za-z]{2,8}\.?,?\s(?:19)?\d\d\b")
_PROSE = re.compile(r"(?:\S+\s+){7,}\S+")
TAIL = 40
"""So many lines at a paper's end may bear the signer's name."""
_NEAR = 4
"""A list of copies or enclosures stands so many lines under a name that signs."""
_SHORTEST = 4
"""Words in capitals without an initial are a name where none is shorter."""
_FEW = 3
"""Of so many names alone none signs without another sign: they are a list."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A signer and whether a title, a closing or a signature beside the name tells so."""

    name: str
    sure: bool


def signer_of(lines: Sequence[str], body: int = 0, tail: int = TAIL) -> Signer | None:
    """The signer of a paper; None where nobody's name stands alone behind its text.

    Args:
        lines: the paper's lines, without empty ones.
        body: where its text begins.
        tail: so many lines at its end may bear the name.
    """
    first = max(body, len(lines) - tail)
    prose = [
        at for at, line in enumerate(lines) if at >= first and _PROSE.match(line) and not _LISTED.match(line)
    ]
    start = max(first, (prose[-1] + 1) if prose and prose[-1] < len(lines) - 1 else first)
    told = [(at, match["name"]) for at in range(first, len(lines)) if (match := _name_on(lines[at]))]
    plain = [one for one in told if _INITIAL.search(one[1]) or _PSEUDONYM.search(one[1])]
    best: tuple[int, int, str] | None = None
    listed = next((at for at in range(first, len(lines)) if _LISTED.match(lines[at])), len(lines))
    for at, name in told:
        sign = _evidence(lines, at)
        dated = at + 1 < len(lines) and _DATED.match(lines[at + 1]) is not None
        weight = 2 * sign + 2 * dated + ((at, name) in plain) + (at < listed) + (at >= start)
        near = dated or at < listed <= at + _NEAR
        if not sign and ((at, name) not in plain or len(plain) > _FEW) and not (near and name.isupper()):
            continue
        if not sign and at < start and not near:
            continue
        if best is None or weight > best[0]:
            best = (weight, sign, name)
    return Signer(_clean(best[2]), best[1] > 0) if best else None


def _clean(name: str) -> str:
    """A name with stops behind its initials: a comma there is a misread one."""
    return re.sub(r"(?<=\b[A-Z]),(?=\s)", ".", " ".join(name.split()))


def _name_on(line: str) -> re.Match[str] | None:
    match = _NAMED.match(line.strip())
    if _LETTERED.match(line.strip(" #")):
        return None
    if (
        match
        and match["name"].isupper()
        and not _INITIAL.search(match["name"])
        and min(map(len, match["name"].split())) < _SHORTEST
    ):
        return None
    return match if match and len(match["name"]) < 40 and not _NO_NAME.search(match["name"]) else None


def _evidence(lines: Sequence[str], at: int) -> int:
    """How many signs beside a name say that it signs."""
    above = lines[max(0, at - 2) : at]
    below = lines[at + 1 : at + 2]
    closed = any(_CLOSED.search(line) for line in above)
    titled = any(_TITLE.match(line) and len(line) < 60 for line in below)
    return (
        closed + titled + any(_SIGNED.search(line) for line in (*above, *lines[at + 1 : at + 3], lines[at]))
    )
