"""How sure a field is follows from which readings agree; what is not sure enough is left unread."""

from __future__ import annotations

from dataclasses import replace

import pytest

from septel.papers.forms import FormFields, agreement
from septel.papers.forms.agreement import LEAST, MANY, SHAPE, confidence_of, pattern_of, weighed

LINE = FormFields(number="MEXI 7373", to=("DIR",), originator="MEXICO CITY")


def test_readings_that_agree_are_surer_than_one_alone() -> None:
    agreed = confidence_of("number", "agree")
    only = confidence_of("number", "only")
    assert agreed is not None and only is not None
    assert agreed > 0.85 > only


def test_readings_of_one_family_are_no_witnesses_for_each_other() -> None:
    alone = weighed([("engine", LINE), ("engine", LINE)])
    both = weighed([("engine", LINE), ("layer", LINE)])
    assert alone.confidence["number"] < both.confidence["number"]


def test_what_is_rarely_right_is_unread_with_its_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {("references", "only"): (1, 10), ("number", "agree"): (9, 10), ("to", "agree"): (9, 10)}
    monkeypatch.setattr(agreement, "_counted", lambda: counts)
    sure = confidence_of("references", "only")
    assert sure is not None and sure < LEAST
    found = weighed([("engine", replace(LINE, references=("MEXI 7359", "DIR 70123"))), ("layer", LINE)])
    assert found.fields.references == ()
    assert found.unread["references"] == ("MEXI 7359, DIR 70123",)
    assert found.fields.number == "MEXI 7373"


def test_a_long_list_of_addressees_is_less_sure_than_a_few() -> None:
    many = replace(LINE, to=("BONN", "FRAN", "PARI", "ROME", "MADR"))
    few, long = (weighed([("text", one)]).confidence["to"] for one in (LINE, many))
    assert long == confidence_of("to", MANY)
    assert long < 0.91 < few


def test_a_guess_is_less_sure_and_gives_way_to_what_a_label_tells() -> None:
    guess = replace(LINE, to=("WAVE",), guessed=("to",))
    alone = weighed([("engine", guess), ("engine", guess)])
    assert alone.fields.to == ("WAVE",)
    assert alone.confidence["to"] == confidence_of("to", SHAPE)
    told = weighed([("engine", guess), ("engine", LINE)])
    assert told.fields.to == ("DIR",)


def test_fields_laid_over_others_keep_what_is_guessed() -> None:
    under = FormFields(date="1963-01-14", to=("WAVE",), guessed=("to", "date"))
    assert LINE.over(under).guessed == ("date",)
    assert FormFields().over(under).guessed == ("to", "date")


@pytest.mark.parametrize(
    ("engine", "layer", "pattern"),
    [("MEXI 1", "MEXI 1", "agree"), ("MEXI 1", "", "only"), ("MEXI 1", "MEXI 7", "differ")],
)
def test_patterns(engine: str, layer: str, pattern: str) -> None:
    families = {"engine": FormFields(number=engine), "layer": FormFields(number=layer)}
    assert pattern_of("number", FormFields(number=engine), families) == pattern


def test_what_was_never_counted_has_no_confidence() -> None:
    assert confidence_of("number", "alone person") is None


@pytest.mark.parametrize(
    ("labels", "gap"),
    [
        ("A. 1. 2. a. b. c. B. 1. a.", False),
        ("1. A B C 2. A B", False),
        ("A. 1. 2. b. c.", True),
        ("1. 2. 4.", True),
        ("2. 3.", True),
    ],
)
def test_a_list_of_labels_with_a_gap_is_doubtful(labels: str, gap: bool) -> None:
    sure = weighed([("engine", FormFields(paragraphs=tuple(labels.split())))]).confidence["paragraphs"]
    assert (sure <= agreement.EVEN) is gap


@pytest.mark.parametrize(("to", "cut"), [("Chief,", True), ("DIRECTOR OF", True), ("Chief, KURIOT", False)])
def test_a_receiver_cut_off_is_doubtful(to: str, cut: bool) -> None:
    sure = weighed([("engine", FormFields(to=(to,)))]).confidence["to"]
    assert (sure <= agreement.EVEN) is cut
