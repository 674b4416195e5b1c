"""Meetings, participants, events, texts, claims and assessments of one document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from septel.lexicon import Lexicon
from septel.record.attribution import ReportedAction, ResolvedSpeaker, departs
from septel.record.layout import DocumentLayout, LayoutBlock, Prose, Role, cue, cue_text, side_of
from septel.record.meetings.announced import NextMeeting
from septel.record.meetings.days import day_in
from septel.record.model import (
    Claim,
    Event,
    EventKind,
    Excerpt,
    Meeting,
    MeetingKind,
    Mode,
    Participation,
    Speaker,
    TextInPlay,
    TextKind,
    TextState,
)
from septel.record.people import Participant, Participants, is_own_staff
from septel.record.statements import DraftStatement

_HELD = cue("gathering.held")
_OF_SUBJECT = cue_text("gathering.of_subject")
_KINDS = (
    (MeetingKind.MINI_PLENARY, re.compile(r"MINI-PLENARY")),
    (MeetingKind.POST_PLENARY, re.compile(r"POST-PLENARY|POST PLENARY")),
    (MeetingKind.PLENARY, re.compile(r"PLENARY")),
    (MeetingKind.WORKING_GROUP, re.compile(r"WORKING GROUP")),
    (MeetingKind.HEADS, re.compile(r"HEADS OF DELEGATION")),
    (MeetingKind.SOCIAL, re.compile(r"LUNCH|DINNER|RECEPTION|CONCERT")),
    (MeetingKind.SESSION, re.compile(r"SESSION|MEETING")),
    (MeetingKind.CONVERSATION, re.compile(r"CONVERSATION|TALK|CALL")),
)
_WRITTEN_LARGE = re.compile(
    r"[A-Z\u00c0-\u00de][\w'’.-]*"
    r"(?:[ ](?:(?:of the|of|de|du|la|des) )?[A-Z\u00c0-\u00de][\w'’.-]*)*"
)
"""A name of a place, where both cases are told apart."""
_MISSIONS = frozenset({"USUN", "USDEL", "CINCPAC", "COMUSMACV"})
"""Words for one's own that mean a mission or a command, and no man of it."""
_DELIVERED = cue("gathering.delivered")
_CARRIED = cue("gathering.carried")
_SAME = cue("gathering.same")
_EXCEPTED = cue("gathering.excepted")
_TEXT_KINDS = (
    (TextKind.COMMUNIQUE, "COMMUNI"),
    (TextKind.AIDE_MEMOIRE, "AIDE"),
    (TextKind.LETTER, "LETTER"),
    (TextKind.NOTE, "NOTE"),
    (TextKind.NOTE, "PAPER"),
    (TextKind.NOTE, "MESSAGE"),
    (TextKind.PROPOSAL, "PROPOSAL"),
    (TextKind.PROPOSAL, "FORMULATION"),
    (TextKind.DRAFT, "DRAFT"),
)


def speaker_of(voice: ResolvedSpeaker) -> Speaker:
    """The voice as the record states it."""
    return Speaker(
        person=voice.player.person if voice.player else None,
        side=voice.side,
        resolution=voice.resolution,
        mention=voice.mention,
    )


def participants_of(
    paper: DocumentLayout,
    cast: Participants,
    made: Sequence[DraftStatement],
    deeds: Sequence[ReportedAction],
    attending: Sequence[Participant] = (),
) -> tuple[Participation, ...]:
    """Those whom the list names; where there is none, those who speak or act at the meeting, or met there.

    Args:
        paper: the document.
        cast: who is known in it.
        made: its statements.
        deeds: what was done.
        attending: those of whom the text says that they were there.
    """
    found: dict[str, Participation] = {}
    between = paper.heading is not None and "CONVERSATION BETWEEN" in paper.heading.plain
    if paper.listed or between or "conversation" in paper.kind:
        for known in cast.listed:
            found[known.person.key] = Participation(person=known.person, shown_by=known.shown_by)
        if paper.listed or len(found) > 1:
            return tuple(found.values())
    for player in attending:
        found.setdefault(player.person.key, Participation(person=player.person, shown_by=player.shown_by))
    talk = not re.search(r"review|paper|study|estimate|report$", paper.kind)
    voices: list[tuple[Participant | None, Excerpt]] = [
        (d.voice.player, d.voice.mention)
        for d in deeds
        if d.voice.player is not None and d.voice.player.person.side is not None
    ]
    voices += [
        (m.saying.voice.player, m.saying.voice.mention) for m in made if m.saying.mode is not Mode.WRITTEN
    ]
    for player, mention in _each(cast, voices):
        told = player.kind == "person" and (talk or player.person.side is not None)
        if told or (is_own_staff(player) and player.person.surname.upper() not in _MISSIONS):
            shown = found.get(player.person.key)
            plain = player.person.surname.upper() in mention.words.upper()
            if shown is None or (plain and player.person.surname.upper() not in shown.shown_by.words.upper()):
                found[player.person.key] = Participation(person=player.person, shown_by=mention)
    return tuple(found.values())


