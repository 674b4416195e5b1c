"""Doubt: one set of marks, one list of places, kept by the log."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given

from septel.text import (
    Alternative,
    Confidence,
    Edit,
    Ground,
    Reading,
    Reason,
    Source,
    Span,
    State,
    Step,
    claimed,
    counted,
    marked,
    marked_around,
    marked_passage,
    marked_prose,
    marked_value,
    places,
    read_words,
    shortened,
    shown,
    state_of,
    stretches,
)
from tests.text.strategies import edited

STEP = Step.of("tool", "1")
SOURCE = Source.of_text("TALK5 A80UT SAIT\nAT ~~~~ MOS- \nCOW , ~ END\n")


def edit(before: str, after: str, state: State | None = None, **more: object) -> Edit:
    start = SOURCE.text.index(before)
    values: dict[str, object] = {"reason": Reason(ground=Ground.CHANNEL), "step": STEP, "state": state}
    span = Span(start, start + len(before))
    return Edit(span=span, before=before, after=after, **(values | more))  # type: ignore[arg-type]


EDITS = (
    edit("TALK5", "TALKS", State.SURE),
    edit("A80UT", "A BOUT", State.DOUBTFUL),
    edit("SAIT", "SALT", reason=Reason(ground=Ground.DECISION)),
    edit("~~~~", "", unreadable=True, extent=4),
    edit(" ,", ",", State.DOUBTFUL),
    edit("~ END", "END", State.SURE),
)
READING = Reading.of(SOURCE, EDITS)


def test_each_place_has_a_state() -> None:
    assert [(span.of(SOURCE.text), state.value) for span, state in places(READING)] == [
        ("TALK5", "sure"),
        ("A80UT", "doubtful"),
        ("SAIT", "decided"),
        ("~~~~", "unreadable"),
        (" ,", "doubtful"),
        ("~ END", "sure"),
    ]


def test_marks_follow_every_word_that_is_doubtful() -> None:
    assert marked(READING) == "TALKS A[?] BOUT[?] SALT\nAT […4] MOS- \nCOW,[?] END\n"
    assert marked(READING, SOURCE.lines[1]) == "AT […4] MOS- "
    assert "".join(stretch.text for stretch in stretches(READING)) == READING.text


def test_words_take_the_state_of_their_least_sure_part() -> None:
    found = [(word.text, word.state.value) for word in read_words(READING)]
    assert found == [
        ("TALKS", "sure"),
        ("A[?]", "doubtful"),
        ("BOUT[?]", "doubtful"),
        ("SALT", "decided"),
        ("AT", "as it came"),
        ("[…4]", "unreadable"),
        ("MOS-", "as it came"),
        ("COW,[?]", "doubtful"),
        ("END", "sure"),
    ]
    assert counted(READING)[State.DOUBTFUL] == 3


def test_running_text_joins_words_cut_at_line_ends_and_keeps_their_marks() -> None:
    whole = Span(0, len(SOURCE.text))
    assert marked_prose(READING, whole) == "TALKS A[?] BOUT[?] SALT AT […4] MOSCOW,[?] END"


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (edit("SAIT", "SALT"), State.SURE),
        (edit("SAIT", "SALT", confidence=Confidence(probability=0.5, calibration="c")), State.DOUBTFUL),
        (edit("SAIT", "SALT", confidence=Confidence(probability=0.95, calibration="c")), State.SURE),
        (edit("SAIT", "SALT", reason=Reason(ground=Ground.HINT)), State.SURE),
        (
            edit("SAIT", "1.", reason=Reason(ground=Ground.HINT), alternatives=(Alternative(text="2."),)),
            State.DOUBTFUL,
        ),
        (edit("SAIT", "SALT", State.DOUBTFUL, reason=Reason(ground=Ground.HINT)), State.DOUBTFUL),
        (edit("SAIT", "SALT", State.DOUBTFUL, reason=Reason(ground=Ground.DECISION)), State.DECIDED),
        (edit("SAIT", ""), State.SURE),
    ],
)
def test_the_restorer_says_how_sure_it_is_and_older_logs_by_their_probability(
    one: Edit, state: State
) -> None:
    assert state_of(one) is state


def test_cleared_dirt_and_mended_blanks_are_no_places() -> None:
    assert claimed(edit("~ END", "")) is State.AS_IT_CAME
    assert claimed(edit(" MOS", "MOS")) is State.AS_IT_CAME
    assert claimed(None) is State.AS_IT_CAME


@given(edited())
def test_an_edit_keeps_its_state_through_the_log(case: tuple[Source, tuple[Edit, ...]]) -> None:
    _, edits = case
    for one in edits:
        for state in (None, State.SURE, State.DOUBTFUL):
            said = replace(one, state=state)
            data = json.loads(json.dumps(said.to_json()))
            assert Edit.from_json(data) == said
            assert ("state" in data) == (state is not None)


@given(edited())
def test_words_and_stretches_cover_the_same_reading(case: tuple[Source, tuple[Edit, ...]]) -> None:
    source, edits = case
    reading = Reading.of(source, edits)
    assert [word.text for word in read_words(reading)] == marked(reading).split()
    by_line = [word for line in source.lines for word in read_words(reading, line)]
    assert [word.state for word in by_line] == [word.state for word in read_words(reading)]
    doubtful = [one for one in edits if state_of(one) is State.DOUBTFUL and one.after.strip()]
    assert all("[?]" in shown(one) for one in doubtful)


@given(edited())
def test_counting_words_says_what_looking_at_each_says(case: tuple[Source, tuple[Edit, ...]]) -> None:
    reading = Reading.of(*case)
    found = [word.state for word in read_words(reading)]
    assert counted(reading) == {state: found.count(state) for state in State}


def test_a_sentence_over_the_end_of_a_page_leaves_out_what_stands_between() -> None:
    lines = (
        "THE CHARGE REFERS TO THE MNR CAMPAIGN",
        "CONFIDENTIAL",
        "Declassified/Released US Department of State 30 JUN 2005",
        "PAGE 02 LA PAZ 00158 091826Z",
        "OF LAST YEAR, AND TO NEGO-",
        "TIATIONS.",
    )
    reading = Reading.of(Source.of_text("\n".join(lines)), ())
    whole = Span(0, len(reading.source.text))
    words = "THE CHARGE REFERS TO THE MNR CAMPAIGN OF LAST YEAR, AND TO NEGOTIATIONS."
    assert marked_prose(reading, whole, of=words) == words
    assert "Declassified" in marked_prose(reading, whole)


@pytest.mark.parametrize(
    ("came", "parts", "shown_as"),
    [
        ("tCRC}:", [("t", "("), ("}:", ").")], "(CRC).[?]"),  # one mark for the points of one word
        ("tCRC}: A", [("t", "(")], "([?]CRC}: A"),  # nothing later has its mark
        ("WORO;:", [("WORO", "WORD"), (";", ","), (":", '"')], 'WORD[?],"[?]'),  # a word keeps its own
        ("t CRC}", [("t", "("), ("}", ")")], "([?] CRC)[?]"),  # two words, two marks
    ],
)
def test_points_of_one_word_have_one_mark(came: str, parts: list[tuple[str, str]], shown_as: str) -> None:
    source, at, edits = Source.of_text(came), 0, []
    for before, after in parts:
        at = came.index(before, at)
        span, reason = Span(at, at + len(before)), Reason(ground=Ground.CHANNEL)
        made = Edit(span=span, before=before, after=after, reason=reason, step=STEP, state=State.DOUBTFUL)
        edits.append(made)
        at += len(before)
    reading = Reading.of(source, tuple(edits))
    assert marked(reading) == shown_as
    assert [word.text for word in read_words(reading)] == shown_as.split()
    assert len(places(reading)) == len(parts)  # no place is lost


@pytest.mark.parametrize(
    ("value", "marks"),
    [
        ("TALKS SALT", "TALKS SALT"),  # sure, and decided
        ("A BOUT TALKS", "A[?] BOUT[?] TALKS"),
        ("1969-11-18", "1969-11-18[?]"),  # written otherwise, where words are doubtful
        ("TALKS", "TALKS"),
    ],
)
def test_a_value_has_the_marks_that_its_words_have(value: str, marks: str) -> None:
    assert marked_value(READING, SOURCE.lines[0], value) == marks


def test_a_value_that_the_page_writes_otherwise_is_doubtful_with_the_words_it_rests_on() -> None:
    source = Source.of_text("FM AMEMB MOSC0W 01321")
    doubts = [
        Edit(
            span=Span(start, start + len(before)),
            before=before,
            after=after,
            reason=Reason(ground=Ground.CHANNEL),
            step=STEP,
            state=State.DOUBTFUL,
        )
        for before, after in (("AMEMB", "AMEMB"), ("MOSC0W", "MOSCOW"))
        if (start := source.text.index(before)) >= 0
    ]
    whole = Span(0, len(source.text))
    post = Reading.of(source, doubts[:1])
    assert marked_value(post, whole, "AMEMBASSY MOSC0W") == "AMEMBASSY[?] MOSC0W"
    assert marked_value(Reading.of(source, doubts[1:]), whole, "AMEMBASSY MOSCOW") == "AMEMBASSY MOSCOW[?]"
    # The page's number has a nought more, and nothing of it is in doubt.
    assert marked_value(post, whole, "MOSC0W 1321") == "MOSC0W 1321"
    assert marked_value(Reading.of(source, ()), whole, "AMEMBASSY MOSCOW") == "AMEMBASSY MOSCOW"


def test_a_part_of_a_telegram_is_told_without_its_label_and_with_marks() -> None:
    source = Source.of_text("2. (C) HE SPOKE OF MOS-\nPAGE 02\nCOW TWICE\n")
    start = source.text.index("TWICE")
    doubt = replace(EDITS[1], span=Span(start, start + 5), before="TWICE", after="TWICE")
    reading = Reading.of(source, [doubt])
    spans = [source.lines[0], source.lines[2]]
    assert marked_passage(reading, spans, "HE SPOKE OF MOSCOW TWICE") == "HE SPOKE OF MOSCOW TWICE[?]"
    assert marked_passage(reading, [], "HE SPOKE") == ""


def test_a_part_of_a_telegram_ends_with_its_doubtful_marks_and_what_can_t_be_read() -> None:
    source = Source.of_text("2. HE SPOKE ~~~~ -\n")
    lost, dash = source.text.index("~~~~"), source.text.index("-")
    edits = [
        replace(EDITS[3], span=Span(lost, lost + 4)),
        replace(EDITS[1], span=Span(dash, dash + 1), before="-", after="-"),
    ]
    reading = Reading.of(source, edits)
    assert marked_passage(reading, source.lines, "HE SPOKE") == "HE SPOKE […4] -[?]"


def test_what_stands_around_a_place_has_marks() -> None:
    start = SOURCE.text.index("SAIT")
    assert marked_around(READING, Span(start, start + 4)) == ("TALKS A[?] BOUT[?] ", "")


@pytest.mark.parametrize(
    ("most", "cut"), [(20, "A[?] […12] WORD"), (14, "A[?] […12] WO…"), (10, "A[?]…"), (9, "A[?]…"), (3, "A…")]
)
def test_nothing_is_cut_within_a_mark(most: int, cut: str) -> None:
    assert shortened("A[?] […12] WORD", most) == cut
