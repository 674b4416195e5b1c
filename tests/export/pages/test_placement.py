"""Where the words of a reading stand: boxes are joined, shared, and never taken from another line."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from septel.capture import Box, Line, Page, Word
from septel.export import Placed, placed_pages
from septel.text import Alternative, Confidence, Edit, EditLog, Ground, Reason, Source, Span
from tests.archive.made import AT, STEP, holding_of

WIDE, HIGH = 10, 20
"""The width of a letter and the height of a line, in pixels."""


def geometry(source: Source, *, boxed: bool = True) -> tuple[Page, ...]:
    """A page on which each letter is ten pixels wide and each word has its box, as an engine gives it."""
    lines: list[Line] = []
    for number, span in enumerate(source.lines):
        words: list[Word] = []
        top = number * 30
        at = span.start
        for text in span.of(source.text).split(" "):
            if text:
                left = (at - span.start) * WIDE
                box = Box(left=left, top=top, right=left + len(text) * WIDE, bottom=top + HIGH)
                words.append(Word(span=Span(at, at + len(text)), text=text, box=box if boxed else None))
            at += len(text) + 1
        whole = Box(left=0, top=top, right=max(len(span), 1) * WIDE, bottom=top + HIGH)
        lines.append(Line(span=span, words=tuple(words), box=whole))
    return (Page(number=1, span=source.pages[0], lines=tuple(lines), width=900, height=600, dpi=100),)


def edited(source: Source, before: str, after: str, **more: object) -> Edit:
    start = source.text.index(before)
    fields: dict[str, object] = {
        "confidence": Confidence(probability=0.75, calibration="made up"),
        "reason": Reason(ground=Ground.CHANNEL),
    }
    return Edit(
        span=Span(start, start + len(before)),
        before=before,
        after=after,
        step=STEP,
        **(fields | more),  # type: ignore[arg-type]  # a table of fields
    )


def words_of(source: Source, *edits: Edit, boxed: bool = True) -> list[Placed]:
    log = EditLog(source.id).add(edits, by="tool", at=AT)
    holding = holding_of(source, log, pages=geometry(source, boxed=boxed))
    return [word for page in placed_pages(holding) for line in page.lines for word in line.words]


def edges(word: Placed) -> tuple[int, int]:
    assert word.box is not None
    return word.box.left, word.box.right


def test_a_word_read_otherwise_keeps_its_box() -> None:
    source = Source.of_text("TALK5 ABOUT SAIT\n")
    change = edited(source, "SAIT", "SALT", alternatives=(Alternative(text="SAID", probability=0.2),))
    words = words_of(source, change)
    assert [w.text for w in words] == ["TALK5", "ABOUT", "SALT"]
    assert edges(words[2]) == (120, 160)
    assert [(o.text, o.probability, o.source) for o in words[2].others] == [
        ("SAID", 0.2, False),
        ("SAIT", None, True),
    ]
    assert [w.probability for w in words] == [None, None, 0.75]


def test_words_joined_stand_around_both() -> None:
    source = Source.of_text("IN T HE END\n")
    (_, the, _) = words_of(source, edited(source, "T HE", "THE"))
    assert (the.text, edges(the)) == ("THE", (30, 70))
    assert the.others[-1].text == "T HE"


def test_a_word_split_is_shared_by_characters() -> None:
    source = Source.of_text("ENDOFTEXT X\n")
    words = words_of(source, edited(source, "ENDOFTEXT", "END OF TEXT"))
    assert [w.text for w in words] == ["END", "OF", "TEXT", "X"]
    spans = [edges(w) for w in words[:3]]
    assert spans[0][0] == 0
    assert spans[2][1] == 90
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert spans[0][1] - spans[0][0] > spans[1][1] - spans[1][0]
    assert words[0].others == ()


def test_what_is_added_stands_between_its_neighbours() -> None:
    source = Source.of_text("MEETING THE END\n")
    place = Edit(span=Span(8, 8), before="", after="AT ", reason=Reason(ground=Ground.LANGUAGE), step=STEP)
    words = words_of(source, place)
    assert [w.text for w in words] == ["MEETING", "AT", "THE", "END"]
    assert edges(words[1]) == (70, 80)


def test_specks_are_no_part_of_a_word() -> None:
    source = Source.of_text("45         .\n")
    (word,) = words_of(source, edited(source, "45         .", "45"))
    assert edges(word) == (0, 20)


def test_noise_stands_nowhere_and_the_unreadable_where_it_is() -> None:
    source = Source.of_text("A ~~ B ## C\n")
    words = words_of(
        source, edited(source, "~~", ""), edited(source, "##", "", unreadable=True, extent=2, confidence=None)
    )
    assert [w.text for w in words] == ["A", "B", "[…2]", "C"]
    assert edges(words[2]) == (70, 90)


def test_a_word_with_parts_is_as_sure_as_its_least_sure_part() -> None:
    source = Source.of_text("0CTOBFR\n")
    sure = Confidence(probability=0.9, calibration="made up")
    (word,) = words_of(source, edited(source, "0", "O"), edited(source, "F", "E", confidence=sure))
    assert (word.text, word.probability) == ("OCTOBER", 0.75)


def test_what_a_person_decided_is_marked() -> None:
    source = Source.of_text("SAIT\n")
    decision = edited(source, "SAIT", "SALT", reason=Reason(ground=Ground.DECISION), confidence=None)
    (word,) = words_of(source, decision)
    assert (word.decided, word.probability) == (True, None)


def test_where_only_lines_have_boxes_their_words_share_them() -> None:
    source = Source.of_text("IN T HE END\n")
    words = words_of(source, edited(source, "T HE", "THE"), boxed=False)
    assert [edges(w)[0] // 10 for w in words] == [0, 3, 8]


LETTERS = st.text(alphabet="AB .", min_size=1, max_size=8)


@settings(max_examples=200)
@given(st.lists(st.tuples(LETTERS, LETTERS | st.just("")), min_size=1, max_size=6), st.data())
def test_every_word_of_the_reading_is_placed_once_in_its_own_line(
    parts: list[tuple[str, str]], data: st.DataObject
) -> None:
    lines = data.draw(st.lists(st.sampled_from(" \n"), min_size=len(parts), max_size=len(parts)))
    text = "".join(before + end for (before, _), end in zip(parts, lines, strict=True))
    source = Source.of_text(text)
    edits: list[Edit] = []
    at = 0
    for before, after in parts:
        if before != after:
            edits.append(
                Edit(
                    span=Span(at, at + len(before)),
                    before=before,
                    after=after,
                    reason=Reason(ground=Ground.CHANNEL),
                    step=STEP,
                )
            )
        at += len(before) + 1
    log = EditLog(source.id).add(edits, by="tool", at=AT)
    holding = holding_of(source, log, pages=geometry(source))
    placed = [line for page in placed_pages(holding) for line in page.lines]
    shown = {line.number: [w.text for w in line.words] for line in placed}
    expected = {n: t.split() for n, t in enumerate(holding.reading.line_texts, 1) if t.split()}
    assert shown == expected
    for line in placed:
        for word in line.words:
            if word.box is not None:
                assert word.box.left < word.box.right
                assert (word.box.top, word.box.bottom) == (
                    (line.number - 1) * 30,
                    (line.number - 1) * 30 + HIGH,
                )
