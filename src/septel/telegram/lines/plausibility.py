"""Whether a line may be what a loose rule says, and whether it carries on the field above it."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA, Levenshtein

from septel.lexicon import Lexicon, letters
from septel.telegram.lines import exact as rules
from septel.telegram.lines.line import LineKind, TelegramLine

_CARRIED = frozenset(
    {LineKind.SUBJECT, LineKind.REFERENCE, LineKind.PASS, LineKind.TAGS, LineKind.EO, LineKind.ATTENTION}
)
_BEFORE_SUBJECT = frozenset(
    {LineKind.TAGS, LineKind.EO, LineKind.CLASS, LineKind.CAPTION, LineKind.PASS, LineKind.ATTENTION}
)
_BEFORE_REFERENCE = frozenset({LineKind.SUBJECT, LineKind.TAGS})
_LABELS = frozenset(
    {"TAGS", "TAG", "PASS", "ATTN", "FROM", "TO", "INFO", "SUB", "USDA", "USUN", "NOTE", "RE"}
)
_GRADES = ("CONFIDENTIAL", "LIMITEDOFFICIALUSE", "UNCLASSIFIED", "UNCLAS")
_SPACED = re.compile(r"(?:\S\s){4,}\S(?=\s|$)")
SPACED_OUT = re.compile(r"(?:\S\s){7,}\S(?=\s|$)")
"""A line that begins with letters spaced out, as grades are."""
_NUMBER_LAST = re.compile(r"\s\d{1,6}(?:/\d)?$")
_FIRST_WORD = re.compile(r"[,/ ]")
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]+\s*")
_LISTED = re.compile(r"(?:REF\S*\s*)?\d[.)]")
_PLAIN_NUMBER = re.compile(r"\d{1,2}\.")
_OPEN_END = re.compile(r"(?:[,;:/&-]|\b(?:AND|TO|OF|THE|FOR|IN|ON|WITH|A|AN|OR|BY|AS))$")
_REF_ITEM = re.compile(
    r"\(?[A-Z1-9](?:\.\)|[.)]|L )\s*\(?[A-Z0-9]|[A-Z][A-Z /.]{1,24} ?#?(?:A-?)?\d{2,6}\b"
    r"|\d{2,6}\b|\(?NOTAL|(?:AND|DTD) "
)
_LISTED_REF = re.compile(
    r"[A-H][.)]\s+(?P<post>[A-Z][A-Z/ .]{1,24}?)\s+(?:(?P<time>\d{6}Z?\s?[A-Z]{3}\s?\d\d)|\d{2,6})\b.{0,20}$"
)
# A line that tells something is no address: `FOR THE RECORD, I WOULD LIKE TO ...` (1974LAPAZ01760).
_SENTENCE = re.compile(r"\b(?:I|WE|IT|HE|THEY|IS|ARE|WAS|WERE|HAS|HAVE|HAD|WILL|WOULD|SHOULD|MAY|CAN)\b")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(/])(?:(?:[A-Z]\.){1,5}|(?:DR|MR|MRS|MS|MESSRS|ST|STE|MT|FT|GEN|LT|COL|CAPT|MAJ|SGT|ADM|SEN|REP|GOV|GOVT|"
    r"DEPT|AMB|MIN|PRES|SECY|ASST|DIR|CO|CORP|INC|LTD|CIA|BROS|NO|NOS|VOL|ART|SEC|PARA|FIG|ETC|VS|INT|INTL|ASSN|ORG|"
    r"JAN|FEB|MAR|APR|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC|FY|APPROX|AVE|BLVD|UNIV|DIV|EST|MIL|BIL|TEL|REF)\.)$"
)
_POST_NUMBER = re.compile(r"(?:\(?[A-H][.)]+\s*)?(?P<post>[A-Z][A-Z ]{1,20}?) (?:A-)?\d{2,6}\b")
_INITIALLED = re.compile(r"[A-Z]\. [A-Z]+(?: [A-Z]+)?$")
_STRICT_REF = re.compile(r"(?:MIL\.? ?MSG|[A-Z][A-Z /.]{1,24} ?#?(?:A-?)?\d{2,6}\b.{0,30}$|A-\d)")


def is_series(name: str, lexicon: Lexicon) -> bool:
    """Whether a word heads a run of numbers: one of the lexicon, or made like them (`RADTO`, `TORAD`)."""
    return name in lexicon.series_names or direction(name) is not None


def direction(name: str) -> str | None:
    """`from` the party for names that end in TO, `to` it for names that begin with it; else None."""
    if len(name) not in (5, 6):
        return None
    return "from" if name.endswith("TO") else ("to" if name.startswith("TO") else None)


def is_caption(text: str, lexicon: Lexicon) -> bool:
    """Whether a line holds captions and nothing else."""
    head = text[:2]
    if head.isalpha() and head.isascii() and head.upper() not in lexicon.caption_openings:
        return False
    known = lexicon.caption_forms
    if letters(text) in known:
        return True
    parts = [p for p in rules.CAPTION_SPLIT.split(text) if p]
    return bool(parts) and len(parts) < 5 and all(letters(p) in known for p in parts)


def is_codes(text: str, lexicon: Lexicon) -> bool:
    """Whether a line is codes of TAGS and nothing else: the first of the list, and half of them."""
    words = re.split(r"[,\s]+", text.strip(" .,;:"))
    known = sum(word in lexicon.tags for word in words)
    first = lexicon.tags.get(words[0])
    coded = all(re.fullmatch(r"[A-Z]{2,4}", word) for word in words)
    return coded and first is not None and first.kind == "subject" and 2 * known >= len(words)


def names_telegram(text: str, lexicon: Lexicon) -> bool:
    """Whether a lettered line is an entry of a reference list that lost its label (1975USBERL00411)."""
    match = _LISTED_REF.match(text)
    return match is not None and (bool(match.group("time")) or lexicon.post(match.group("post")) is not None)


def _names_post(text: str, lexicon: Lexicon) -> bool:
    match = _POST_NUMBER.match(text)
    return match is not None and lexicon.post(match.group("post")) is not None


def fits(
    line: TelegramLine, last: TelegramLine | None, kind: LineKind, match: re.Match[str], lexicon: Lexicon
) -> bool:
    """Whether a loose rule may hold here: PASS and ATTENTION look like prose."""
    if kind not in (LineKind.PASS, LineKind.ATTENTION):
        return True
    text = line.text
    if len(text) > 69 or (last is not None and last.kind is LineKind.SUBJECT and not line.gap):
        return False
    groups = match.groupdict()
    if kind is LineKind.PASS:
        who = (groups.get("who") or "").strip()
        if " PLEASE PASS " in text or text.startswith("PASS "):
            return True
        if text.endswith((".", "?")):
            return False
        return not who or who in ("DEPARTMENT", "EMBASSY") or lexicon.post(who) is not None
    if groups.get("station"):
        first = _FIRST_WORD.split(groups["station"], maxsplit=1)[0]
        known = lexicon.post(groups["station"]) or first in lexicon.offices
        known = (
            known
            or lexicon.post(first)
            or first in ("DEPT", "DEPARTMENT", "HQS", "HQ", "EMBASSY", "AIDW", "PASS", "NIACT")
        )
        return bool(known) and len(text.split()) <= 12
    return len(text) <= 69 and not _SENTENCE.search(text)


_CITED = re.compile(r"^\S*[A-Z/]{4,} (?:[A-Z/]+ )*(?:TELE?CONS?|MEMCONS?|LETTERS?|AIRGRAMS?)\b|\bNOTAL\b")
"""A whole short line that cites what is no telegram: `BINNS/AMBASSADOR TELECON JAN 31`."""


def carries_on(line: TelegramLine, last: TelegramLine | None, lexicon: Lexicon, *, noisy_text: bool) -> bool:
    """Whether a line without a rule continues the heading field above it."""
    if last is None or last.kind not in _CARRIED:
        return False
    text = line.text
    numbered = _NUMBERED.match(text)
    if numbered and last.kind is LineKind.REFERENCE:
        listed = _LISTED.match(last.text) is not None
        return listed and bool(_STRICT_REF.match(text[numbered.end() :]))
    if noisy_text and re.match(r"\W?\d{1,2}[.,]\s", text) and last.kind is not LineKind.REFERENCE:
        return False
    if last.kind is LineKind.SUBJECT and not line.gap and len(last.text) >= 48 and _INITIALLED.match(text):
        return True  # `... LESSOR AND CHARLES / E. STOKES` (1974LAPAZ02766)
    if rules.LABEL_OR_MARK.match(text) and last.kind is not LineKind.REFERENCE:
        return bool(last.kind is LineKind.SUBJECT and _OPEN_END.search(last.text)) and not text[0].isdigit()
    if line.indent >= 2 and (not line.gap or line.number - last.number <= 3):
        return not _PLAIN_NUMBER.match(text)
    if last.kind is LineKind.REFERENCE and not line.gap and last.text.endswith("/"):
        return True  # `(B) BEAL/ | HOOFNAGLE TELECON` (1979LAPAZ02194)
    if last.kind is LineKind.REFERENCE and noisy_text and not _OPEN_END.search(last.text):
        # An engine that drops blank lines leaves prose right under the references.
        cited = len(text) <= 48 and _CITED.search(text) is not None
        return cited or names_telegram(text, lexicon) or _names_post(text, lexicon)
    if last.kind is LineKind.REFERENCE:
        return bool(_REF_ITEM.match(text)) and (
            not line.gap or bool(_OPEN_END.search(last.text)) or len(text) < 40
        )
    if last.kind is LineKind.PASS:
        return not line.gap and (bool(_OPEN_END.search(last.text)) or len(text) <= 12 or noisy_text)
    if _OPEN_END.search(last.text):
        return True
    if last.kind is LineKind.SUBJECT:
        if line.gap or re.match(r"(?:TO|FROM|FOR|ATTN): ", text):
            return False
        # A stop that ends an abbreviation ends no subject: `... FROM U.S. / STRATEGIC RESERVES`.
        short = _ABBREVIATED.search(last.text) is not None and not _SENTENCE.search(text)
        return short or (len(last.text) >= 48 and not last.text.endswith("."))
    return (
        last.kind is LineKind.TAGS
        and not line.gap
        and bool(re.match(r"\(?[A-Z]{2,}[, ]", text))
        and "," in text
    )


def garbled_label(text: str, last: LineKind | None) -> tuple[LineKind, re.Match[str]] | None:
    """A subject or reference line whose label has a wrong letter or two, where such a line is due.

    A subject is due behind TAGS and executive order; references behind a subject, with what names a message.
    """
    if last in _BEFORE_SUBJECT:
        match = rules.GARBLED_SUBJECT.match(text)
        label = match.group("label") if match else ""
        least = min((OSA.distance(label, form) for form in ("SUBJ", "SUBJECT", "SUBJECTS")), default=9)
        if match and label not in _LABELS and least <= (2 if last is LineKind.TAGS else 1):
            return LineKind.SUBJECT, match
    if last in _BEFORE_REFERENCE:
        match = rules.GARBLED_REFERENCE.match(text)
        label = match.group("label") if match else ""
        least = min((OSA.distance(label, form) for form in ("REF", "REFS", "REFTEL")), default=9)
        if match and label and label not in _LABELS and least == 1 and _REF_ITEM.match(match.group("refs")):
            return LineKind.REFERENCE, match
    return None


def class_match(text: str) -> re.Match[str] | None:
    """A class line whose grade has a wrong sign or two, as if it had none; None for what is no such line.

    The match is on the line with the grade as it should be, at the line's own offsets.
    """
    if not _NUMBER_LAST.search(text):
        return None
    spaced = _SPACED.match(text)
    ends = [spaced.end()] if spaced else [word.end() for word in list(re.finditer(r"\S+", text))[:4]]
    for end in ends:
        seen = "".join(text[:end].split())
        for grade in _GRADES if not spaced else (*_GRADES, "SECRET", "TOPSECRET"):
            apart = OSA.distance(seen, grade, score_cutoff=2)
            if apart <= (2 if len(grade) > 8 else 1):
                match = rules.CLASS.match(
                    (grade.replace("LIMITEDOFFICIALUSE", "LOU")).ljust(end) + text[end:]
                )
                if match is not None and match.group("post") and match.group("serial"):
                    return match
    return None


def is_marking(text: str) -> bool:
    """Whether a line is a page marking with one wrong character: CONFID*NTIAL (1974LAPAZ00158)."""
    return text[0] in "CLU" and any(
        Levenshtein.distance(text, form, score_cutoff=1) <= 1
        for form in ("CONFIDENTIAL", "UNCLASSIFIED", "LIMITED OFFICIAL USE")
    )
