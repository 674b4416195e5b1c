"""What the index keeps of a document beside its words, and how dates in figures are read."""

from __future__ import annotations

import pytest

from septel.archive.search import Query, dates_read
from septel.archive.search.query_language.fields import keys_of


@pytest.mark.parametrize(
    ("tags", "subject", "persons"),
    [
        ("PFOR, BL (GUZMAN)", "GENERAL GUZMAN", ["GUZMAN"]),
        ("PFOR, BL (GUZMAN)", "THE MINES OF GUZMAN", []),
        ("PFOR, XT (UNESCO)", "UNESCO MEETING", []),
        ("PFOR, US (CRANE, JOHN A)", "WHEAT", ["CRANE, JOHN A"]),
    ],
)
def test_a_surname_alone_on_the_tags_line_is_a_person_where_the_text_has_a_title(
    tags: str, subject: str, persons: list[str]
) -> None:
    tree = {"heading": {"subject": {"value": subject}}, "catalogue": {"TAGS": tags}}
    assert list(keys_of({"title": "x"}, tree, ()).facets["person"]) == persons


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("date:10/1/1974", ("10/1/1974 is read as 1974-10-01, the month first",)),
        ("date:11/18/1979", ("11/18/1979 is read as 1979-11-18",)),
        ("date:1974-10-01", ()),
        ('date:"1 October 1974" wheat', ()),
    ],
)
def test_a_date_that_may_be_two_days_says_how_it_is_read(query: str, told: tuple[str, ...]) -> None:
    assert dates_read(Query.of(query)) == told
