"""Doing one thing to many items in order, with few of them under way."""

from __future__ import annotations

from collections.abc import Iterator

from septel.pipeline import mapped


def double(number: int) -> int:
    return 2 * number


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(mapped(double, range(50), jobs=2, chunk=4)) == [2 * n for n in range(50)]


def test_one_job_takes_each_item_when_it_is_asked_for() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(10):
            taken.append(number)
            yield number

    first = next(iter(mapped(double, items())))
    assert (first, taken) == (0, [0])


def test_several_jobs_take_no_more_than_two_chunks_each() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    found = mapped(double, items(), jobs=2, chunk=3)
    assert next(found) == 0
    assert len(taken) <= 15
