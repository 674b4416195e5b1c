"""Labels of paragraphs are read together: the run that all rows support best stands."""

from __future__ import annotations

import pytest

from septel.papers.places import Sheet
from septel.papers.places.paragraphs import paragraph_labels
from tests.papers.forms.sheets import sheet

LONG = "WORDS OF A PARAGRAPH THAT GOES ON TO THE RIGHT EDGE OF THE PAGE"


def labels(*lines: str) -> tuple[str, ...]:
    return paragraph_labels([Sheet.of_lines([f"{line} {LONG}" for line in lines])])


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("1.", "2.", "3."), ("1.", "2.", "3.")),
        (("1.", "A.", "B.", "2.", "A."), ("1.", "A.", "B.", "2.", "A.")),
        (("l.", "2.", "3."), ("1.", "2.", "3.")),
        (("1.", "3.", "4."), ("1.", "2.", "3.", "4.")),
        (("1.", "B.", "3."), ("1.", "2.", "3.")),
        (("A.", "B.", "1.", "2."), ("1.", "2.")),
        (("1.", "A.", "B&C.", "D.", "2."), ("1.", "A.", "B&C.", "D.", "2.")),
        (("1.", "A)", "I)", "II)", "B)"), ("1.", "A)", "I)", "II)", "B)")),
        (("1.", "47.", "2."), ("1.", "2.")),
        ((), ()),
    ],
)
def test_labels_run_on(lines: tuple[str, ...], told: tuple[str, ...]) -> None:
    assert labels(*lines) == told


def test_a_label_that_was_not_read_is_known_by_its_place_between_two() -> None:
    rows = [(4.0, "1."), (8.0, "u:"), (12.0, "3.")]
    page = sheet(
        *[(down, 10.0, f"{label} {LONG}") for down, label in rows],
        *[(down + 2, 6.0, LONG) for down, _ in rows],
    )
    assert paragraph_labels([page]) == ("1.", "2.", "3.")


def test_figures_in_a_table_are_no_labels() -> None:
    assert labels("1.") == ("1.",)
    assert paragraph_labels([Sheet.of_lines(["18 2,800.00 6,727.13", "JULY 3 84,520.00 93,227.13"])]) == ()


def test_offices_printed_left_of_the_text_are_no_labels() -> None:
    rows = [(2.0 * n, 20.0, f"{n}. {LONG}") for n in range(1, 4)]
    offices = [(2.0 * n + 1, 4.0, "S") for n in range(1, 4)]
    body = [(2.0 * n + 1, 16.0, LONG) for n in range(1, 4)]
    assert paragraph_labels([sheet(*rows, *offices, *body)]) == ("1.", "2.", "3.")
