"""The form votes: what a telegram says of itself in several places."""

from __future__ import annotations

from septel.pipeline import restore_source
from septel.restore import Restorer
from septel.telegram import hints_of, parse
from septel.telegram.parsing.votes import contradictions, form_votes
from septel.text import Reading, Source, State, read_words
from tests.conftest import ROOT

SAMPLE = (ROOT / "sample" / "telegram.ocr.txt").read_text(encoding="utf-8")


def votes(text: str) -> list[tuple[str, str, str, bool]]:
    reading = Reading.of(Source.of_text(text))
    return [(v.what, v.seen, v.agreed, v.plain) for v in form_votes(parse(reading), reading)]


def test_what_the_heads_agree_on_settles_a_garble() -> None:
    assert ("post", "OENEVA", "GENEVA", False) in votes(SAMPLE)
    assert ("time of receipt", "1419152", "141915Z", False) in votes(SAMPLE)


def test_a_number_that_can_be_read_otherwise_is_a_contradiction() -> None:
    text = SAMPLE.replace("GENEVA 427", "GENEVA 2427")
    assert ("number", "2427", "2417", True) in votes(text)
    reading = Reading.of(Source.of_text(text))
    parsed = parse(reading)
    assert any("2427 here and 2417 elsewhere" in fault.what for fault in parsed.faults)
    hint = next(hint for hint in hints_of(parsed, reading) if "2427" in hint.span.of(text))
    assert any("2417" in option for option in hint.options)


def test_and_stays_doubtful_until_somebody_decides() -> None:
    text = SAMPLE.replace("GENEVA 427", "GENEVA 2427")
    found = restore_source(Source.of_text(text.replace("\f", "\n")), Restorer.load())
    line = text.replace("\f", "\n").split("\n").index("CONFIDENTIAL FINAL SECTICN OF % GENEVA 2427")
    words = read_words(found.reading, found.source.lines[line])
    (number,) = (word for word in words if "24" in word.text)
    assert number.state is State.DOUBTFUL


def test_the_sample_s_final_section_bears_the_number_of_the_page_heads() -> None:
    found = restore_source(Source.of_text(SAMPLE), Restorer.load())
    assert "CONFIDENTIAL FINAL SECTION OF 2 GENEVA 2417" in found.lines
    assert "141910Z" in found.lines[0] and "GENEVA 02417" in found.lines[0]


def test_a_telegram_that_agrees_with_itself_has_no_findings_of_that_kind() -> None:
    reading = Reading.of(Source.of_text(SAMPLE))
    assert not list(contradictions(parse(reading), reading))


def test_a_figure_that_a_mark_is_left_of_contradicts_nothing() -> None:
    text = SAMPLE.replace("GENEVA 427", "GENEVA ,417")
    assert ("number", "417", "2417", False) in votes(text)
    reading = Reading.of(Source.of_text(text))
    assert not list(contradictions(parse(reading), reading))


def test_a_final_section_stays_final_behind_a_grade_in_letters_apart() -> None:
    line = "C O N F I D E N T I A L FINAL SECTION OF 2 GENEVA ,417"
    text = SAMPLE.replace("CONFIDENTIAL FINAL SECTICN OF % GENEVA 427", line).replace("\f", "\n")
    assert line in text
    found = restore_source(Source.of_text(text), Restorer.load())
    assert "C O N F I D E N T I A L FINAL SECTION OF 2 GENEVA 2417" in found.lines
