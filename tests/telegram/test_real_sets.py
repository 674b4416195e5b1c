"""Released telegrams of one embassy, and other bodies with gold fields; not part of the project."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from pathlib import Path

import pytest

from septel.lexicon import Lexicon
from septel.telegram import Telegram, parse
from septel.text import Reading, Source

Row = dict[str, str]
WITHOUT_TEXT = {"1974LAPAZ02230"}  # the set holds its attributes only


@cache
def parsed(folder: Path) -> tuple[tuple[tuple[tuple[str, str], ...], Telegram], ...]:
    with (folder / "index.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    out = []
    for row in rows:
        if row["Document Number"] not in WITHOUT_TEXT:
            text = (folder / row["file"]).read_text(encoding="utf-8", errors="replace").replace("\f", "")
            out.append((tuple(row.items()), parse(Reading.of(Source.of_text(text)))))
    return tuple(out)


def share(shared: Path, right: object) -> float:
    assert callable(right)
    pairs = parsed(shared / "dev" / "aad")
    return sum(bool(right(dict(row), telegram)) for row, telegram in pairs) / len(pairs)


def number_is_right(row: Row, telegram: Telegram) -> bool:
    return telegram.heading.mrn is not None and (
        re.sub(r"(?<=[A-Z])0*", "", telegram.heading.mrn)
        == re.sub(r"(?<=[A-Z])0*", "", row["Document Number"])
    )


def date_is_right(row: Row, telegram: Telegram) -> bool:
    day, month, year = row["Draft Date"].upper().split()
    sent = telegram.heading.sent
    months = Lexicon.shipped().month_numbers
    return sent is not None and (sent.value.day, sent.value.month, sent.value.year) == (
        int(day),
        months[month],
        int(year),
    )


def grade_is_right(row: Row, telegram: Telegram) -> bool:
    grade = telegram.heading.classification
    return grade is not None and grade.value == row["Original Classification"]


def captions_are_right(row: Row, telegram: Telegram) -> bool:
    wanted = {row["Original Handling Restrictions"]} - {"n/a"}
    return {c.value for c in telegram.heading.captions} & {
        "NODIS",
        "EXDIS",
        "LIMDIS",
        "STADIS",
        "NOFORN",
    } == wanted


@pytest.mark.parametrize("right", [number_is_right, date_is_right, grade_is_right, captions_are_right])
def test_the_fields_of_released_telegrams(shared: Path, right: object) -> None:
    assert share(shared, right) >= 0.98


def test_nearly_all_are_signed_and_add_up(shared: Path) -> None:
    assert share(shared, lambda _, t: t.signature is not None) >= 0.98
    assert (
        share(shared, lambda _, t: t.distribution and all(d.sums is not False for d in t.distribution))
        >= 0.98
    )


def test_bodies_have_their_paragraphs_and_signatures(shared: Path) -> None:
    wrong = []
    for path in sorted((shared / "dev" / "aad_bodies").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8").replace("\f", "")
        telegram = parse(Reading.of(Source.of_text(text)))
        numbers = [int(p.path) for p in telegram.paragraphs if p.path.isdigit()]
        if numbers != gold["paragraphs"]:
            wrong.append((gold["id"], numbers))
        assert (telegram.signature.value if telegram.signature else None) == gold["signature"]
    # One margin column is interleaved with the text (the printed form of 1961): its first label is lost.
    assert len(wrong) <= 1
