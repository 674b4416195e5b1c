"""Telegrams that contradict themselves; each finding has a telegram without it beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from septel.record import VALIDATORS, findings
from septel.telegram import parse
from septel.text import Reading, Source
from tests.telegram.samples import ELECTRONIC, TWO_SECTIONS


def found(text: str) -> list[str]:
    reading = Reading.of(Source.of_text(text))
    return [finding.what for finding in findings(parse(reading), reading)]


@pytest.mark.parametrize("text", [ELECTRONIC, TWO_SECTIONS])
def test_a_sound_telegram_has_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("JUN 74", "JAN 73", "TAGS line"),
        ("E.O. 11652: GDS", "E.O. 12065: GDS", "12065"),
        ("O R 022125Z JUN", "O R 312125Z JUN", "no date"),
        ("O R 022125Z", "O R 042125Z", "before it was sent"),
        ("/055 W", "/056 W", "add up to 55"),
        ("TAGS: EAID", "TAGS: EAIX", "TAGS list of 1974 has no EAIX"),
        ("FM AMEMBASSY LA PAZ", "FM AMEMBASSY LIMA", "LIMA"),
    ],
)
def test_a_contradiction_is_told(before: str, after: str, told: str) -> None:
    assert before in ELECTRONIC
    text = ELECTRONIC.replace(before, after)
    assert any(told in what for what in found(text))


def test_every_validator_names_its_origin() -> None:
    assert all(validator.name and validator.origin for validator in VALIDATORS)


def test_released_telegrams_rarely_contradict_themselves(shared: Path) -> None:
    files = sorted((shared / "dev" / "aad").glob("*.txt"))
    told = [found(f.read_text(encoding="utf-8", errors="replace").replace("\f", "")) for f in files]
    assert sum(bool(one) for one in told) / len(told) < 0.1