def _each(
    cast: Participants, voices: Iterable[tuple[Participant | None, Excerpt]]
) -> Iterator[tuple[Participant, Excerpt]]:
    """Each person of those who speak, of two who speak together both."""
    for player, mention in voices:
        if player is not None and player.kind == "joint":
            for surname in player.person.surname.split(" and "):
                one = cast.named(surname)
                if one is not None:
                    yield one, one.shown_by
        elif player is not None:
            yield player, mention


def meetings_of(
    paper: DocumentLayout,
    participants: tuple[Participation, ...],
    deeds: Sequence[ReportedAction],
    made: Sequence[DraftStatement],
    coming: NextMeeting | None,
) -> tuple[Meeting, ...]:
    """The meeting that a document reports and the one that it announces."""
    source_id = paper.carried.reading.source.id
    sides = sorted({p.person.side for p in participants if p.person.side})
    found: list[Meeting] = []
    held = _held(paper, made)
    if held is not None:
        kind, date, of_report, place, time, shown = held
        found.append(
            Meeting(
                # What only its report dates may not be the meeting that another report of that day tells of.
                id=_id(None if of_report else date, sides, source_id),
                kind=kind,
                status="held",
                date=date,
                date_of_report=of_report,
                time=time,
                place=place,
                host=_host(place),
                participants=participants,
                events=tuple(_events(deeds, made)),
                shown_by=shown,
                reported_by=(source_id,),
            )
        )
    if coming is not None and coming.raw.strip():
        source = paper.carried.reading.source
        found.append(
            Meeting(
                id=_id(coming.date, sides, source_id + "+"),
                kind=_kind(coming.raw.upper()),
                status="announced",
                date=coming.date,
                weekday=coming.weekday,
                time=coming.time,
                place=coming.place,
                host=_host(coming.place),
                shown_by=Excerpt(
                    words=coming.raw,
                    locus=coming.locus,
                    paragraph=coming.paragraph,
                    line=source.line_at(coming.locus.span.start),
                ),
                reported_by=(source_id,),
            )
        )
    return tuple(found)


def _id(date: str | None, sides: Iterable[str], source_id: str) -> str:
    return f"{date or source_id}/{'-'.join(sides)}"


def _host(place: str | None) -> str | None:
    return (
        side_of(place.upper().removeprefix("THE "))
        if place and re.search(r"EMBASSY|MISSION|RESIDENCE", place.upper())
        else None
    )


def _place(prose: Prose, start: int, end: int) -> str | None:
    """Where a meeting was, up to a word written small; None where it begins with one (`at staff level`)."""
    if not prose.in_capitals:
        name = _WRITTEN_LARGE.match(prose.text, start, end)
        if name is None:
            return None
        end = name.end()
    return prose.excerpt(start, end).words


def _kind(text: str) -> MeetingKind:
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), MeetingKind.CONVERSATION)


