"""Numbers of a run against the times of their telegrams."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from septel.citations import HeldTelegram, out_of_order


def _held(serial: int, day: str, *, post: str | None = "LA PAZ", series: str | None = None) -> HeldTelegram:
    sent = datetime.datetime.fromisoformat(day)
    return HeldTelegram(
        id=f"{serial} {day}",
        post=post,
        serial=serial if series is None else None,
        year=sent.year,
        sent=sent,
        series=((series, serial),) if series else (),
    )


def test_a_number_below_its_neighbours_is_told_with_the_one_that_contradicts_it() -> None:
    run = [_held(n, f"1974-04-{n - 2070:02d}") for n in range(2073, 2085)]
    found = out_of_order([*run, _held(2047, "1974-05-08")])
    assert [(one.holding, one.below, one.above) for one in found] == [
        ("2047 1974-05-08", None, (2073, datetime.datetime(1974, 4, 3)))
    ]
    assert str(found[0]) == "1974 LA PAZ 2047 is of 1974-05-08, but 2073 was sent before, on 1974-04-03"


def test_neighbours_may_pass_each_other_and_other_years_and_posts_do_not_count() -> None:
    run = [_held(1, "1974-01-02"), _held(2, "1974-01-05"), _held(3, "1974-01-03"), _held(4, "1974-01-09")]
    assert out_of_order(run) == ()
    assert out_of_order([*run, _held(2, "1973-12-30"), _held(3, "1974-12-30", post="LIMA")]) == ()


def test_a_series_may_begin_again_with_another_trip() -> None:
    first = [_held(n, f"1975-03-{n:02d}", series="SECTO") for n in range(1, 9)]
    assert out_of_order([*first, _held(2, "1975-08-01", series="SECTO")]) == ()
    assert len(out_of_order([*first, _held(2, "1975-03-20", series="SECTO")])) == 1


@given(st.lists(st.integers(0, 300), unique=True, min_size=3, max_size=12))
def test_numbers_that_rise_with_their_days_are_in_order(days: list[int]) -> None:
    start = datetime.date(1974, 1, 1)
    dated = [(start + datetime.timedelta(days=day)).isoformat() for day in sorted(days)]
    assert out_of_order([_held(number, day) for number, day in enumerate(dated, 1)]) == ()
