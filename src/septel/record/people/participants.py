"""Who takes part in a document: from its list, its heading, its signer, and the rosters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from septel.record.layout import DocumentLayout, ListedParticipant, cue, side_of, unspaced
from septel.record.model import Person, nation_of, nations_in
from septel.record.people.cast import Participant, Participants
from septel.record.people.entries import RANKS, ListEntry, entry_of, signed_name
from septel.record.people.entry_lines import entries_of
from septel.record.people.listed import (
    BARE_OFFICE,
    HONORIFIC,
    key_of,
    listed_person,
    office_holder_listed,
)
from septel.record.people.offices import offices_of
from septel.record.people.phrases import is_common
from septel.record.people.rosters import Rosters, best_member
from septel.record.people.scene import sent_from
from septel.record.people.titles import TITLES, surname_of

_TITLE_WORDS = re.compile(rf"^(?:THE\s+)?(?:{TITLES})\.?\s+", re.IGNORECASE)
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III)\.?$", re.IGNORECASE)
_US = cue("casting.us")
_LETTERS = ("letter", "message", "note")


def cast_of(paper: DocumentLayout, rosters: Rosters) -> Participants:
    """Everyone whom a document lists, in its list, heading or signature; names in the text come later."""
    rosters = rosters.for_document(paper.date, paper.carried.text)
    players: dict[str, Participant] = {}
    bare = _of_surnames(paper)
    for entry in (part for listed in paper.listed for part in entries_of(listed)):
        player = listed_person(entry, paper, rosters, bare=bare)
        if player and player.person.key not in players:
            players[player.person.key] = player
    for player in _in_heading(paper, rosters):
        players.setdefault(player.person.key, player)
    signer = _signer(paper, rosters)
    if signer:
        known = players.get(signer.person.key) or next(
            (p for p in players.values() if _same(p.person, signer.person.name.split())), None
        )
        signer = known or signer
        players[signer.person.key] = known or signer
    writer = _writer(paper, rosters, tuple(players.values()))
    if writer:
        players.setdefault(writer.person.key, writer)
    players = {key: _knighted(player, paper.carried.text) for key, player in players.items()}
    cast = Participants(tuple(players.values()), None, paper.date, rosters)
    if paper.is_dispatched and writer is not None:
        signer = writer  # the Secretary's telegram is his, whoever signs at the post
    return replace(cast, author=_author(paper, cast, signer or writer))


def _of_surnames(paper: DocumentLayout) -> bool:
    """Whether a list gives surnames alone: McNamara, Rusk, Vance."""
    entries = [entry.text.words.strip() for entry in paper.listed]
    alone = [words for words in entries if re.fullmatch(r"[A-Z][\w'’-]{2,}", words)]
    return len(alone) > 2 and len(alone) * 2 > len(entries)


def _knighted(player: Participant, text: str) -> Participant:
    """The player, who may be called Sir with the given name that the document has: SIR ROGER MAKINS."""
    given = {
        found["given"]
        for found in re.finditer(rf"\bSir (?P<given>[A-Z][a-z]+) {re.escape(player.person.surname)}\b", text)
    }
    if not given:
        return player
    variants = tuple(dict.fromkeys((*player.person.variants, *sorted(given))))
    return replace(player, person=replace(player.person, variants=variants))


_WITH = re.compile(r"\b(?P<between>BETWEEN|WITH|FROM)\s+(?=\S)", re.IGNORECASE)
_TAIL = re.compile(r",? (?:on|in|at|held) [^()]*$|[,;:](?! (?:Jr|Sr)\b)[^()]*$|\s*\[[^\]]*\]$")
_TALK = re.compile(r"\b(?:CONVERSATION|CONFERENCE|MEETING|DISCUSSION|TALK|LUNCHEON|CALL)S?\b")


def _in_heading(paper: DocumentLayout, rosters: Rosters) -> Iterable[Participant]:
    """Those whom a heading names: `Between President Kennedy and the Korean Ambassador (Chung)`."""
    prose = paper.heading
    talk = _TALK.search(prose.plain) if prose is not None else None
    found = _WITH.search(prose.text, talk.end()) if prose is not None and talk is not None else None
    if prose is None or found is None:
        return
    end = len(prose.text)
    while tail := _TAIL.search(prose.text, found.end(), end):
        end = tail.start()
    for start, until in _persons(prose.text, found.end(), end, found["between"].lower() == "from"):
        shown = prose.excerpt(start, until)
        if "(" not in shown.words:
            shown = replace(shown, words=re.sub(r" in [A-Z][\w ]+$", "", shown.words))
        told = entry_of(unspaced(shown.words))
        if told is None or not (told.titles or len(told.name) > 1):
            continue
        player = listed_person(
            ListedParticipant(text=replace(shown, words=unspaced(shown.words))), paper, rosters
        )
        if player is not None:
            yield replace(player, shown_by=shown)


def _persons(text: str, start: int, end: int, called: bool) -> Iterable[tuple[int, int]]:
    """The stretches of a heading that are a person each, parted where both halves may be one."""
    joint = re.compile(r"\s+to\s+" if called else r"\s+and\s+")
    for cut in joint.finditer(text, start, end):
        halves = (start, cut.start()), (cut.end(), end)
        if all(_is_one(re.sub(r" in [A-Z][\w ]+$", "", unspaced(text[a:b]))) for a, b in halves):
            yield halves[0]
            yield from _persons(text, *halves[1], called)
            return
    yield start, end


def _is_one(words: str) -> bool:
    told = entry_of(words)
    return (
        told is not None and words.count("(") == words.count(")") and bool(told.titles or len(told.name) > 1)
    )


def _writer(paper: DocumentLayout, rosters: Rosters, players: Sequence[Participant]) -> Participant | None:
    """Who the heading of a memorandum says has written it, or whose name or initials stand beneath it."""
    if paper.kind in _LETTERS and paper.signer is not None:
        return None
    shown, told = paper.sender, _sender(paper)
    if paper.is_dispatched and (shown is None or _OF_POST.match(shown.words) or sent_from(paper) is not None):
        return None
    if told is None and shown is not None:
        bare = BARE_OFFICE.fullmatch(unspaced(shown.words).upper())
        return (
            office_holder_listed(bare["office"], ListedParticipant(text=shown), paper, rosters)
            if bare
            else None
        )
    if told is None and paper.signer is None and paper.closing is not None:
        shown, told = paper.closing, _initialled(paper.closing.words, players)
    if shown is None or told is None:
        return None
    described = HONORIFIC.sub("", f"{told.titles} {told.office} ").strip()
    surname = surname_of(told.name).strip(".")
    side = side_of(described)
    if side is None and paper.kind not in _LETTERS and not nations_in(described.upper()):
        side = "US"  # a memorandum is its own government's
    known = next((p for p in players if _same(p.person, told.name)), None)
    if known is not None:
        return known
    member = best_member(rosters, surname, paper.date, side, given=told.name[0])
    if member is not None:
        return Participant(
            person=member.person, shown_by=shown, listed=False, offices=offices_of(member.person.role)
        )
    person = Person(
        key=key_of(surname, told.name), name=" ".join(told.name), surname=surname, side=side, role=described
    )
    return Participant(person=person, shown_by=shown, listed=False, offices=offices_of(described))


_OF_POST = re.compile(
    r"(?:the )?(?:\w+ )*(?:Embassy|Legation|Mission|Delegation|Consulate|Department|Office|Interests"
    r"|Agency|Station)\b"
    r"(?! [^(]*\([A-Z][a-z])"
)
_WHERE = re.compile(r"\s+(?:at|on|in|to|before) (?:the|a|an) .*$")
"""Where somebody spoke, behind his name: `Address by Secretary McNamara at the Meeting of the Council`."""


_BESIDE = re.compile(
    r"\band (?:an? |the )?(?:Memorandum|Letter|Note|Telegram|Minutes|Report|Despatch|Record|Message)\b"
)


def _same(person: Person, name: Sequence[str]) -> bool:
    """Whether a name may be that of a person: John Eisenhower is not Dwight."""
    words = person.name.split()
    full = len(words) > 1 and len(name) > 1
    return person.surname.upper() == name[-1].strip(".").upper() and not (full and words[0][0] != name[0][0])


def _ends_with(words: str, name: Sequence[str]) -> bool:
    """Whether a signature ends with the surname that the heading gives: THOS. NELSON PAGE."""
    return words.strip(" .").split()[-1:] == [name[-1]]


def _sender(paper: DocumentLayout) -> ListEntry | None:
    """Whom the heading names as the one who writes."""
    words = unspaced(paper.sender.words) if paper.sender is not None else ""
    if paper.addressee is not None and _BESIDE.search(paper.addressee.words):
        return None  # two papers under one heading: who wrote the second is not said
    if "(" not in words:
        words = _WHERE.sub("", words)
    if re.search(r"\) and [A-Z]|\) and the |^[A-Z]\w+ [^,(]{2,30} and [A-Z]\w+ [A-Z]", words):
        return None  # two who write
    told = entry_of(words) if words else None
    return told if told is not None and told.name else None


def _initialled(words: str, players: Sequence[Participant]) -> ListEntry | None:
    """Whose name, or the initials of which player, a line beneath a memorandum is."""
    letters = re.sub(r"[^A-Za-z]", "", words)
    if letters.isupper() and len(letters) < 5:
        same = [p for p in players if "".join(w[0] for w in p.person.name.split()).upper() == letters]
        return entry_of(f"Mr. {same[0].person.name}") if len(same) == 1 else None
    name = signed_name(words)
    plain = len(name) > 1 and not any(is_common(word.strip(".").upper()) for word in name)
    return ListEntry(name=name, titles="") if plain else None


def _one_word(words: str) -> list[str]:
    """A signature of one word: `Rusk`."""
    name = _TITLE_WORDS.sub("", re.sub(r"\[\d+\]", "", words)).strip(" .")
    return [name] if re.fullmatch(r"[A-Za-zÀ-ÿ][\w'’-]+", name) else []


_THEIR_ENVOY = re.compile(
    r"(?:The )?(?P<nation>[A-Z][a-z]+(?: [A-Z][a-z]+)?) "
    r"(?:Ambassador|Charg[eé]|Minister|Foreign|Prime|Embassy)\b",
    re.IGNORECASE,
)
"""One who is named by his nation: `The Canadian Ambassador (Orwin) to the President's Assistant`."""


def _side_of_signer(paper: DocumentLayout) -> str | None:
    """The United States, where a post or an office signs; of a letter whoever its heading says."""
    giver = next((block.giver for block in paper.blocks if block.giver), None)
    if giver is None:
        theirs = _THEIR_ENVOY.match(unspaced(paper.sender.words)) if paper.sender is not None else None
        return (nation_of(theirs["nation"].upper()) if theirs else None) or "US"
    return "US" if _US.search(giver.words) and not nations_in(giver.words.upper()) else side_of(giver.words)


def _signer(paper: DocumentLayout, rosters: Rosters) -> Participant | None:
    signed = sent_from(paper) or paper.signer
    if signed is None:
        return None
    bare = BARE_OFFICE.fullmatch(signed.words.upper())
    if bare:
        return office_holder_listed(bare.group("office"), ListedParticipant(text=signed), paper, rosters)
    told = _sender(paper)
    if told is not None and len(signed.words.split()) < 5 and _ends_with(signed.words, told.name):
        signed_by = re.sub(r"[\[\]]", "", signed.words).strip(" .").split()
    else:
        signed_by = []
    bare_words = re.sub(r"[\[\]]", "", signed.words) if re.search(r"[A-Z]\[", signed.words) else signed.words
    words = signed_by or list(signed_name(bare_words)) or _one_word(bare_words)
    if len(words) > 2 and words[0][0] == words[1][0] and len(words[0]) < 5 < len(words[1]):
        words = words[1:]  # Ted, and beneath it Theodore J.C. Heavner
    while len(words) > 1 and words[0].strip(".").upper() in RANKS:
        words = words[1:]  # signed Gen Westmoreland
    if not words or len(words) > 5:
        return None
    surname = surname_of(words)
    if paper.heading is not None and not paper.is_dispatched and surname == words[0]:
        # one who signs by the given name, or by initials, is whom the heading names
        told = _sender(paper)
        bare = (
            BARE_OFFICE.fullmatch(unspaced(paper.sender.words).upper()) if paper.sender is not None else None
        )
        if bare is not None:
            return office_holder_listed(bare["office"], ListedParticipant(text=signed), paper, rosters)
        if told is None and (len(surname) < 2 or (surname.isupper() and len(surname) < 5)):
            return None
        words = list(told.name) if told is not None else words
        surname = surname_of(words).strip(".")
    given = words[0] if len(words) > 1 else ""
    member = best_member(rosters, surname, paper.date, _side_of_signer(paper), given=given) or best_member(
        rosters, surname, paper.date, given=given
    )
    person = (
        member.person
        if member
        else Person(
            key=surname.lower(),
            name=" ".join(words),
            surname=surname.title() if surname.isupper() else surname,
            side=_side_of_signer(paper),
            role="signer",
        )
    )
    offices = offices_of(person.role)
    return Participant(person=person, shown_by=signed, listed=True, offices=offices)


def _third_person(player: Participant, body: str) -> bool:
    return bool(
        re.search(
            rf"\b{re.escape(player.person.surname.upper())}\b(?!'S)"
            r"(?: \w+LY| THEN| ALSO| HAD)? (?:SAID|GAVE|READ|\w+ED)\b",
            body,
        )
    )


_TELLS_I = re.compile(r"\bI (?:SAID|TOLD|THEN|ALSO|\w+ED)\b|\b(?:ASKED|TOLD|INVITED|HANDED|SHOWED) ME\b")
_I = re.compile(r"(?<![.\w])I(?![.\w)])|\bMY\b")


def _author(paper: DocumentLayout, cast: Participants, signer: Participant | None) -> Participant | None:
    """Who says I: the signer; of those listed, the one whom the text never makes a subject; the drafter."""
    if paper.kind.startswith("transcript"):
        return None
    # by paragraphs: a quote that was lost, or made of a speck, turns the page inside out
    outside = " ".join(re.sub(r"[“\"][^”\"]*[”\"]", " ", b.prose.plain) for b in paper.blocks)
    if not _TELLS_I.search(outside):
        silent = signer is None or _third_person(signer, outside)
        written = signer is not None and (
            signer.listed or paper.is_dispatched or _I.search(outside) is not None
        )
        return signer if written and not silent else None
    if signer:
        # A signer whom the text names as others name him is not the one who says I.
        return None if _third_person(signer, outside) else signer
    left = [
        p
        for p in cast.listed
        if not re.search(
            rf"\b{re.escape(p.person.surname.upper())}\b(?!'S)(?: \w+LY| THEN| ALSO)? (?:SAID|\w+ED)\b",
            outside,
        )
        and not any(
            re.search(rf"\bTHE {o}\b(?: \w+LY| THEN| ALSO| AGAIN)? (?:SAID|\w+ED)\b", outside)
            for o in p.offices
        )
        and not ("PRESIDENT" in p.offices and p.person.side == "US")  # others write what he says
    ]
    if len(left) == 1 and len(cast.listed) > 1:
        return left[0]
    if "telephone" in paper.kind and left:
        return left[0]  # the caller reports; the heading names the caller first
    drafted = re.findall(r"[A-Za-z'’-]{3,}", paper.drafter)
    named = cast.named(drafted[-1]) if drafted else None
    if named:
        return named
    american = [p for p in left if p.person.side == "US"]
    return american[0] if len(american) == 1 else None
