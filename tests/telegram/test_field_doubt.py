"""Fields of forms bear the mark of doubt where nobody knows that they are right."""

from __future__ import annotations

from dataclasses import replace

from septel.cli.shared.summary import fields_shown
from septel.telegram import Field, Number, Station, parse, to_json
from septel.telegram.output.schema import TelegramJson
from septel.text import Confidence, Locus, Reading, Source, Span

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
