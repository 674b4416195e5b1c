"""Makers give what the classes themselves give."""

import dataclasses
import pickle
from dataclasses import dataclass, field

import pytest

from septel.telegram.model.construct import constructor, new_field, new_locus, new_mark, new_span, new_station
from septel.telegram.model.tree import Field, Mark, Station
from septel.text import Locus, Span

WHERE = Locus("0123456789ab", Span(3, 9))
PAIRS = [
    (new_span(3, 9), Span(3, 9)),
    (new_locus("0123456789ab", new_span(3, 9)), WHERE),
    (new_station(name="AMEMBASSY LA PAZ"), Station(name="AMEMBASSY LA PAZ")),
    (
        new_field(value="A", raw="a", locus=WHERE, basis="vote"),
        Field(value="A", raw="a", locus=WHERE, basis="vote"),
    ),
    (
        new_mark(kind="box", value="53", raw="53", locus=WHERE, page=1),
        Mark(kind="box", value="53", raw="53", locus=WHERE, page=1),
    ),
]


@pytest.mark.parametrize(("made", "called"), PAIRS)
def test_a_made_record_is_the_same_in_all_respects(made: object, called: object) -> None:
    assert type(made) is type(called)
    assert made == called
    assert hash(made) == hash(called)
    assert repr(made) == repr(called)
    assert pickle.loads(pickle.dumps(made)) == called


def test_a_made_record_is_frozen() -> None:
    made = new_field(value="A", raw="a", locus=WHERE)
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.value = "B"  # type: ignore[misc]
    assert dataclasses.replace(made, value="B").value == "B"


def test_a_made_record_is_checked_as_its_class_checks_it() -> None:
    with pytest.raises(ValueError, match="runs forwards"):
        new_span(9, 3)


def test_what_is_left_out_has_its_default_and_nothing_else_fits() -> None:
    assert new_field(value=1, raw="1", locus=WHERE).alternatives == ()
    with pytest.raises(TypeError):
        new_mark(kind="box", value="53", raw="53", locus=WHERE)  # type: ignore[call-arg]


@dataclass(frozen=True)
class _Open:
    value: int


@dataclass(frozen=True, slots=True)
class _Fresh:
    values: list[int] = field(default_factory=list)


@pytest.mark.parametrize("record", [_Open, _Fresh, int])
def test_only_slotted_records_with_plain_defaults_have_makers(record: type) -> None:
    with pytest.raises(TypeError):
        constructor(record)
