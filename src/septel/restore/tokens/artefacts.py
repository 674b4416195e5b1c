"""What a modern engine writes that no typist typed: dirt as marks, signs of print, letters in numbers.

On worn pages Tesseract reads specks and margins as marks that stand alone (`SECRET |`, `: THE`); of the marks
that stood alone on 240 worn pages of our own making more than nine in ten were dirt. It writes quotation
marks, apostrophes and dashes as print has them, and takes a nought for an O where a number stands. All this
is cleared before anything is read, so that the rest is read in its true neighbourhood; every clearing is an
edit that can be undone.
"""

from __future__ import annotations

import re

SPECKS = frozenset(".,:;'`\"~|_°©®*!()[]{}\\/<>^·•■-—–‘’“”«»¦§¬")
"""Marks that are dirt when they stand alone. `=`, `+`, `#`, `%`, `&`, `$` and `¥` are not: typists set them
apart, and some printers of cables ended lines with a sign that is read as `¥`."""
FEW = 3
"""Marks that stand together as dirt, at most; a longer row is a rule or an omission."""
TYPED = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": ",", "—": "-", "–": "-", "−": "-"}
)
"""What a typewriter has for the signs of print."""
FIGURES = str.maketrans("OoQIl|", "000111")
_DASHES = re.compile(r"[-—–]+|\.{2,}")
_TOKEN = re.compile(r"\S+")
_LEADING = re.compile(r"[‘’|~°_©®•■«»¦§¬,;:!?\\]+(?=\w)|\.+(?=[A-Za-z])")
_TRAILING = re.compile(r"(?<=[\w.,;:)])[‘|~°_©®•■«»¦§¬\\]+$")
_LEADING_KNOWN = re.compile(_LEADING.pattern.replace("_", ""))
_TRAILING_KNOWN = re.compile(r"(?<=[\w.,;:)])[‘|~©®•■«»¦§¬\\]+$|(?<=[^\W\d]|[.,;:)])°+$")
_NUMBER = re.compile(
    r"\b(?!O\d\b(?!\s+\d\d))(?:[OoQl][0-9OoQl|]*[0-9][0-9OoQl|]*|[0-9][0-9OoQIl|]*[OoQl|][0-9OoQIl|]*)\b"
)
_OFFICE = re.compile(r"(?<![\w-])[A-Z]{1,5}-([0-9OQIl|]{2})(?=\W*$|\W*\s)")
_DOUBLED = re.compile(r"(?<![\w-])([A-Z]{1,5}-)[O0][O0Il1|]([0-9])(?!\S)")
_PAGE = re.compile(r"\bPAGE ([0-9OQIl|]{2})\b")
_DATED = re.compile(
    r"\b(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d([27])"
    r"(?=\s+(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC))"
)
_HEADED = re.compile(r"\bPAGE \d\d\b.* (?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d([27])\b")
_UNTYPED = re.compile(r"[‘’“”|~°©®•■—«»¦¬]")
_UNTYPED_MIXED = re.compile(r"[|~°©®■«»¦¬_]|(?<=\S)•|•(?=\S)")
SIGNS = 3
"""So many signs that no typist had show that a text was read by an engine."""
_OMISSION = re.compile(r"(?<![^\s])\.{4,8}(?!\S)|(?<=[a-z])\.{5,8}(?!\S)")
BRACES = 2
"""So many braces of each kind show that they were typed."""
BRACKETS = str.maketrans("{}", "()")
NARROW = 2
"""Blanks at a line's beginning that are no indent, at most."""
OFFICES = 3
"""So many offices with their numbers make a line of distribution."""


def scanned(text: str, *, mixed: bool) -> bool:
    """Whether a text has signs that no typist had: an engine read it from an image.

    Mixed text may have been set in print, so its quotation marks and dashes say nothing, nor do the bullets
    of its lists.
    """
    return len((_UNTYPED_MIXED if mixed else _UNTYPED).findall(text)) >= SIGNS


def without_artefacts(line: str, *, given_up: bool = False) -> str:
    """The line with dirt as blanks and typed signs in place of printed ones; as long as it was.

    Args:
        line: the line.
        given_up: whether the engine writes `_`, within or beside a word, for a character that it gave up on.
    """
    leading, trailing = (_LEADING_KNOWN, _TRAILING_KNOWN) if given_up else (_LEADING, _TRAILING)
    tokens = list(_TOKEN.finditer(line))
    out = list(line)
    for number, token in enumerate(tokens):
        start, end = token.span()
        text = token.group()
        edge = number in (0, len(tokens) - 1)
        if _is_speck(text, edge=edge, alone=len(tokens) == 1):
            out[start:end] = " " * len(text)
            continue
        for place in (leading.match(text), trailing.search(text)):
            if place:
                out[start + place.start() : start + place.end()] = " " * len(place.group())
    return numbered(_OMISSION.sub(_omitted, "".join(out)).translate(TYPED))


def settled(line: str) -> str:
    """The line with rows of stops as omissions and figures where a number asks for them; as long as it was.

    That much may be cleared of any page that an engine read, whatever its dirt looks like.
    """
    return _NUMBER.sub(lambda found: found.group().translate(FIGURES), _OMISSION.sub(_omitted, line))


def edges(raw: str, read: str) -> list[tuple[int, int]]:
    """The parts at a line's edges that hold blanks or dirt and should go; a typed indent stays.

    Args:
        raw: the line as it came.
        read: the line with dirt as blanks.
    """
    lead, end = len(read) - len(read.lstrip()), len(read.rstrip())
    found = []
    if 0 < lead <= NARROW or raw[:lead].strip():
        found.append((0, lead))
    if end < len(raw):
        found.append((end, len(raw)))
    return found


def typed_braces(text: str) -> bool:
    """Whether a text was typed with braces for brackets, as some printers of cables did."""
    return min(text.count("{"), text.count("}")) >= BRACES


def with_braces(text: str, seen: str) -> str:
    """A word with the braces that were seen in it, where it was read with brackets."""
    if "(" not in seen and seen.count("{") == text.count("("):
        text = text.replace("(", "{")
    if ")" not in seen and seen.count("}") == text.count(")"):
        text = text.replace(")", "}")
    return text


def numbered(line: str) -> str:
    """The line with figures where the form asks for them.

    A number is figures; an office of a distribution list and a page have two; a date-time group ends in Z.
    """
    line = _NUMBER.sub(lambda found: found.group().translate(FIGURES), line)
    if len(_OFFICE.findall(line)) >= OFFICES:
        line = _OFFICE.sub(_in_figures, line)
        line = _DOUBLED.sub(r"\g<1>0\g<2> ", line)
    line = _PAGE.sub(_in_figures, line)
    for form in (_DATED, _HEADED):
        found = form.search(line)
        if found:
            line = line[: found.start(1)] + "Z" + line[found.end(1) :]
    return line


def _omitted(found: re.Match[str]) -> str:
    """An omission is three stops, after the stop of its sentence where there is one."""
    stops = found.group()
    whole = found.start() == 0 or found.string[found.start() - 1].isspace()
    return ("..." if whole else ". ...").ljust(len(stops))


def _in_figures(found: re.Match[str]) -> str:
    whole, at = found.group(), found.start(1) - found.start()
    return whole[:at] + found.group(1).translate(FIGURES) + whole[at + len(found.group(1)) :]


def _is_speck(token: str, *, edge: bool, alone: bool) -> bool:
    if len(token) > FEW or not set(token) <= SPECKS:
        return False
    # A dash between words is a dash, a row of stops an omission.
    return not _DASHES.fullmatch(token) or (edge and not alone and len(token) == 1)
