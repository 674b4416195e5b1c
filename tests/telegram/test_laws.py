"""What holds for any text whatever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.telegram import Field, Layer, Telegram, hints_of, parse, schema, schema_text, to_json, to_text
from septel.telegram.output.plain import spaced
from septel.text import Edit, Ground, Reading, Reason, Source, Span, Step
from tests.telegram.samples import ELECTRONIC, GARBLED, TWO_SECTIONS

PIECES = sorted({line for text in (TWO_SECTIONS, ELECTRONIC, GARBLED) for line in text.split("\n")})
LINES = st.one_of(
    st.sampled_from(PIECES),
    st.sampled_from(
        [
            "FM",
            "TO",
            "1.",
            "(A)",
            "A. ",
            "REF:",
            "TAGS:",
            "SUBJ:",
            "PAGE 01",
            "SECRET 1",
            "((",
            "1) X",
            "\x00",
        ]
    ),
    st.text(alphabet="ABCDEIOS0158 .,:;()'-~•·/", max_size=40),
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=30),
)
TEXTS = st.lists(LINES, max_size=25).map("\n".join)


@given(TEXTS)
def test_no_text_makes_it_fail_and_every_line_is_owned_once(text: str) -> None:
    source = Source.of_text(text)
    reading = Reading.of(source)
    parsed = parse(reading)
    assert [place.line for place in parsed.places] == list(range(1, len(source.lines) + 1))
    blank = {n for n, line in enumerate(source.lines, 1) if not line.of(text).strip()}
    assert {place.line for place in parsed.places if place.layer is Layer.BLANK} == blank
    unplaced = {place.line for place in parsed.places if place.layer is Layer.UNPLACED}
    assert unplaced == {one.line for one in parsed.unplaced}
    parts = {p.path for p in parsed.paragraphs} | {"summary", "opening", "signature"}
    assert {place.part for place in parsed.places if place.layer is Layer.TEXT} <= parts
    for hint in hints_of(parsed, reading):
        assert hint.options and 0 <= hint.span.start <= hint.span.end <= len(text)


@given(TEXTS)
def test_its_json_fits_the_published_schema(text: str) -> None:
    data = to_json(parse(Reading.of(Source.of_text(text))))
    jsonschema.Draft202012Validator(schema()).validate(json.loads(json.dumps(data)))


@given(TEXTS, st.data())
def test_any_reading_of_a_source_parses_with_loci_in_the_source(text: str, data: st.DataObject) -> None:
    source = Source.of_text(text)
    step = Step.of("test", "1")
    edits = []
    for line in source.lines:
        if len(line) and data.draw(st.booleans()):
            at = data.draw(st.integers(line.start, line.end - 1))
            after = data.draw(st.text(alphabet="AB1. ", max_size=4))
            span = Span(at, at + 1)
            edits.append(
                Edit(
                    span=span,
                    before=span.of(text),
                    after=after,
                    reason=Reason(ground=Ground.CHANNEL),
                    step=step,
                )
            )
    reading = Reading.of(source, edits)
    parsed = parse(reading)
    whole = Span(0, len(text))
    assert len(parsed.places) == len(source.lines)
    for paragraph in parsed.paragraphs:
        assert all(whole.covers(locus.span) for locus in (paragraph.label.locus, *paragraph.loci))
    hints_of(parsed, reading)


def test_a_line_of_the_text_that_a_reading_leaves_out_is_no_fault() -> None:
    text = (
        "FM AMEMBASSY LA PAZ\nTO SECSTATE WASHDC\n\nSECRET LA PAZ 1234\n\n1. THIS GOES ON.\nXQZ\nAND ENDS.\n"
    )
    source, at = Source.of_text(text), text.index("XQZ")
    reason = Reason(ground=Ground.CHANNEL)
    edit = Edit(span=Span(at, at + 3), before="XQZ", after="", reason=reason, step=Step.of("test", "1"))
    assert [p.text for p in parse(Reading.of(source, [edit])).paragraphs] == ["THIS GOES ON. AND ENDS."]


@pytest.mark.parametrize("text", [TWO_SECTIONS, ELECTRONIC, GARBLED])
def test_parsing_twice_gives_the_same_tree(text: str) -> None:
    reading = Reading.of(Source.of_text(text))
    assert parse(reading) == parse(reading)


def test_the_published_schema_is_fresh() -> None:
    published = Path(__file__).resolve().parents[2] / "docs" / "schema" / "telegram.schema.json"
    assert published.read_text(encoding="utf-8") == schema_text()


def test_the_schema_refuses_what_is_no_telegram() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema()).validate({"source": "x"})


def outline(telegram: Telegram) -> tuple[object, ...]:
    """What a telegram says, without places."""
    heading = telegram.heading

    def value(field: Field[Any] | None) -> object:
        return field.value if field is not None else None

    return (
        [(a.station, a.role, a.precedence, a.night_action, a.number) for a in heading.addressees],
        [value(f) for f in (heading.sent, heading.precedence, heading.originator, heading.number)],
        [value(f) for f in (heading.classification, heading.executive_order, heading.tags, heading.subject)],
        [f.value for f in (*heading.captions, *heading.references, *heading.attention)],
        [(s.value, s.alternatives) for s in heading.series],
        [(p.who, p.to, p.role, p.precedence) for p in heading.passing],
        telegram.summary.text if telegram.summary else None,
        telegram.opening.text if telegram.opening else None,
        [(p.path, p.text, p.portion, p.roles) for p in telegram.paragraphs],
        telegram.comment.text if telegram.comment else None,
        value(telegram.signature),
    )


@pytest.mark.parametrize("text", [TWO_SECTIONS, ELECTRONIC])
def test_what_is_printed_parses_to_the_same_tree(text: str) -> None:
    first = parse(Reading.of(Source.of_text(text)))
    again = parse(Reading.of(Source.of_text(to_text(first))))
    assert outline(again) == outline(first)
    assert to_text(again) == to_text(first)


VOCABULARY = [
    "MINISTER",
    "CALLED",
    "ON",
    "US",
    "AGAIN",
    "AND",
    "SAID",
    "THAT",
    "FLOUR",
    "WHEAT",
    "WAS",
    "LATE",
]
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=3, max_size=40)


@given(
    st.lists(st.tuples(WORDS, st.integers(0, 3)), min_size=1, max_size=9),
    st.sampled_from(["UNCLASSIFIED", "CONFIDENTIAL", "SECRET", "LIMITED OFFICIAL USE"]),
    st.integers(1, 99999),
)
def test_any_telegram_made_of_numbers_and_letters_survives_printing(
    plan: list[tuple[list[str], int]], grade: str, serial: int
) -> None:
    lines = [f"{spaced(grade)} LA PAZ {serial}", "SUBJECT: FLOUR", ""]
    paths = []
    for n, (words, letters) in enumerate(plan, 1):
        lines += [f"{n}. {' '.join(words)}:", ""]
        paths.append(str(n))
        for letter in "ABC"[:letters]:
            lines += [f"{letter}. {' '.join(words[:5])}.", ""]
            paths.append(f"{n}.{letter}")
    first = parse(Reading.of(Source.of_text("\n".join([*lines, "STEDMAN"]))))
    assert [p.path for p in first.paragraphs] == paths
    again = parse(Reading.of(Source.of_text(to_text(first))))
    assert outline(again) == outline(first)
