"""Months by their names and short forms, and the years of these forms."""

from __future__ import annotations

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "JAN JANUARY", "FEB FEBRUARY", "MAR MARCH", "APR APRIL", "MAY", "JUN JUNE", "JUL JULY",
            "AUG AUGUST",
            "SEP SEPT SEPTEMBER", "OCT OCTOBER", "NOV NOVEMBER", "DEC DECEMBER",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1940, 1980
"""Between which years messages of these forms were sent; dates after them are of reviews."""


def month_number(word: str) -> int:
    """The number of a month by its name or short form."""
    return _MONTHS[word.upper().rstrip(".")]