def _held(
    paper: DocumentLayout, made: Sequence[DraftStatement]
) -> tuple[MeetingKind, str | None, bool, str | None, str | None, Excerpt] | None:
    """Of a meeting that was held: kind, date, whether that is its report's, place, time, what shows it."""
    heading = paper.heading
    if heading is not None and "conversation" in paper.kind:
        sort = MeetingKind.TELEPHONE if "telephone" in paper.kind else MeetingKind.CONVERSATION
        where = paper.place.words if paper.place else None
        return sort, paper.date, False, where, paper.time, heading.excerpt(0, len(heading.text))
    date: str | None = None
    day: str | None = None
    shown: Excerpt | None = None
    place: str | None = None
    kind: MeetingKind | None = None
    if paper.subject is not None:
        dated = _dated(paper.subject, paper.date)
        if dated:
            date, word, shown = dated
            kind = _kind(word)
    for block in paper.blocks:
        if block.role is Role.COMMENT:
            continue
        found = _HELD.search(block.prose.plain)
        if found and not re.search(r"\bNEXT\b", found.group()):
            kind = kind or _kind(found.group("kind"))
            shown = shown or block.prose.excerpt(found.start(), found.end())
            place = _place(block.prose, *found.span("place")) if found.group("place") else None
            day = day_in(block.prose, found.start(), paper.date)
            break
    if shown is None:
        spoken = [m for m in made if m.statement.speaker.person and m.saying.mode is not Mode.WRITTEN]
        if len({m.statement.side for m in spoken}) < 2:
            return None
        first = spoken[0]
        day = day_in(first.saying.block.prose, first.saying.start, paper.date)
        kind, shown = MeetingKind.CONVERSATION, first.statement.speaker.mention
    date = date or day
    of_report = date is None and paper.date is not None
    return kind or MeetingKind.SESSION, date or paper.date, of_report, place, None, shown


def _dated(prose: Prose, sent: str | None) -> tuple[str, str, Excerpt] | None:
    months = Lexicon.shipped().month_numbers
    forms = "|".join(sorted(months, key=len, reverse=True))
    found = re.search(_OF_SUBJECT.format(months=forms), prose.plain)
    if not found:
        return None
    part = {name: found.group(name) or found.group(f"{name}2") for name in ("month", "day", "year", "kind")}
    month, day = months[part["month"]], int(part["day"])
    year = part["year"] or (sent[:4] if sent and sent[:4].isdigit() else None)
    date = f"{year}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"
    return date, part["kind"], prose.excerpt(found.start(), found.end())


_DONE = {
    "read": EventKind.READ,
    "hand": EventKind.HANDED,
    "give": EventKind.HANDED,
    "deliver": EventKind.HANDED,
}


def _events(deeds: Sequence[ReportedAction], made: Sequence[DraftStatement]) -> Iterator[Event]:
    order: list[tuple[int, Event]] = []
    for deed in deeds:
        prose = deed.block.prose
        text = prose.plain[deed.start : deed.end]
        excerpt = prose.excerpt(deed.start, deed.end)
        kind = _DONE.get(deed.verb.lemma)
        if kind is EventKind.HANDED and not _DELIVERED.search(text):
            kind = None
        if re.search(r"\bOPENED THE (?:MEETING|SESSION|PLENARY|CONVERSATION|DISCUSSION)", text):
            order.append(
                (
                    excerpt.locus.span.start,
                    Event(kind=EventKind.OPENED, actor=speaker_of(deed.voice), excerpt=excerpt),
                )
            )
        if kind is not None:
            order.append(
                (excerpt.locus.span.start, Event(kind=kind, actor=speaker_of(deed.voice), excerpt=excerpt))
            )
    for item in made:
        saying = item.saying
        told = saying.head is not None or departs(saying.block.prose, saying.start, saying.end)
        if saying.mode is Mode.DEPARTURE and told:
            excerpt = item.statement.excerpt
            order.append(
                (
                    excerpt.locus.span.start,
                    Event(kind=EventKind.DEPARTED, actor=item.statement.speaker, excerpt=excerpt),
                )
            )
    return (event for _, event in sorted(order, key=lambda pair: pair[0]))


