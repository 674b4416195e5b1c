"""Whose name a worn last line is: the post and the year are weighed, what stands plainly stands."""

from __future__ import annotations

import pytest

from septel.telegram import hints_of, parse
from septel.telegram.model.tree import Field
from septel.text import Edit, Ground, Reading, Reason, Source, Span, Step

LA_PAZ = """\
LIMITED OFFICIAL’-USE
PAGE O1 LA PAZ 04112 0222282
R 0221252 JUN 74 . 7
Fu AMEMBASSY LA PAZ °
* To SECSPATE WASHDC 3311
“LIM TED CFFICIAL USE La& PAZ 4112
SUB.; FLOUR SHIPMENTS
1. MINISTER CALLED AGAIN. -
2, EMBASSY ASKS FOR THE DEPARTMENT'S VIEWS.
{name}
NNN .
"""


def read(name: str, restored: str = "", *, text: str = LA_PAZ, ground: Ground = Ground.LANGUAGE) -> Reading:
    """A worn telegram that ends with `name`, which a restorer read as `restored`."""
    source = Source.of_text(text.format(name=name))
    at = source.text.index(name)
    edit = Edit(
        span=Span(at, at + len(name)),
        before=name,
        after=restored,
        reason=Reason(ground=ground),
        step=Step.of("test", "1"),
    )
    return Reading.of(source, [edit] if restored else [])


def signed(
    name: str, restored: str = "", *, text: str = LA_PAZ, ground: Ground = Ground.LANGUAGE
) -> Field[str]:
    """The signature of that telegram."""
    found = parse(read(name, restored, text=text, ground=ground)).signature
    assert found is not None
    return found


def test_both_readings_are_hinted() -> None:
    reading = read("T0DMAN")
    told = {hint.span.of(reading.source.text): hint.options for hint in hints_of(parse(reading), reading)}
    assert told["T0DMAN"] == ("TODMAN", "STEDMAN")


@pytest.mark.parametrize("seen", ["T DMAN", "T DMANG"])
def test_a_restored_name_gives_way_to_the_chief_of_the_post_that_the_page_shows_as_well(seen: str) -> None:
    found = signed(seen, "TODMAN")  # Stedman headed La Paz in 1974, Todman Conakry
    assert (found.value, found.alternatives, found.basis) == ("STEDMAN", ("TODMAN",), "nearest")


def test_at_the_other_post_the_same_signs_are_the_other_chief() -> None:
    conakry = LA_PAZ.replace("LA PAZ", "CONAKRY").replace("La& PAZ", "CONAKRY")
    assert signed("T DMAN", "TODMAN", text=conakry).value == "TODMAN"
    assert signed("T DMAN", text=conakry).value == "TODMAN"


def test_in_another_year_another_chief_signs() -> None:
    later = LA_PAZ.replace("JUN 74", "JUN 78")
    assert signed("T DMAN", "TODMAN", text=later).value == "TODMAN"


@pytest.mark.parametrize("name", ["TODMAN", "SMITH"])
def test_a_plain_name_of_the_page_stands_whoever_headed_the_post(name: str) -> None:
    found = signed(name)
    assert (found.value, found.alternatives, found.basis) == (name, (), "")


def test_a_name_that_the_restorer_left_or_only_cleared_stands() -> None:
    found = signed("TODMAN ;", "TODMAN")
    assert (found.value, found.alternatives) == ("TODMAN", ())


def test_what_a_person_decided_stands() -> None:
    found = signed("T DMAN", "TODMAN", ground=Ground.DECISION)
    assert (found.value, found.alternatives, found.basis) == ("TODMAN", (), "")


def test_the_chief_does_not_stand_where_another_name_is_nearer_by_more_than_a_sign() -> None:
    found = signed("T0DMAN")  # a nought for a letter is no sign apart, and Stedman is two
    assert (found.value, found.alternatives, found.basis) == ("TODMAN", ("STEDMAN",), "nearest")


@pytest.mark.parametrize("word", ["DATE", "TOP", "RELEASED"])
def test_a_printed_label_at_the_foot_is_no_signer(word: str) -> None:
    found = parse(read(word)).signature
    assert found is None or found.value != word
