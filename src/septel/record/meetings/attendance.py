"""Who took part by what the running text tells: met, called on, accompanied by, also present."""

from __future__ import annotations

import re
from collections.abc import Iterator

from septel.record.layout import DocumentLayout, Prose, Role, side_of
from septel.record.model import Excerpt, Person, is_capital, is_nation
from septel.record.people import (
    NOT_NAMES,
    RANK,
    ListEntry,
    MentionFinder,
    Participant,
    entry_of,
    function_words,
    is_common,
    is_office,
    key_of,
    noun_kind,
    offices_of,
    surname_of,
)

_SENT = ("telegram", "airgram", "despatch")
_OPENING = 2
"""Paragraphs within which a report says who met."""
_DAY = r"(?:today|yesterday|this (?:morning|afternoon|evening)|last (?:night|evening)|[A-Z]\w+ \d{1,2})"
_LATER = (
    r"(?:[a-z]+ly |again |also |briefly |late |early |(?:on )?\d{1,2}(?:th|st|nd|rd) |[A-Z][a-z]+day "
    rf"|(?:on )?{_DAY} |(?:for|in) [\w ]{{2,30}} |at [\w.]+ ){{0,3}}"
)
"""When and how one met, between the verb and its preposition."""
_WHO = r"(?P<who>[A-Z][^.;:]{0,90}?|I|We|we)"
_MET = re.compile(
    rf"(?:^|[.;:,] |\b(?:and|when|After|When|as) ){_WHO},? (?:and I )?(?:{_DAY} |late |early )*"
    rf"(?:met|conferred|lunched|dined|talked|spoke) {_LATER}(?:with|to) (?P<whom>[A-Z].*)"
)
_CALL = rf"(?:paid|made) [\w ]{{0,30}}call {_LATER}on|(?:was|were) received {_LATER}by"
_CALLED = re.compile(
    rf"(?:^|[.;:] ){_WHO}(?: and I)?,? (?:(?:{_DAY}|accompanied by [^.;]{{3,90}},) )*"
    rf"(?:called {_LATER}on|saw|visited|came {_LATER}to see|{_CALL}) (?P<whom>[A-Z].*|me\b.*|us\b.*)"
)
_TALK = re.compile(
    r"(?:(?:\b(?:[Mm]y|[Oo]ur)\b|^(?:In|During|At|Following)\b)"
    r"(?:(?!\b(?:his|her|their|its)\b|['’]s\b)[^.;]){0,60}?"
    r"\b(?:conversation|meeting|talk|discussion|interview|call|lunch|luncheon|dinner|appointment)s? "
    r"|^(?:Call|Conversation|Meeting|Discussion|Talk)s? )"
    rf"{_LATER}(?:with|on|between) (?P<whom>[A-Z].*)"
)
_WITH = re.compile(
    r"\b(?:[Aa]ccompanied by|[Jj]oined by|[Aa]ttended by|[Ii]n (?:the )?presence of) "
    r"(?P<whom>(?:the |his |my |our )?[A-Z].*)"
)
_PRESENT_WERE = re.compile(
    r"\b(?:[Pp]resent(?: (?:also|at (?:the )?[\w ]{3,40}|on [\w ]{3,30} side|(?:from|for) [\w. ]{3,40}))?"
    r" (?:were|was|included)|[Pp]articipants (?:were|included)|[Ii]n attendance were"
    r"|[Aa]lso present(?: were| was|:))\b:? ?(?P<whom>(?:[Tt]he |[Oo]n )?[A-Z].*)"
)
_WERE_PRESENT = re.compile(
    r"(?P<whom>[A-Z][^.;:]{2,140}?),? (?:was|were|is|are )?(?: ?also)? ?"
    r"(?:present|in attendance|participated|took part|sat in)\b"
    r"(?! (?:position|situation|time|government|regime|at [Pp]aris|day|circum))"
)
_HELD = re.compile(r"\b(?:had|has|have|would|will|to|may|might|should|can|could|did not|not)$")
_NAME = r"(?:[A-ZÀ-Ý][\w.'’/-]*|d['’][A-Z]\w+)"
_CHUNK = re.compile(
    rf"(?:(?:the|his|my|our|The)\s+)?(?P<chunk>{_NAME}(?:\s+(?:(?:de|del|la|da|dos|von|van|der|al|el|bin|ben|of|for)\s+)*{_NAME})*)"
    r"(?P<bracket>\s*\([^)]{1,60}\))?"
)
_DATED = re.compile(
    r"\s(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|August|September"
    r"|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b.*$"
)
"""The day behind a name: `called on Congressman O'Hara Nov. 29`."""
_TELLS_ME = re.compile(
    r"\bI (?:then |also |again |\w+ly )?(?:met|saw|called|asked|told|said|replied|informed|conveyed|handed"
    r"|raised|delivered|pointed out|emphasized|explained)\b"
    r"|\b(?:told|asked|informed|assured|invited|handed|gave|showed|received|called on|came to see) me\b"
)
_SEVERAL = re.compile(
    r"(?:Ambassadors|Generals|Admirals|Colonels|Senators|Congressmen|Ministers|Messrs\.?) (?=[A-Z])"
)
"""The title of several who are named together."""
_INITIALLED = re.compile(r"(?:[A-Z]\. ?){1,3}[A-Z][a-z]+")
_NEXT = re.compile(r"\s*(?:,\s*(?:and\s+|as well as\s+)?|;\s*(?:and\s+)?|\s(?:and|plus)\s+|\s&\s)")


