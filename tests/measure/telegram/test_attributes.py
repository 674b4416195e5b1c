"""How a field is judged when page and attribute block disagree; all files are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from septel.measure.telegram.attributes import FieldVerdict, copied, judge, message_lines, plain_run
from septel.measure.telegram.run import measure_telegram
from septel.measure.telegram.scores import LabelScore
from septel.telegram import parse
from septel.text import Reading, Source
from tests.telegram.samples import ELECTRONIC

ATTRIBUTES = {
    "From": "LA PAZ",
    "To": "STATE",
    "Original Classification": "CONFIDENTIAL",
    "Original Handling Restrictions": "LIMDIS",
    "Subject": "FLOUR SHIPMENTS AND A VERY LONG TITLE THAT RUNS OVER THE LINE END",
    "TAGS": "EAID, BL, (PEREZ, JUAN)",
    "Reference": "LA PAZ 4001; STATE 111222; A-150 OF MAY 31, 1974",
}


def verdicts(**changed: str) -> dict[str, FieldVerdict]:
    block = {**ATTRIBUTES, **{name.replace("_", " "): value for name, value in changed.items()}}
    text = ELECTRONIC + "".join(f"{name}: {value}\n" for name, value in block.items())
    parsed = parse(Reading.of(Source.of_text(text)))
    return {one.field: one.verdict for one in judge("1974LAPAZ04112", text, parsed)}


def test_what_agrees_with_the_attribute_is_exact() -> None:
    assert set(verdicts().values()) == {FieldVerdict.EXACT}


def test_an_attribute_that_is_cut_is_counted_apart() -> None:
    assert verdicts(Subject="FLOUR SHIPMENTS AND A VERY LONG TITLE TH")["subject"] is FieldVerdict.CUT


def test_an_attribute_that_the_indexer_changed_gives_way_to_the_page() -> None:
    found = verdicts(TAGS="EAID, BL, US, (PEREZ, JUAN)", Subject="FLOUR SHIPMENTS TO BOLIVIA")
    assert (found["tags"], found["subject"]) == (FieldVerdict.INDEXED, FieldVerdict.INDEXED)


def test_what_agrees_with_neither_is_wrong() -> None:
    text = ELECTRONIC + "Subject: FLOUR\nDraft Date: 03 JUN 1974\nOriginal Classification: SECRET\n"
    parsed = parse(Reading.of(Source.of_text(text.replace("SUBJ: FLOUR", "SUBJ: F1OUR"))))
    found = {one.field: one.verdict for one in judge("1974LAPAZ04112", text, parsed)}
    assert found["subject"] is FieldVerdict.WRONG
    assert found["classification"] is FieldVerdict.WRONG


def test_a_clerk_copies_the_lines_right_under_a_label() -> None:
    lines = message_lines(ELECTRONIC)
    assert copied(lines, "tags") == "EAID, BL (PEREZ, JUAN)"
    assert copied(lines, "subject") == ATTRIBUTES["Subject"]
    assert copied(["1. NO LABEL HERE."], "subject") is None


def test_a_run_of_numbers_may_skip_one_or_repeat_one() -> None:
    assert plain_run(["1. A", "2. B", "74. C", "2. D", "4. E", "9. F"]) == ["1", "2", "2", "4"]


def test_labels_are_scored_by_f1() -> None:
    assert LabelScore(right=3, found=4, wanted=4).f1 == pytest.approx(0.75)
    assert LabelScore(right=0, found=0, wanted=0).f1 is None


def test_nearly_all_fields_of_the_released_set_are_right(shared: Path) -> None:
    released, bodies = measure_telegram(["aad", "aad-bodies"], shared=shared).scores
    assert all(
        field.share is None or field.share >= 0.98 for field in released.fields if field.field != "labels"
    )
    assert bodies.labels.f1 is not None and bodies.labels.f1 >= 0.99


def test_the_plain_run_puts_back_what_the_transcript_lost() -> None:
    assert plain_run(["1. A", "", "2 THERE ARE", "", "3. B"]) == ["1", "2", "3"]
    assert plain_run(["1. A", "2 THERE ARE", "3. B"]) == ["1", "3"]  # a figure within running text
    lines = [f"{n}. A" for n in range(1, 11)]
    assert plain_run([*lines, "1. K", "12. L"])[-3:] == ["10", "11", "12"]
    assert plain_run(["1. A", "2.. B", "5. C", "5. D"]) == ["1", "2", "5", "5"]


def test_the_plain_run_leaves_out_inner_lists_and_a_number_alone() -> None:
    assert plain_run(["1. A", "2. B", "1. X", "2. Y", "3. C", "4. D"]) == ["1", "2", "3", "4"]
    assert plain_run(["2. LA PAZ 0503"]) == []
