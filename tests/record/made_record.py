"""A small record, put together by hand, over a text that holds its words."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from septel.record import (
    Act,
    Assessment,
    Excerpt,
    Fidelity,
    IssueTag,
    IssueVocabulary,
    Meeting,
    MeetingKind,
    Participation,
    Person,
    Record,
    Rosters,
    Speaker,
    SpeakerBasis,
    Statement,
)
from septel.telegram import Telegram
from septel.text import Confidence, Locus, Reading, Source, Span

TEXT = """FM USDEL SALT HELSINKI
1. PLENARY MEETING WAS HELD NOVEMBER 18 AT THE SOVIET EMBASSY.
2. SEMENOV SAID THAT THE SOVIET SIDE WOULD BE PREPARED
TO CONSIDER LIMITING ABM SYSTEMS.
3. SMITH ASKED WHETHER ABM RADARS WERE INCLUDED.
4. SEMENOV REJECTED ON-SITE INSPECTION.
5. COMMENT: SEMENOV SEEMED AT EASE.
6. NEXT MEETING WILL BE HELD AT US EMBASSY ON NOVEMBER 20.
"""
SMITH = Person(key="smith-g", name="Gerard C. Smith", surname="Smith", side="US", origin="made")
SEMENOV = Person(key="semenov-v", name="Vladimir S. Semenov", surname="Semenov", side="Soviet", origin="made")


def source(text: str = TEXT, name: str = "helsinki.txt") -> Source:
    return Source.of_text(text, name=name)


def excerpt(found: Source, words: str, paragraph: str = "") -> Excerpt:
    """The excerpt of words that stand once in the text, line ends aside."""
    flat = found.text.replace("\n", " ")
    assert flat.count(words) == 1, words
    start = flat.index(words)
    span = Span(start, start + len(words))
    return Excerpt(
        words=words,
        locus=Locus(found.id, span),
        paragraph=paragraph,
        line=found.line_at(start),
    )


def statement(
    found: Source,
    words: str,
    person: Person,
    *,
    act: Act = Act.STATES,
    issues: str = "",
    paragraph: str = "2",
) -> Statement:
    whole = excerpt(found, words, paragraph)
    name = person.surname.upper()
    mention = Excerpt(
        words=name,
        locus=Locus(found.id, Span(whole.locus.span.start, whole.locus.span.start + len(name))),
        paragraph=paragraph,
        line=whole.line,
    )
    return Statement(
        id=str(whole.locus),
        excerpt=whole,
        content=whole,
        speaker=Speaker(person=person, side=person.side, resolution=SpeakerBasis.NAMED, mention=mention),
        act=act,
        fidelity=Fidelity.INDIRECT,
        issues=tuple(IssueTag(issue=i, shown_by=whole) for i in issues.split()),
        principal=bool(issues),
        rule="named speaker",
        confidence=Confidence(probability=0.9, calibration="made up"),
    )


def record(text: str = TEXT, *, date: str = "1969-11-18", title: str = "HELSINKI 1321") -> Record:
    found = source(text)
    held = excerpt(found, "PLENARY MEETING WAS HELD NOVEMBER 18 AT THE SOVIET EMBASSY", "1")
    said = statement(
        found,
        "SEMENOV SAID THAT THE SOVIET SIDE WOULD BE PREPARED TO CONSIDER LIMITING ABM SYSTEMS",
        SEMENOV,
        act=Act.PROPOSES,
        issues="abm",
    )
    asked = statement(
        found,
        "SMITH ASKED WHETHER ABM RADARS WERE INCLUDED",
        SMITH,
        act=Act.ASKS,
        issues="abm",
        paragraph="3",
    )
    no = statement(
        found,
        "SEMENOV REJECTED ON-SITE INSPECTION",
        SEMENOV,
        act=Act.REJECTS,
        issues="verification",
        paragraph="4",
    )
    return Record(
        source_id=found.id,
        title=title,
        kind="telegram",
        date=date,
        author="SMITH",
        statements=(said, asked, no),
        meetings=(
            Meeting(
                id=f"plenary {date}",
                kind=MeetingKind.PLENARY,
                status="held",
                date=date,
                place="SOVIET EMBASSY",
                participants=(Participation(person=SEMENOV, shown_by=said.speaker.mention),),
                shown_by=held,
                reported_by=(found.id,),
            ),
            Meeting(
                id="next 1969-11-20",
                kind=MeetingKind.PLENARY,
                status="announced",
                date="1969-11-20",
                place="US EMBASSY",
                shown_by=excerpt(found, "NEXT MEETING WILL BE HELD AT US EMBASSY ON NOVEMBER 20", "6"),
                reported_by=(found.id,),
            ),
        ),
        assessments=(
            Assessment(
                author="SMITH",
                about=None,
                excerpt=excerpt(found, "COMMENT: SEMENOV SEEMED AT EASE", "5"),
            ),
        ),
    )


def reading(text: str = TEXT) -> Reading:
    return Reading.of(source(text))


def found_in(
    telegram: Telegram | None,
    reading: Reading,
    *,
    rosters: Rosters | None = None,
    vocabulary: IssueVocabulary | None = None,
    day: str | None = None,
) -> Record:
    """The made record as if rules had found it in this reading: stands in for `septel.record.record_of`."""
    found = record(reading.source.text)

    def moved(value: Any) -> Any:
        if type(value) is str:
            return value.replace(found.source_id, reading.source.id)
        if isinstance(value, tuple):
            return tuple(moved(one) for one in value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: moved(getattr(value, f.name)) for f in fields(value)})
        return value

    out: Record = moved(found)
    return out