def attending_in(paper: DocumentLayout, finder: MentionFinder) -> tuple[Participant, ...]:
    """Those of whom the text says that they met, came along or were present, in its order.

    Names are taken from print of both cases, where the first paragraphs tell of the meeting; of those who
    were present, anywhere. Nobody is taken who had met before, or is to meet.
    """
    found: dict[str, Participant] = {}
    for at, block in enumerate(paper.blocks):
        if block.role is not Role.BODY or block.prose.in_capitals:
            continue
        for sentence in block.prose.sentences:
            for one in _of_sentence(block.prose, sentence.start, sentence.end, finder, opens=at < _OPENING):
                found.setdefault(one.person.key, one)
    author = finder.cast.author
    told = any(_TELLS_ME.search(block.prose.text) for block in paper.blocks if block.role is Role.BODY)
    if author is not None and told and paper.kind in _SENT:
        found.setdefault(author.person.key, author)
    return tuple(found.values())


def _of_sentence(
    prose: Prose, start: int, end: int, finder: MentionFinder, *, opens: bool
) -> Iterator[Participant]:
    text = prose.text[start:end]
    patterns = (_PRESENT_WERE, _MET, _CALLED, _TALK, _WITH) if opens else (_PRESENT_WERE,)
    met = False
    for pattern in patterns:
        found = pattern.search(text)
        if found is None or (pattern is _WITH and not met and start > 0):
            continue
        if _HELD.search(text[: found.start("whom")].rsplit(" ", 2)[0].rstrip()):
            continue
        who = found.groupdict().get("who")
        if who is not None and _HELD.search(who):
            continue
        met = True
        for place in ("who", "whom"):
            if found.groupdict().get(place):
                yield from _people(prose, start + found.start(place), start + found.end(place), finder)
        if (who and re.search(r"\b(?:I|We|we)\b", who)) or re.match(r"me\b|us\b", found["whom"]):
            author = finder.cast.author
            if author is not None:
                yield author
    for found in _WERE_PRESENT.finditer(text):
        words = found["whom"]
        cut = max(words.rfind(" with "), words.rfind("("), words.rfind(" that "))
        begin = start + found.start("whom") + (cut + 1 if cut >= 0 else 0)
        lead = re.match(r"(?:with |\()\s*", prose.text[begin:])
        begin += lead.end() if lead else 0
        several = list(_people(prose, begin, start + found.end("whom"), finder, whole=True))
        yield from several


def _people(
    prose: Prose, start: int, end: int, finder: MentionFinder, *, whole: bool = False
) -> Iterator[Participant]:
    """The persons of a list in running text, up to the first words that are none.

    Args:
        prose: the passage.
        start: where the list begins.
        end: where it may go to.
        finder: who is known.
        whole: whether nothing but persons may stand there.
    """
    taken: list[Participant] = []
    at, titled = start, False
    while at < end:
        found = _CHUNK.match(prose.text, at, end)
        if found is None:
            break
        words = found["chunk"]
        titled = _SEVERAL.match(words) is not None or (titled and " " not in words)
        player = _person(prose, found, finder, titled=titled)
        if player is not None:
            taken.append(player)
        elif " " in words and not (is_office(words) or noun_kind(words.split()[-1].upper())):
            break
        after = _NEXT.match(prose.text, found.end(), end)
        at = found.end()
        if after is None:
            break
        at = after.end()
    if not whole or at >= end or not prose.text[at:end].strip(" ,()"):
        yield from taken


def _person(prose: Prose, found: re.Match[str], finder: MentionFinder, *, titled: bool) -> Participant | None:
    """Who a chunk of words written large is; None where it names nobody.

    Args:
        prose: the passage.
        found: the chunk.
        finder: who is known.
        titled: whether it stands under the title of several (`Ambassadors Bunker, Sullivan and Unger`).
    """
    words = re.sub(r"['’]s$", "", _DATED.sub("", found["chunk"]).strip(" ."))
    several = _SEVERAL.match(words)
    words = words[several.end() :] if several else words
    if words in ("I", "We", ""):
        return None
    told = entry_of(f"{words}{found['bracket'] or ''}")
    if told is None and titled and re.fullmatch(r"[A-Z][\w’'-]{2,}", words):
        told = ListEntry(name=(words,))
    if told is None and _INITIALLED.fullmatch(words):
        told = ListEntry(name=tuple(words.split()))  # C.K. YEN: a common word too
    if told is None or not told.name:
        tail = re.sub(r"['’]s?$", "", words.split()[-1])
        known = finder.known(tail.upper())
        return known if known is not None and known.kind == "person" and len(words.split()) < 4 else None
    surname = surname_of(told.name).strip(".")
    known = finder.known(surname.upper())
    if known is not None and known.kind == "person":
        return known
    alone = len(told.name) == 1 and not told.titles
    upper = surname.upper()
    if upper in NOT_NAMES or upper in function_words("stop") or is_capital(upper) or is_nation(upper):
        return None
    initials = re.match(r"(?:[A-Z]\.)+$", told.name[0]) is not None
    if (
        alone
        and not several
        and (len(surname) < 4 or is_common(upper) or noun_kind(upper) or not surname.isalpha())
    ):
        return None
    if len(surname) < 2 or (is_common(upper) and not (initials or titled or RANK.match(f"{told.titles} "))):
        return None
    at = found.start("chunk") + (several.end() if several else 0)
    excerpt: Excerpt = prose.excerpt(at, at + len(words))
    described = f"{told.titles} {told.office}".strip() or (several.group().strip()[:-1] if several else "")
    within = f"{described} {told.within}".strip()
    person = Person(
        key=key_of(surname, told.name),
        name=" ".join(told.name),
        surname=surname,
        side=side_of(within) if within else None,
        role=described,
    )
    return Participant(person=person, shown_by=excerpt, listed=False, offices=offices_of(described))
