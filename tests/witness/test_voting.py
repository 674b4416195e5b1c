from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from septel.capture import Box, Capture, Origin, SeenWord, Sheet
from septel.capture.gathering import Gathered
from septel.capture.sheets import laid
from septel.errors import EngineFailure
from septel.text import Step
from septel.witness import vote

VOCABULARY = {"THE", "NEXT", "MEETING", "SOVIET", "EMBASSY", "WILL", "HELD"}


def reading(tool: str, *pages: str | None, sure: float = 70.0) -> Capture:
    """What an engine made of pages; None is a page that it failed on."""
    gathered = Gathered("cable", "0" * 64)
    for number, text in enumerate(pages, 1):
        seen = [
            tuple(
                SeenWord(text=word, box=Box(left=i, top=row, right=i + 1, bottom=row + 1), confidence=sure)
                for i, word in enumerate(line.split())
            )
            for row, line in enumerate((text or "").split("\n"))
            if line.split()
        ]
        fault = EngineFailure("crashed") if text is None else None
        gathered.add(Sheet(number=number), laid(seen), origin=Origin.ENGINE, fault=fault)
    return gathered.capture(Step.of(tool, "1"))


def voted(first: str, second: str, sure: float = 70.0) -> Capture:
    return vote(reading("one", first, sure=sure), reading("other", second), known=VOCABULARY.__contains__)


def test_the_known_word_wins_and_the_other_stays_as_evidence() -> None:
    taken = voted("THE MEXT MEETING\nHELD", "THE NEXT MEETlNG\nHELD")
    assert taken.source.text == "THE NEXT MEETING\nHELD\n"
    found = [word for line in taken.pages[0].lines for word in line.words]
    assert [(word.agreed, word.others) for word in found] == [
        (True, ()),
        (False, ("MEXT",)),
        (False, ("MEETlNG",)),
        (True, ()),
    ]
    assert [layer.name for layer in taken.layers] == ["cable (one)", "cable (other)"]
    assert taken.layers[0].text == "THE MEXT MEETING\nHELD\n"


def test_between_unknown_words_the_sure_engine_decides() -> None:
    assert voted("KVITSINSKIY", "KVlTSINSKIY", sure=95.0).source.text == "KVITSINSKIY\n"
    assert voted("KVITSINSK1Y", "KVITSINSKIY", sure=40.0).source.text == "KVITSINSKIY\n"


def test_a_line_that_only_one_engine_saw_is_kept_in_its_place() -> None:
    assert voted("THE NEXT\nWILL HELD", "THE NEXT\nSOVIET EMBASSY\nWILL HELD").source.text == (
        "THE NEXT\nSOVIET EMBASSY\nWILL HELD\n"
    )
    assert voted("THE NEXT\nSOVIET EMBASSY", "THE NEXT").source.text == "THE NEXT\nSOVIET EMBASSY\n"


def test_a_page_that_one_engine_failed_on_is_the_other_s() -> None:
    first, second = reading("one", "THE NEXT", None), reading("other", "THE NEXT", "MEETING WILL")
    taken = vote(first, second, known=VOCABULARY.__contains__)
    assert [page.number for page in taken.pages] == [1, 2]
    assert taken.source.text == "THE NEXT\nMEETING WILL\n"
    assert not taken.faults
    assert sum(taken.totals.values()) == 2


words = st.text(string.ascii_uppercase, min_size=2, max_size=8)
lines = st.lists(st.lists(words, min_size=1, max_size=6), min_size=1, max_size=6).map(
    lambda found: "\n".join(" ".join(line) for line in found)
)


@given(lines)
def test_two_engines_that_agree_change_nothing(text: str) -> None:
    taken = voted(text, text)
    assert taken.source.text == text + "\n"
    assert all(word.agreed for line in taken.pages[0].lines for word in line.words)


@given(lines, lines)
def test_every_word_of_a_vote_is_some_engine_s_and_stands_at_its_span(first: str, second: str) -> None:
    taken = voted(first, second)
    read = {*first.split(), *second.split()}
    for page in taken.pages:
        for line in page.lines:
            for word in line.words:
                assert word.text in read
                assert word.span.of(taken.source.text) == word.text
