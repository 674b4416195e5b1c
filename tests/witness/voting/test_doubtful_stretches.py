"""What a second engine is asked for, and what becomes of its answers."""

from __future__ import annotations

import pytest

from septel.capture import UNREAD, Box, Capture, Origin, PageSource, RecognisedWord
from septel.capture.capture_builder import CaptureBuilder
from septel.capture.model.text_layer import laid
from septel.errors import EngineFailure
from septel.text import Step
from septel.witness import vote
from septel.witness.voting.doubtful_stretches import columns_beside, doubtful_words

WIDE, HIGH = 20, 30


def known(word: str) -> bool:
    return word in {"THE", "NEXT", "MEETING", "SOVIET", "WILL", "HELD", "BE", "ON", "FRIDAY"}


def first_reading(*pages: list[str] | None) -> Capture:
    """Pages in words `TEXT` or, with a figure, `TEXT:40`; each sign is as wide as the next."""
    gathered = CaptureBuilder("cable", "0" * 64)
    for number, lines in enumerate(pages, 1):
        seen = []
        for row, line in enumerate(lines or ()):
            at, words = 0, []
            for told in line.split(" "):
                text, _, sure = told.partition(":")
                box = Box(left=at, top=100 * row, right=at + WIDE * len(text), bottom=100 * row + HIGH)
                at += WIDE * (len(text) + 1)
                if text:
                    words.append(RecognisedWord(text=text, box=box, confidence=float(sure or 99)))
            seen.append(tuple(words))
        fault = EngineFailure("crashed") if lines is None else None
        gathered.add(PageSource(number=number), laid(seen), origin=Origin.ENGINE, fault=fault)
    return gathered.capture(Step.of("one", "1"))


def answers(first: Capture, texts: dict[int, list[str]], failed: int = 0) -> Capture:
    """The second engine's, stretch by stretch as they were asked; whole lines where all of a page was."""
    asked = doubtful_words(first)
    gathered = CaptureBuilder("cable", "0" * 64)
    for account in first.accounts:
        pieces = asked.get(account.number)
        seen = []
        for n, text in enumerate(texts.get(account.number, ())):
            place = (
                pieces[n].stretch.box if pieces else Box(left=0, top=100 * n, right=900, bottom=100 * n + 30)
            )
            words = text.split()
            each = (place.right - place.left) // max(len(words), 1)
            seen.append(
                tuple(
                    RecognisedWord(
                        text=word,
                        box=Box(
                            left=place.left + i * each,
                            top=place.top,
                            right=place.left + (i + 1) * each,
                            bottom=place.bottom,
                        ),
                        confidence=97.0,
                    )
                    for i, word in enumerate(words)
                )
            )
        fault = EngineFailure("crashed") if account.number == failed else None
        lines = laid(filter(None, seen))
        gathered.add(PageSource(number=account.number), lines, origin=Origin.ENGINE, fault=fault)
    return gathered.capture(Step.of("other", "1"))


def voted(first: Capture, texts: dict[int, list[str]], failed: int = 0) -> Capture:
    second = answers(first, texts, failed)
    return vote(first, second, known=known, columns=columns_beside(first, second, doubtful_words(first)))


def told(capture: Capture) -> list[tuple[str, bool | None]]:
    return [(word.text, word.agreed) for page in capture.pages for line in page.lines for word in line.words]


def test_doubtful_words_are_asked_for_with_their_neighbours() -> None:
    (asked,) = doubtful_words(first_reading(["THE NEXT MEETlNG:40 WILL BE HELD", "ON FRIDAY"])).values()
    assert asked is not None
    assert [(one.line, one.words) for one in asked] == [(0, (1, 4))]
    stretch = asked[0].stretch
    assert (stretch.left, stretch.right) == (4 * WIDE, (4 + 17) * WIDE)
    assert (stretch.first, stretch.last, stretch.high) == pytest.approx((HIGH / 2, HIGH / 2, HIGH))


def test_words_far_apart_are_asked_for_each_by_itself() -> None:
    (asked,) = doubtful_words(first_reading(["THE:40" + 9 * " " + "NEXT:40 MEETING WILL"])).values()
    assert asked is not None
    assert [one.words for one in asked] == [(0, 1), (1, 3)]


def test_nothing_is_asked_for_where_nothing_is_doubtful() -> None:
    assert doubtful_words(first_reading(["THE NEXT MEETING", "--:20 WILL"])) == {1: []}


