"""What a reference line names, by a grammar of its own: the truth that found references are held against."""

from __future__ import annotations

import re
from collections import Counter

from septel.citations import Reference, ReferenceKind
from septel.lexicon import Lexicon, letters

Named = tuple[str, str]
"""What a reference names: a post or sender by its name, and a number, `A-150` or a date-time group."""

_MONTH = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\.?"
_LINE = re.compile(
    r"^(?:REF(?:ERENCES?|TELS?|S)?(?:\(S\)|/S)?)\s*[:;-]+\s*(?P<first>.*)$|^REFS\s+(?P<bare>\(?A[.)].*)$"
)
_DATES = re.compile(
    rf"(?:OF|DTD|DATED|\()?\s*(?:(?<!\d)\d{{1,2}}\s+{_MONTH}\s+19\d\d|{_MONTH}\s*\d{{1,2}}(?:,?\s*19\d\d)?(?!\d)|\d{{1,2}}/\d{{1,2}}/\d\d|"
    rf"\d{{6}}Z\s*{_MONTH}\s*\d\d|{_MONTH}\s*19\d\d)"
)
_ITEM = re.compile(r"(?:^|(?<=[\s:;,(]))\(?[A-H1-9][.)L]\)?\s+")
_BETWEEN = re.compile(
    r"[;:]|,(?!\s*19\d\d)|\bAND\b|(?=\([A-H]\))|(?<=\d)\s+(?=[A-H]\)|[A-H1-9]\. )"
    rf"|(?<=\d\d\d)\s+(?=(?!OF|DTD|DATED|{_MONTH})[A-Z]{{2,}}[A-Z ]* \d{{3,6}})"
)
_GROUP = re.compile(
    rf"(?P<sender>[A-Z][A-Z/. ]*?)?\s*(?:MSG|MESSAGE|DTG|\bP\b|[. ])*\s*"
    rf"(?P<time>\d{{6}}Z?)\s?(?P<month>{_MONTH})?\s*(?P<year>\d{{2,4}})?"
)
_NUMBERED = re.compile(
    r"(?:\b[67]\d\s+)?(?P<name>[A-Z][A-Z/. ]*?)?\s*(?P<air>\bA-?\s?)?(?P<number>\d{2,6}|(?<=A-)\d)\b"
)


def named_in(line: str) -> Counter[Named]:
    """What a reference line names, read by a grammar of its own: names, numbers, dates left out."""
    text = " ".join(line.upper().replace("(NOTAL)", " ").split())
    text = re.sub(r"(?:OF )?\b\d{1,2}/\d{1,2}/\d\d\b", " ", text)
    found: Counter[Named] = Counter()
    for part in _BETWEEN.split(text):
        item = _ITEM.sub("", part.strip() + " ", count=1).strip()
        group = _GROUP.match(item)
        if (
            group
            and (group.group("time").endswith("Z") or group.group("month"))
            and not re.match(r"[A-Z ]+\d{5,6} ", item)
        ):
            words = re.split(r"[\s.]+", group.group("sender") or "")
            sender = letters("".join(w for w in words if w not in ("MESSAGE", "MSG", "DTG", "P")))
            found[sender, group.group("time").rstrip("Z")] += 1
            continue
        numbered = _NUMBERED.match(_DATES.sub(" ", item).strip())
        if numbered and numbered.group("number"):
            air = "A-" if numbered.group("air") else ""
            found[post_of(numbered.group("name") or ""), f"{air}{int(numbered.group('number'))}"] += 1
    return found


def post_of(name: str) -> str:
    """The lexicon's name of a post; the letters of what it does not know."""
    post = Lexicon.shipped().post(name) if name.strip() else None
    return post.name if post else letters(name)


def named_by(reference: Reference) -> Named | None:
    """What a found reference names, in the same form; None for what is no message."""
    number = str(int(reference.number)) if reference.number else ""
    if reference.kind is ReferenceKind.AIRGRAM:
        return reference.post or "", f"A-{number}"
    if reference.kind is ReferenceKind.BY_TIME:
        return letters(reference.sender or ""), (reference.time or "")[:6]
    if reference.kind is ReferenceKind.TELEGRAM:
        return reference.post or letters(reference.normal), number
    if reference.kind is ReferenceKind.SERIES:
        return reference.series or "", number
    return None


def reference_line(text: str) -> str:
    """The reference line as it stands in a released telegram, up to the next empty line."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        match = _LINE.match(line.strip())
        if match is None or not any(re.match(r"\s*SUBJ", before) for before in lines[:at]):
            continue
        block = [match.group("first") or match.group("bare") or ""]
        for following in lines[at + 1 :]:
            if not following.strip() or re.match(r"\s*\(?1[.)]\s*[A-Z]", following):
                break
            block.append(following.strip())
        return " ".join(block)
    return ""
