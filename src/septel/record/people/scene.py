"""Where a document stands: the nation from which a post writes, and the words that it writes large."""

from __future__ import annotations

import re
from collections.abc import Iterable

from septel.lexicon import Lexicon
from septel.record.layout import DocumentLayout, Prose
from septel.record.model import Excerpt, is_nation, nation_of, nation_of_place
from septel.record.people.phrases import is_common

_WORD = re.compile(r"[^\W\d_]{3,}")


def proper_nouns(passages: Iterable[Prose]) -> frozenset[str]:
    """Words, in upper case, that a document writes large within its sentences, and never small."""
    large: set[str] = set()
    small: set[str] = set()
    for prose in passages:
        if prose.in_capitals:
            continue
        for found in _WORD.finditer(prose.text):
            word = found.group()
            if word.islower():
                small.add(word.upper())
            elif word[0].isupper() and word[1:].islower():
                before = prose.text[max(0, found.start() - 3) : found.start()].rstrip()[-1:]
                if before and before not in '.!?:;“"”':
                    large.add(word.upper())
    return frozenset(large - small)


_THINGS = re.compile(
    r"\b(?:TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|TWELVE|TWENTY|THIRTY|FORTY|FIFTY|DOZEN|HUNDRED)"
    r"(?: OF THE| MORE| NEW| OLD)? (?P<counted>[A-Z]{3,}S)\b"
    r"|\b(?P<made>[A-Z]{3,})(?:-\d+\w?|S)? (?:AIRCRAFT|JETS?|PLANES?|FIGHTERS?|BOMBERS?|TANKS?|RIFLES?|GUNS?"
    r"|MACHINE ?GUNS?|SUBMACHINE|PISTOLS?|CARBINES?|MISSILES?|ROCKETS?|HELICOPTERS?|MORTARS?|LAUNCHERS?"
    r"|CARTRIDGES?|AMMUNITION|AMMO|TRUCKS?|TRACTORS?|ENGINES?|RADARS?)\b"
)
_WITH_ARTICLE = re.compile(
    r"\b[Tt]he (?P<what>[A-Z][a-z]{3,})"
    r"(?=[.,;:)]| (?:and|or|is|was|has|had|would|will|could|to|in|on|that|at|by|with|as)\b)"
)
_TITLED = re.compile(r"\b(?:MRS?|DR|GEN|COL|AMB|SEN|SIR)\.? (?:[A-Z][\w.]* )?(?P<who>[A-Z]{3,})\b")


def thing_names(passages: Iterable[Prose]) -> frozenset[str]:
    """Words, in upper case, that a document counts, joins to arms and engines, or writes behind THE alone.

    Makes of rifles, aircraft, and bodies are called by name like persons; whom the document gives a title is
    somebody.
    """
    things: set[str] = set()
    titled: set[str] = set()
    for prose in passages:
        for found in _THINGS.finditer(prose.plain):
            things.add(found["counted"] or found["made"])
        if not prose.in_capitals:
            things |= {found["what"].upper() for found in _WITH_ARTICLE.finditer(prose.text)}
        titled |= {found["who"] for found in _TITLED.finditer(prose.plain)}
    return frozenset(things - titled)


def home_nation(paper: DocumentLayout) -> str | None:
    """The nation in which the American post stands that sent a document; None where no post or none such."""
    if sent_from(paper) is not None:
        return None  # a traveller tells of other lands than that of the post through which he sends
    words = paper.origin.upper().removeprefix("AMEMBASSY").removeprefix("AMCONSUL").strip()
    if words:
        post = Lexicon.shipped().post(words)
        if post is not None and post.territory:
            return nation_of(post.territory.upper()) or nation_of_place(words)
        return nation_of_place(words)
    heading = paper.heading.plain if paper.heading else paper.title.upper()
    found = re.search(
        r"FROM THE (?:EMBASSY|CONSULATE(?: GENERAL)?|LEGATION) (?:IN|AT) (?P<where>.+?) TO "
        r"|^(?:NO\. ?\d+ )?THE (?:AMERICAN )?(?:AMBASSADOR|CHARG[EÉ]|MINISTER|CONSUL(?: GENERAL)?"
        r"|VICE CONSUL) (?:IN|AT) "
        r"(?P<of>[^(]+?) (?:\([^)]*\) )?TO (?:THE )?(?:ACTING )?(?:SECRETARY|DEPARTMENT|PRESIDENT)",
        heading,
    )
    where = (found.group("where") or found.group("of")) if found else ""
    return nation_of_place(where.strip().removeprefix("THE ")) if where else None


_SENT_FROM = re.compile(
    r"(?:^|[.,;)]\s+)(?P<for>(?:FOR|TO|PERSONAL|PRIVATE|EYES ONLY|EXCLUSIVE|PASS)\b[^.]{0,120}?\s)?"
    r"(?:PERSONAL\s|(?P<to>(?:[A-Z][\w.'’-]+\s){1,3}))?"
    r"FROM (?:THE )?(?P<who>(?:[\w.'’-]+\s){0,3}?[A-Z][\w'’-]+)(?: (?:FOR|IN)\b[^.]{0,40})?\."
    r"(?=\s|$)"
)
_SIGNED = re.compile(r"\b[Ss]igned (?P<who>[A-Z][a-z][\w'’-]+)\.?$")
_FROM_TO = re.compile(r"(?:\d{1,5}\. )?From (?P<who>[A-Z][a-z][\w'’-]+) to [A-Z][\w'’-]+\.")
_OPENING = 400
"""Characters of a telegram within which stands for whom and from whom it is."""
_NOBODY_ELSE = re.compile(
    r"\b(?:AMBASSADOR|EMBASSY|CHARGE|DEPARTMENT|DEPT|DELEGATION|USDEL|MISSION|CONSULATE|WASHINGTON)$"
    r"|\b(?:AND|TO|OF|BY)\b"
)
"""The post or its head, two persons, somebody's message: the signer sends it."""


def sent_from(paper: DocumentLayout) -> Excerpt | None:
    """From whom a telegram says that it is, whoever signs it: WOODWARD FROM GOODWIN."""
    if not paper.is_dispatched or not paper.blocks:
        return None
    signed = _SIGNED.search(paper.blocks[-1].prose.text)
    if signed is not None:
        return paper.blocks[-1].prose.excerpt(*signed.span("who"))
    prose = paper.blocks[0].prose
    passed = _FROM_TO.match(prose.text)
    if passed is not None and not is_common(passed["who"].upper()) and not is_nation(passed["who"].upper()):
        return prose.excerpt(*passed.span("who"))
    found = _SENT_FROM.search(prose.plain, 0, _OPENING)
    if found is None or _NOBODY_ELSE.search(found.group("who")) or is_nation(found.group("who")):
        return None
    if found["to"] and not found["for"] and any(is_common(word) for word in found["to"].split()):
        return None  # WOODWARD FROM GOODWIN, and not INSTRUCTIONS FROM GOODWIN
    surname = prose.text[found.end("who") - len(found.group("who").split()[-1]) : found.end("who")]
    return prose.excerpt(*found.span("who")) if surname[:1].isupper() else None
