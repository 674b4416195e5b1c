"""Which held telegram a number means, and what is known of those that are not held."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.citations import (
    CitationGraph,
    HeldTelegram,
    Reference,
    ReferenceKind,
    ResolutionStatus,
    antecedents,
    ghosts,
    request_list,
)
from septel.citations.resolution.numbering import Numbering, Point, Possible
from septel.text import Locus, Span


def day(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def held(post: str, serial: int, sent: str | None, **more: object) -> HeldTelegram:
    moment = day(sent) if sent else None
    name = f"{post} {serial} {sent}"
    values: dict[str, object] = {"year": moment.year if moment else None, **more}
    return HeldTelegram(id=name, post=post, serial=serial, sent=moment, **values)  # type: ignore[arg-type]


def cite(post: str | None, number: int | str | None, **more: object) -> Reference:
    values: dict[str, object] = {"kind": ReferenceKind.TELEGRAM, "normal": f"{post} {number}", **more}
    return Reference(
        raw="",
        locus=Locus("x", Span(0, 1)),
        paragraph="1",
        post=post,
        number=None if number is None else str(number),
        **values,  # type: ignore[arg-type]
    )


def meaning(citing: HeldTelegram, reference: Reference, *others: HeldTelegram):  # type: ignore[no-untyped-def]
    graph = CitationGraph.of([(citing, [reference]), *((one, []) for one in others)])
    (citation,) = graph.cites(citing.id)
    return citation.meaning


CITING = held("LA PAZ", 900, "1975-02-10")


def test_a_number_of_the_running_year() -> None:
    target = held("LA PAZ", 850, "1975-02-07")
    assert meaning(CITING, cite("LA PAZ", 850), target).targets == (target.id,)


def test_a_number_that_the_year_had_not_reached_is_of_the_year_before() -> None:
    old = held("LA PAZ", 8111, "1974-12-20")
    later = held("LA PAZ", 8111, "1975-12-21")
    assert meaning(CITING, cite("LA PAZ", 8111), old, later).targets == (old.id,)


def test_a_telegram_of_the_year_before_is_not_taken_for_one_that_is_missing() -> None:
    old = held("LA PAZ", 850, "1974-02-07")
    found = meaning(CITING, cite("LA PAZ", 850), old)
    assert found.standing is ResolutionStatus.GHOST
    assert (found.wanted.name, found.wanted.year) == ("LA PAZ 850", 1975)


def test_nothing_is_chosen_where_the_year_may_have_reached_the_number() -> None:
    """How far Lima had come in February nobody knows, so a telegram of last November is but a candidate."""
    old = held("LIMA", 9000, "1974-11-07")
    found = meaning(CITING, cite("LIMA", 9000), old)
    assert (found.standing, found.candidates) == (ResolutionStatus.AMBIGUOUS, (old.id,))


def test_held_numbers_of_the_post_settle_the_year() -> None:
    old = held("LIMA", 9000, "1974-11-07")
    near = held("LIMA", 1200, "1975-02-20")
    assert meaning(CITING, cite("LIMA", 9000), old, near).targets == (old.id,)


def test_a_number_not_reached_is_of_the_year_before_however_old() -> None:
    old = held("LA PAZ", 3126, "1974-03-10")
    assert meaning(CITING, cite("LA PAZ", 3126), old).targets == (old.id,)


def test_two_telegrams_of_one_number_are_not_chosen_from() -> None:
    one, other = held("LA PAZ", 850, "1975-02-07"), held("LA PAZ", 850, "1975-02-07T10:00")
    found = meaning(CITING, cite("LA PAZ", 850), one, other)
    assert found.standing is ResolutionStatus.AMBIGUOUS
    assert set(found.candidates) == {one.id, other.id}


def test_copies_of_one_telegram_are_one() -> None:
    one = held("LA PAZ", 850, "1975-02-07")
    copy = HeldTelegram(id="copy", post="LA PAZ", serial=850, year=1975, sent=one.sent)
    assert set(meaning(CITING, cite("LA PAZ", 850), one, copy).targets) == {one.id, "copy"}


def test_a_held_telegram_without_a_year_is_only_a_candidate() -> None:
    lost = held("LA PAZ", 850, None)
    assert meaning(CITING, cite("LA PAZ", 850), lost).candidates == (lost.id,)


def test_a_year_or_a_date_in_the_reference_decides() -> None:
    old, new = held("STATE", 500, "1974-01-05"), held("STATE", 500, "1975-01-04")
    assert meaning(CITING, cite("STATE", 500, year=1974), old, new).targets == (old.id,)
    assert meaning(CITING, cite("STATE", 500, dated="--01-04"), old, new).targets == (new.id,)
    assert meaning(CITING, cite("STATE", 500, dated="--02-01"), new).standing is ResolutionStatus.AMBIGUOUS


def test_a_series_number_is_of_this_session() -> None:
    this = held("STATE", 7, "1975-01-20", series=(("TOSALT", 5),))
    before = held("STATE", 8, "1973-01-20", series=(("TOSALT", 5),))
    reference = cite(None, "005", kind=ReferenceKind.SERIES, series="TOSALT", normal="TOSALT 005")
    assert meaning(CITING, reference, this, before).targets == (this.id,)
    assert meaning(CITING, reference, before).standing is ResolutionStatus.GHOST


def test_a_message_by_its_date_time_group() -> None:
    sent = held("LIMA", 7, "1975-02-08T18:35", sender="AMEMBASSY LIMA")
    reference = cite("LIMA", None, kind=ReferenceKind.BY_TIME, sender="AMEMBASSY LIMA", time="081835Z FEB 75")
    assert meaning(CITING, reference, sent).targets == (sent.id,)
    other = held("QUITO", 7, "1975-02-08T18:35", sender="AMEMBASSY QUITO")
    assert meaning(CITING, reference, other).standing is ResolutionStatus.GHOST


def test_septel_is_never_resolved_but_its_candidates_are_told() -> None:
    near = held("LA PAZ", 899, "1975-02-10T01:00")
    found = meaning(CITING, cite(None, None, kind=ReferenceKind.SEPARATE, normal="SEPTEL"), near)
    assert (found.standing, found.candidates) == (ResolutionStatus.OPEN, (near.id,))


def test_the_graph_goes_both_ways_and_reftel_means_the_line() -> None:
    target = held("LA PAZ", 850, "1975-02-07")
    line = Reference(
        kind=ReferenceKind.TELEGRAM,
        raw="LA PAZ 850",
        normal="LA PAZ 850",
        locus=Locus("x", Span(0, 1)),
        paragraph="heading",
        post="LA PAZ",
        number="850",
    )
    reftel = Reference(
        kind=ReferenceKind.REFTEL,
        raw="REFTEL",
        normal="REFTEL",
        locus=Locus("x", Span(5, 6)),
        paragraph="2",
    )
    graph = CitationGraph.of([(CITING, [line, reftel]), (target, [])])
    assert [c.through for c in graph.cites(CITING.id)] == [None, 0]
    assert [c.citing for c in graph.cited_by(target.id)] == [CITING.id, CITING.id]


def test_copies_of_one_message_count_once_among_those_that_cite() -> None:
    copies = [held("GENEVA", 2417, "1971-05-14") for _ in range(4)]
    rows = [(replace(one, id=f"copy {n}"), [cite("STATE", 81206)]) for n, one in enumerate(copies)]
    others = [(held("ROME", n, "1971-05-15"), [cite("STATE", 81300)]) for n in (1, 2)]
    first, second = ghosts(CitationGraph.of([*rows, *others]))
    assert (first.wanted.number, first.messages, len(first.citing)) == (81300, 2, 2)
    assert (second.wanted.number, second.messages, len(second.citing)) == (81206, 1, 4)


def test_ghosts_are_sorted_by_how_often_they_are_cited_and_dated_by_their_neighbours() -> None:
    low, high = held("LA PAZ", 800, "1975-02-01"), held("LA PAZ", 880, "1975-02-09")
    other = held("LA PAZ", 901, "1975-02-11")
    graph = CitationGraph.of(
        [
            (CITING, [cite("LA PAZ", 860), cite("LA PAZ", 840)]),
            (other, [cite("LA PAZ", 840)]),
            (low, []),
            (high, []),
        ]
    )
    first, second = ghosts(graph)
    assert (str(first.wanted), len(first.citing), first.messages) == ("1975 LA PAZ 840", 2, 2)
    assert first.dating.day == datetime.date(1975, 2, 5)
    assert first.dating.earliest == datetime.date(1975, 1, 31)
    assert first.dating.latest == datetime.date(1975, 2, 10)
    assert first.dating.neighbours == ("LA PAZ 800", "LA PAZ 880")
    assert str(second.wanted) == "1975 LA PAZ 860"
    table = request_list([first], {CITING.id: "our copy"}).splitlines()
    assert table[0].startswith("cited by,mentions,message")
    assert "1975-02-05" in table[1] and "our copy" in table[1]


POINTS = st.lists(st.tuples(st.integers(1, 300), st.integers(0, 364)), max_size=12)


@given(POINTS, st.integers(1, 320), st.integers(0, 364))
def test_a_number_is_never_both_reached_and_not(
    points: list[tuple[int, int]], serial: int, when: int
) -> None:
    start = day("1975-01-01")
    numbering = Numbering(Point(serial=s, sent=start + datetime.timedelta(days=d)) for s, d in points)
    serials = [p.serial for p in numbering.points]
    assert serials == sorted(set(serials))
    early = numbering.reached(serial, start + datetime.timedelta(days=when))
    late = numbering.reached(serial, start + datetime.timedelta(days=365))
    if early is Possible.REACHED:
        assert late is Possible.REACHED


@pytest.mark.parametrize("number", [700, 870])
def test_a_misread_number_does_not_bend_the_numbering(number: int) -> None:
    points = [Point(serial=n * 100, sent=day(f"1975-0{n}-01")) for n in range(1, 9)]
    wrong = Point(serial=9000, sent=day("1975-02-15"))
    assert wrong not in Numbering([*points, wrong]).points
    assert Numbering([*points, wrong]).around(number)[0] is not None


def line(normal: str, letter: str | None) -> Reference:
    return Reference(
        kind=ReferenceKind.OTHER,
        raw=normal,
        normal=normal,
        locus=Locus("x", Span(0, 1)),
        paragraph="heading",
        letter=letter,
    )


@pytest.mark.parametrize(
    ("letters", "told"),
    [(("A", "B"), (0, 1)), ((None, "B"), (0, 1)), ((None, None), (0, 1)), (("B", "A"), (1, 0))],
)
def test_letters_mean_their_items_read_or_not(letters: tuple[str | None, ...], told: tuple[int, ...]) -> None:
    items = [line(f"ITEM {n}", letter) for n, letter in enumerate(letters)]
    cited = [cite(None, None, kind=ReferenceKind.REFTEL, normal=f"REF {c}", letter=c) for c in "AB"]
    tied = antecedents([*items, *cited])
    assert (tied[2], tied[3]) == ((told[0],), (told[1],))