def texts_of(
    deeds: Sequence[ReportedAction], made: Sequence[DraftStatement], blocks: Sequence[LayoutBlock]
) -> tuple[TextInPlay, ...]:
    """Texts that were read or handed over, and the communiqués and drafts that statements speak of."""
    found: dict[str, TextInPlay] = {}

    def add(kind: TextKind, side: str | None, state: TextState, carried: str | None, shown: Excerpt) -> None:
        key = f"{kind.value}/{side or ''}/{state.value}/{carried or ''}"
        found.setdefault(
            key, TextInPlay(id=key, kind=kind, side=side, state=state, carried_by=carried, shown_by=shown)
        )

    for deed in deeds:
        if deed.verb.lemma not in ("read", "hand", "give", "deliver", "make statement"):
            continue
        prose = deed.block.prose
        text = prose.plain[deed.start : deed.end]
        thing = _DELIVERED.search(text, deed.head.end - deed.start) or _DELIVERED.search(text)
        if not thing:
            continue
        state = TextState.DELIVERED if deed.verb.lemma in ("read", "make statement") else TextState.HANDED
        add(_text_kind(thing.group()), deed.voice.side, state, None, prose.excerpt(deed.start, deed.end))
    for block in blocks:
        for carried in _CARRIED.finditer(block.prose.plain):
            sentence = next((s for s in block.prose.sentences if carried.start() in s), None)
            begin = sentence.start if sentence else 0
            near = block.prose.plain[begin : carried.start()]
            kinds = list(_DELIVERED.finditer(near))
            if not kinds:
                continue
            state = TextState.REPORTED if "SENT" in carried.group() else TextState.AUTHORISED
            shown = block.prose.excerpt(begin, carried.end())
            add(_text_kind(kinds[-1].group()), _giver(block, near, deeds), state, carried.group("by"), shown)
    for item in made:
        if "communique" in item.statement.issue_ids:
            shown = next(t.shown_by for t in item.statement.issues if t.issue == "communique")
            add(TextKind.COMMUNIQUE, item.statement.side, TextState.PROPOSED, None, shown)
    return tuple(found.values())


def _giver(block: LayoutBlock, near: str, deeds: Sequence[ReportedAction]) -> str | None:
    """Whose text is spoken of: that of the side named with it, else of whoever read it."""
    named = re.findall(r"\b(SOVIET|US|U\.S\.|AMERICAN) (?:\w+ )?(?:STATEMENT|NOTE|TEXT|DRAFT|PROPOSAL)", near)
    if named:
        return "Soviet" if named[-1] == "SOVIET" else "US"
    here = [d.voice.side for d in deeds if d.block is block and d.verb.lemma in ("read", "deliver")]
    if here:
        return here[0]
    before = [d.voice.side for d in deeds if d.verb.lemma in ("read", "deliver")]
    return before[-1] if before and "STATEMENT" in near else None


def _text_kind(word: str) -> TextKind:
    return next((kind for kind, stem in _TEXT_KINDS if word.startswith(stem)), TextKind.STATEMENT)


def claims_of(blocks: Sequence[LayoutBlock]) -> tuple[Claim, ...]:
    """Claims that one text is the same as another, with what is said to differ."""
    found: list[Claim] = []
    for block in blocks:
        prose = block.prose
        for m in _SAME.finditer(prose.plain):
            named = m.group("other")
            other = re.search(r"\b[A-Z]{4,8} \d{1,4}\b|\bSEPTEL\b|\bREFTEL\b", named) or re.search(
                r"\b[A-Z][A-Z ]{2,14} \d{2,6}\b", named
            )
            exceptions: list[Excerpt] = []
            if m.group("list"):
                at = m.start("list")
                for part in _EXCEPTED.finditer(m.group("list")):
                    words = part.group().strip(" .,")
                    words = re.sub(r"^(?:AND|AS WELL AS)\s+", "", words)
                    if re.search(r"[\w'\"]{4}", words):
                        start = at + part.start() + part.group().find(words)
                        exceptions.append(prose.excerpt(start, start + len(words)))
            found.append(
                Claim(
                    text=prose.excerpt(*m.span("text")).words,
                    other=other.group() if other else m.group("other").strip(),
                    same=not m.group("not"),
                    exceptions=tuple(exceptions),
                    excerpt=prose.excerpt(m.start(), m.end()),
                )
            )
    return tuple(found)
