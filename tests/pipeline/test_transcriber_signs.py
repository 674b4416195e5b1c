"""A source's own signs of doubt are doubts of the reading: none looks like a mark of ours, none is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from septel.cli.main import run
from septel.pipeline import restore_source
from septel.restore import Restorer
from septel.text import Edit, Ground, Reading, Reason, Source, State, Step, marked, read_words

CLEAN = "The delegation asked for a copy of the draft agreement before the end of the week.\n"


def _marked(text: str) -> str:
    return marked(restore_source(Source.of_text(text), Restorer.load()).reading)


@pytest.mark.parametrize(
    ("came", "shown"),
    [
        ("They met Mr. Smith[?] in the old building.", "They met Mr. Smith[?] in the old building."),
        ("They met in Zagreb[??] in the spring.", "They met in Zagreb[?] in the spring."),
        ("He said the price was too high[?].", "He said the price was too high.[?]"),
        ("They met on Tuesday [?] in the building.", "They met on Tuesday[?] […] in the building."),
        ("[?] had asked for the copy.", "[…] had asked for the copy."),
        ("A party from [Zagreb?] was there.", "A party from Zagreb[?] was there."),
        ("A note of [John Smith?] was there.", "A note of John[?] Smith[?] was there."),
        ("The side [illegible] had asked.", "The side […] had asked."),
        ("The side [two words illegible] had asked.", "The side […] had asked."),
        ("THE SIDE [ILLEGIBLE] HAD ASKED.", "THE SIDE […] HAD ASKED."),
        ("The side would [...] answer.", "The side would […] answer."),
        ("The side would […7] answer.", "The side would […7] answer."),
    ],
)
def test_sign_is_taken_for_what_it_says(came: str, shown: str) -> None:
    assert _marked(f"{CLEAN}{came}\n").splitlines()[1] == shown


@pytest.mark.parametrize(
    "line",
    [
        "Ambassador Jones (?) said that he agreed.",
        "The letter [sic?] was read to them.",
        "The parties [who signed in May] said that they agreed.",
        "Could they agree on it by May? He said that they could.",
    ],
)
def test_other_brackets_are_text(line: str) -> None:
    assert _marked(f"{CLEAN}{line}\n").splitlines()[1] == line


def test_clean_text_stays_clean_beside_signs() -> None:
    """Signs are none of an engine's noise: no other word gets a mark for them."""
    words = "The committee met in Ruritania and asked for wheat"
    assert _marked(f"{CLEAN}{words} [illegible] in the spring[?].\n").count("[?]") == 1


def test_a_word_is_doubtful_once_with_the_reason() -> None:
    reading = restore_source(Source.of_text(f"{CLEAN}They met Petrovic[?] there.\n"), Restorer.load()).reading
    (word,) = [word for word in read_words(reading) if word.state is State.DOUBTFUL]
    assert word.text == "Petrovic[?]"
    (edit,) = reading.edits
    assert edit.confidence is None
    assert edit.reason.detail == "the source itself has the sign [?]"
    assert "[" not in reading.text
    assert reading.invert() == reading.source.text


@pytest.mark.parametrize("seen", ["Petrovic", "Petrovic[?]"])
def test_what_a_person_decides_outranks_the_sign(seen: str) -> None:
    source = Source.of_text(f"{CLEAN}They met Petrovic[?] there, and Smith[?] too.\n")
    at = source.text.index(seen)
    edit = Edit(
        span=type(source.pages[0])(at, at + len(seen)),
        before=seen,
        after="Petrovich",
        reason=Reason(ground=Ground.DECISION, detail="A. Reader"),
        step=Step.of("test", "1"),
    )
    restored = restore_source(source, Restorer.load(), decisions=[edit])
    shown = marked(Reading.of(source, (*restored.edits, edit)))
    assert shown.splitlines()[1] == "They met Petrovich there, and Smith[?] too."


_PIECES = st.sampled_from(
    [
        "Smith",
        "met",
        "[?]",
        " ",
        " ",
        " ",
        ".",
        "[illegible]",
        "[...]",
        "[Bonn?]",
        "(",
        ")",
        "\n",
        "1971",
        "-",
        "[",
        "]",
    ]
)


@settings(max_examples=400)
@given(st.lists(_PIECES, max_size=24).map("".join))
def test_any_signs_anywhere(text: str) -> None:
    """Nothing is lost or claimed twice, and no mark stands in the text as read."""
    restored = restore_source(Source.of_text(CLEAN + text), Restorer.load())
    reading = restored.reading
    assert reading.invert() == reading.source.text
    assert "[?]" not in reading.text
    assert len(reading.line_texts) == reading.source.line_count


def test_every_view_of_an_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pages keep their ends, and a released telegram (never restored) has the same marks."""
    text = "\n".join(
        (
            "Message Text",
            "",
            "PAGE 01 BELGRA 01234 041530Z",
            "FM AMEMBASSY BELGRADE",
            "TO SECSTATE WASHDC 1234",
            "S E C R E T BELGRADE 1234",
            "SUBJECT: GRAIN",
            "1. MINISTER PETROVIC[?] SAID THAT THE COMMITTEE [ILLEGIBLE] IN MAY.",
            "\f2. NOTHING [...] WAS SAID.",
            "SMITH",
            "Message Attributes",
            "Document Number: 1974BELGRA01234",
            "Draft Date: 04 APR 1974",
            "",
        )
    )
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    archive = tmp_path / "archive"
    assert run(["read", str(tmp_path / "one.txt"), "--archive", str(archive)]) == 0
    capsys.readouterr()
    assert run(["show", "BELGRADE 1234", "--archive", str(archive)]) == 0
    out = capsys.readouterr().out
    assert "PETROVIC[?] SAID THAT THE COMMITTEE […] IN MAY" in out
    assert "[?][?]" not in out
    assert "NOTHING […] WAS SAID" in out
    assert run(["export", "BELGRADE 1234", "--as", "json", "--archive", str(archive)]) == 0
    states = [mark[2] for mark in json.loads(capsys.readouterr().out)["marks"]]
    assert states.count("unreadable") == 2
    assert "doubtful" in states
