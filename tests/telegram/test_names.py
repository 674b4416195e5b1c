"""A telegram is known by every name that people use, and none is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.lexicon import Lexicon
from septel.telegram.names import (
    Named,
    TelegramName,
    keys_beginning,
    name_keys,
    named,
    record_number,
    telegram_name,
)
from tests.telegram.meant import find_named

LA_PAZ = named("aa11bb22cc33", identifier="LA PAZ 158", file="cable.txt", dtg="1974-01-10T12:00Z")
LATER = named("bb11bb22cc33", identifier="LA PAZ 158", file="other.txt", dtg="1975-01-10T12:00Z")
UNDATED = named("cc11bb22cc33", identifier="LA PAZ 158", file="worn.pdf")
CABLE = named(
    "dd11bb22cc33",
    identifier="DIRECTOR 75338",
    file="104-10100-10199.pdf",
    tree={
        "paper": {
            "numbers": ["DIR 75338", "TDCS-3/522,837"],
            "cover": {"record_number": "104-10100-10199"},
            "file": "104-10100-10199.pdf",
        }
    },
)
HELSINKI = named(
    "ee11bb22cc33",
    identifier="HELSINKI 1321",
    file="helsinki.txt",
    tree={
        "heading": {
            "mrn": None,
            "series": [
                {
                    "value": {"series": "SALTO", "number": "015"},
                    "alternatives": [{"series": "SALTO", "number": "018"}],
                }
            ],
        }
    },
)
ALL = (LA_PAZ, LATER, UNDATED, CABLE, HELSINKI)


@pytest.mark.parametrize(
    "name",
    [
        "LA PAZ 158", "LA PAZ 00158", "lapaz 158", "LaPaz158", "La Paz 158", "AMEMBASSY LA PAZ 158",
        "La Paz telegram 158", "telegram 158 from La Paz",
        "Embassy La Paz to Department of State, Telegram 158",
        "LA PAZ #158", "LA PAZ no. 158", "LAPAZ-158",
    ],
)  # fmt: skip
def test_a_telegram_goes_by_each_form_of_its_number(name: str) -> None:
    assert telegram_name(name) == TelegramName(post="LAPAZ", serial=158)
    assert find_named(name, ALL) == (LA_PAZ.id, LATER.id, UNDATED.id)


@pytest.mark.parametrize("name", ["1974LAPAZ00158", "1974 LA PAZ 158", "La Paz 158 (1974)", "74 La Paz 158"])
def test_a_year_that_is_told_parts_them(name: str) -> None:
    assert find_named(name, ALL) == (LA_PAZ.id,)


def test_a_number_is_no_beginning_of_a_longer_one() -> None:
    for name in ("LA PAZ 15", "LaPaz 1", "HELSINKI 132"):
        assert find_named(name, ALL) == (), name
        (first, last) = keys_beginning(name).between[0]
        assert not any(first <= key < last for one in ALL for key in name_keys(one)), name
    assert find_named("LA PAZ", ALL) == (LA_PAZ.id, LATER.id, UNDATED.id)
    assert find_named("104-10100", ALL) == (CABLE.id,)


def test_where_no_year_fits_those_without_one_remain() -> None:
    assert find_named("1976LAPAZ00158", ALL) == (UNDATED.id,)
    assert find_named("1976LAPAZ00158", (LA_PAZ, LATER)) == ()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("DIR 75338", CABLE.id),
        ("CITE DIR 75338", CABLE.id),
        ("director 75,338", CABLE.id),
        ("TDCS-3/522,837", CABLE.id),
        ("tdcs 3/522837", CABLE.id),
        ("104-10100-10199", CABLE.id),
        ("RIF 104-10100-10199", CABLE.id),
        ("104-10100-10199.pdf", CABLE.id),
        ("1041010010199", CABLE.id),
        ("104-10100", CABLE.id),
        ("SALTO 18", HELSINKI.id),
        ("SALTO 015", HELSINKI.id),
        ("helsinki", HELSINKI.id),
        ("HELSIN 1321", HELSINKI.id),
        ("1321", HELSINKI.id),
        ("HEL 1321", HELSINKI.id),
        ("ee11", HELSINKI.id),
        ("helsinki.txt", HELSINKI.id),
    ],
)
def test_other_names(name: str, found: str) -> None:
    assert find_named(name, ALL) == (found,)


@pytest.mark.parametrize(
    "name", ["", "   ", "LA PAZ 1588", "LIMA 158", "zz", "?!", "104-10100-10198", "x" * 500]
)
def test_what_is_not_held_is_not_guessed(name: str) -> None:
    assert find_named(name, ALL) == ()


def test_a_record_number_has_one_form() -> None:
    assert record_number("104 10100 10199") == record_number("RIF: 104-10100-10199") == "104-10100-10199"
    assert record_number("104-1010-10199") is None


@given(st.text(max_size=60))
def test_any_text_can_be_asked_for(name: str) -> None:
    found = find_named(name, ALL)
    assert set(found) <= {one.id for one in ALL}


def test_tel_is_a_post_before_aviv_and_a_word_elsewhere() -> None:
    held = (named("1" * 12, identifier="TEL AVIV 1", dtg="1950-02-03T00:00Z"),)
    for name in ("TEL AVIV 00001", "1950TELAVIV00001", "Tel Aviv tel 1"):
        assert find_named(name, held) == ("1" * 12,)


@given(st.sampled_from(Lexicon.shipped().posts), st.integers(1, 99999), st.integers(1950, 1985))
def test_the_archives_number_means_what_post_and_number_mean(post: object, serial: int, year: int) -> None:
    name = str(getattr(post, "name"))  # noqa: B009
    held = (Named(id="0" * 12), named("1" * 12, identifier=f"{name} {serial}", dtg=f"{year}-02-03T00:00Z"))
    assert find_named(f"{name} {serial:05d}", held) == ("1" * 12,)
    assert find_named(f"{year}{name.replace(' ', '')}{serial:05d}", held) == ("1" * 12,)