def test_pages_that_were_hardly_read_or_failed_are_asked_for_whole() -> None:
    pages = first_reading(["THE NEXT"], ["THF:20 NFXT:30 MEETlNG:10 BE"], None)
    assert doubtful_words(pages) == {1: [], 2: None, 3: None}


def test_answers_decide_where_they_were_asked_and_nowhere_else() -> None:
    first = first_reading(["THE NEXT MEETlNG:40 WILL BE HELD", "ON FRIDAY"])
    taken = voted(first, {1: ["NEXT MEETING WILL"]})
    assert taken.source.text == "THE NEXT MEETING WILL BE HELD\nON FRIDAY\n"
    assert told(taken) == [
        ("THE", None),
        ("NEXT", True),
        ("MEETING", False),
        ("WILL", True),
        ("BE", None),
        ("HELD", None),
        ("ON", None),
        ("FRIDAY", None),
    ]
    assert [layer.text for layer in taken.layers] == [first.source.text, "NEXT MEETING WILL\n"]


def test_an_empty_answer_takes_nothing_from_the_words_around() -> None:
    first = first_reading(["THE NEXT MEETlNG:40 WILL BE HELD", "THE SOVlET:30 MEETING"])
    taken = voted(first, {1: ["", "THE SOVIET MEETING"]})
    assert taken.source.text == "THE NEXT MEETlNG WILL BE HELD\nTHE SOVIET MEETING\n"


def test_lines_that_only_the_second_engine_saw_stand_at_their_height_and_are_never_agreed() -> None:
    first = first_reading(["THE NEXT MEETING", "", "WILL BE HELD"])
    place = Box(left=0, top=100, right=200, bottom=130)
    for figure, text in (
        (90.0, "THE NEXT MEETING\nON FRIDAY\nWILL BE HELD\n"),
        (80.0, "THE NEXT MEETING\nWILL BE HELD\n"),
    ):
        gathered = CaptureBuilder("cable", "0" * 64)
        seen = tuple(RecognisedWord(text=one, box=place, confidence=figure) for one in ("ON", "FRIDAY"))
        gathered.add(PageSource(number=1), laid([seen]), origin=Origin.ENGINE)
        second = gathered.capture(Step.of("other", "1"))
        asked = doubtful_words(first)
        taken = vote(first, second, known=known, columns=columns_beside(first, second, asked))
        assert taken.source.text == text
        words = [word for page in taken.pages for line in page.lines for word in line.words]
        assert [word.agreed for word in words if word.text == "FRIDAY"] == [False] * (figure > 85)


def test_pages_read_whole_are_laid_against_each_other() -> None:
    first = first_reading(["THE NEXT"], ["THF:20 NFXT:30 MEETlNG:10"], None)
    taken = voted(first, {2: ["THE NEXT MEETING"], 3: ["HELD ON FRIDAY"]})
    assert taken.source.text == "THE NEXT\nTHE NEXT MEETING\nHELD ON FRIDAY\n"
    assert not taken.faults


def test_where_the_second_engine_fails_the_first_reading_stands() -> None:
    first = first_reading(["THE NEXT MEETlNG:40 WILL"], ["THE SOVlET:30 MEETING"])
    taken = voted(first, {1: ["NEXT MEETING WILL"]}, failed=2)
    assert taken.source.text == "THE NEXT MEETING WILL\nTHE SOVlET MEETING\n"
    assert told(taken)[-3:] == [("THE", None), ("SOVlET", None), ("MEETING", None)]


def test_ink_that_the_first_engine_left_is_read_again() -> None:
    first = first_reading([f"THE NEXT MEETING WILL BE HELD {UNREAD * 6} FRIDAY"])
    (asked,) = doubtful_words(first)[1] or []
    assert asked.words == (5, 8)
    assert told(voted(first, {1: ["HELD ON FRIDAY"]}))[5:] == [
        ("HELD", True),
        ("ON", False),
        ("FRIDAY", True),
    ]


def test_ink_that_no_engine_reads_stays_a_gap() -> None:
    first = first_reading([f"THE NEXT MEETING WILL BE HELD {UNREAD * 6} FRIDAY"])
    assert [text for text, _ in told(voted(first, {1: ["HELD FRIDAY"]}))][5:] == [
        "HELD",
        UNREAD * 6,
        "FRIDAY",
    ]
    assert [text for text, _ in told(voted(first, {1: ["HELD . FRIDAY"]}))][5:] == [
        "HELD",
        UNREAD * 6,
        "FRIDAY",
    ]
