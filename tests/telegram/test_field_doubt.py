"""Fields of forms bear the mark of doubt where nobody knows that they are right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from septel.cli.shared.summary import fields_shown
from septel.telegram import Field, Number, Station, parse, to_json
from septel.telegram.output.schema import TelegramJson
from septel.text import Confidence, Locus, Reading, Source, Span
from tests.telegram.samples import ELECTRONIC

READING = Reading.of(Source.of_text("ORIG: MEXICO CITY\nSUBJECT: TALKS\n"))


def field(value: object, at: Span, sure: float | None = None) -> Field[object]:
    confidence = None if sure is None else Confidence(probability=sure, calibration="made for this test")
    return Field(value=value, raw="", locus=Locus(READING.source.id, at), confidence=confidence, basis="form")


def test_what_only_another_reading_has_is_marked() -> None:
    elsewhere, here = Span(0, 0), Span(6, 17)
    parsed = parse(READING)
    station, number = Station(name="MEXICO CITY"), Number(post="MEXI", serial=9332)
    for at, sure, mark in (
        (elsewhere, None, "[?]"),
        (here, None, ""),
        (elsewhere, 0.97, ""),
        (here, 0.55, "[?]"),
    ):
        heading = replace(
            parsed.heading,
            originator=field(station, at, sure),  # type: ignore[arg-type]
            number=field(number, at, sure),  # type: ignore[arg-type]
        )
        telegram = replace(parsed, heading=heading)
        rows = dict(fields_shown(telegram, READING))
        assert rows["from"] == f"MEXICO CITY{mark}"
        assert rows["telegram"].endswith(f"9332{mark}")
        stored = TelegramJson.model_validate(to_json(telegram)).heading.originator
        assert stored is not None
        assert stored.doubtful is bool(mark)


def test_what_the_grammar_reads_stands_or_falls_with_its_words() -> None:
    assert not any(value.endswith("[?]") for _, value in fields_shown(parse(READING), READING))


@pytest.mark.parametrize(
    ("changes", "doubted"),
    [
        ((), set()),
        # Lines of March 1973 on a telegram of another date.
        ((("JUN 74", "JUN 54"),), {"sent"}),
        ((("E.O. 11652: GDS", "E.O. 12065: GDS"),), {"sent"}),
        # The one page head against the class line: nobody knows which is misread.
        ((("PAGE 01 LA PAZ 04112", "PAGE 01 LA PAZ 04211"),), {"number"}),
        ((("O R 022125Z", "O R 042125Z"),), {"sent"}),
        ((("FM AMEMBASSY LA PAZ", "FM AMEMBASSY LIMA"),), {"number"}),
    ],
)
def test_what_a_check_speaks_against_is_doubtful(
    changes: tuple[tuple[str, str], ...], doubted: set[str]
) -> None:
    text = ELECTRONIC
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    reading = Reading.of(Source.of_text(text))
    telegram = parse(reading)
    stored = TelegramJson.model_validate(to_json(telegram))
    for heading in (telegram.heading, stored.heading):
        assert {name for name in ("sent", "number") if getattr(heading, name).doubtful} == doubted
    rows = dict(fields_shown(telegram, reading))
    assert rows["date-time group"].endswith("[?]") is ("sent" in doubted)
    assert rows["telegram"].endswith("[?]") is ("number" in doubted)


def test_one_page_head_of_several_says_nothing_of_the_number() -> None:
    head = next(line for line in ELECTRONIC.split("\n") if line.startswith("PAGE 01"))
    more = [head.replace("PAGE 01", f"PAGE 0{n}") for n in (3, 4)]
    for wrong, doubtful in (((1,), False), ((0, 1), True), ((), False)):
        pages = [page.replace("04112", "04211") if n in wrong else page for n, page in enumerate(more)]
        text = ELECTRONIC.replace(
            "PARA 4 REFTEL.\n", "PARA 4 REFTEL.\n" + "\nTEXT GOES ON.\n".join(pages) + "\n"
        )
        telegram = parse(Reading.of(Source.of_text(text)))
        assert telegram.heading.number is not None
        assert len(telegram.pages) == 4
        assert telegram.heading.number.doubtful is doubtful
