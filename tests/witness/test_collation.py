"""Two texts of one statement, word by word."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from septel.text import ReadText, Source
from septel.witness.apparatus import Difference, apparatus_tei
from septel.witness.collation import Collation, collate, collation_json, collation_lines, collation_text

FIRST = """THE UNITED STATES SEEKS A LIMITATION OF EXISTING STRATEGIC ARMS.
WE ARE READY TO TALK. BOTH SIDES MUST BE SURE OF THIS.
"""


def collated(first: str, second: str, *, exact: bool = False) -> Collation:
    return collate(Source.of_text(first, name="A"), Source.of_text(second, name="B"), exact=exact)


def told(found: Collation) -> list[tuple[Difference, str, str]]:
    return [(change.kind, *found.said(change)) for change in found.changes]


def test_omission_addition_and_substitution() -> None:
    second = FIRST.replace(" EXISTING", "").replace("READY", "WILLING").replace("TALK.", "TALK NOW.")
    found = collated(FIRST, second)
    assert told(found) == [
        (Difference.OMISSION, "EXISTING", ""),
        (Difference.SUBSTITUTION, "READY", "WILLING"),
        (Difference.ADDITION, "", "NOW."),
    ]
    shown = collation_text(found)
    assert "LIMITATION OF [-EXISTING-] STRATEGIC ARMS.\nWE ARE [-READY-]{+WILLING+} TO TALK" in shown
    assert collation_lines(found)[0] == "   1 / 1    left out: EXISTING"


def test_a_moved_passage_is_one_move_with_two_places() -> None:
    sentence = "BOTH SIDES MUST BE SURE OF THIS."
    second = f"{sentence} " + FIRST.replace(f" {sentence}", "")
    found = collated(FIRST, second)
    assert [(change.kind, change.pair) for change in found.changes] == [(Difference.MOVE, 1)] * 2
    assert {text for change in found.changes for text in found.said(change)} == {sentence, ""}
    assert "{~1 BOTH SIDES" in collation_text(found) and "[~1 BOTH SIDES" in collation_text(found)


def test_case_and_punctuation_count_only_when_asked_for() -> None:
    second = FIRST.replace("TALK.", "talk,")
    assert collated(FIRST, second).same
    assert told(collated(FIRST, second, exact=True)) == [(Difference.SUBSTITUTION, "TALK.", "talk,")]


def test_tei_holds_both_texts() -> None:
    found = collated(FIRST, FIRST.replace("EXISTING ", "").replace("READY", "WILLING & ABLE"))
    xml = apparatus_tei(found.first, found.entries, witnesses=["A", "B"], title="A and B")
    root = etree.fromstring(xml.encode())
    space = "{http://www.tei-c.org/ns/1.0}"
    assert [e.text for e in root.iter(f"{space}lem")] == ["EXISTING", "READY"]
    assert [e.text for e in root.iter(f"{space}rdg")] == [None, "WILLING & ABLE"]
    assert [e.get("type") for e in root.iter(f"{space}rdg")] == ["omission", "substitution"]


WORDS = st.lists(st.sampled_from(["ARMS", "THE", "TIN", "NOT", "SIDE", "BOTH"]), max_size=14).map(" ".join)


@given(WORDS, WORDS)
@example("ARMS ARMS ARMS ARMS THE ARMS", "ARMS TIN ARMS THE")
def test_every_word_of_both_texts_is_alike_or_changed(first: str, second: str) -> None:
    found = collated(first, second)
    ones = sum(len(found.said(change)[0].split()) for change in found.changes)
    others = sum(len(found.said(change)[1].split()) for change in found.changes)
    assert (found.alike + ones, found.alike + others) == found.words
    assert found.same == (first.split() == second.split())
    assert collation_json(found)["alike"] == found.alike
    shown = collation_text(found)
    for change in found.changes:
        assert all(text in shown for text in found.said(change))


@given(WORDS, WORDS)
def test_the_other_way_round_additions_are_omissions(first: str, second: str) -> None:
    found, back = collated(first, second), collated(second, first)
    assert found.alike == back.alike
    assert found.words == back.words[::-1]


def test_doubt_is_shown_in_every_form_and_is_no_difference() -> None:
    marked = "THE[?] UNITED STATES SEEKS TO LIMIT[?] […4] ARMS[?].\n"
    signs = ((3, "[?]"), (30, "[?]"), (31, "[…4]"), (36, "[?]"))
    first = ReadText.of_marked(marked, signs, name="A", digest="")
    second = Source.of_text("THE UNITED STATES SEEKS TO CUT OLD ARMS.\n", name="B")
    found = collate(first, second)
    assert told(found) == [(Difference.SUBSTITUTION, "LIMIT", "CUT OLD")]
    assert collation_text(found) == ("THE[?] UNITED STATES SEEKS TO [-LIMIT[?]-]{+CUT OLD+} […4] ARMS[?].\n")
    assert collation_lines(found) == ["   1 / 1    LIMIT[?]  →  CUT OLD"]
    changes: Any = collation_json(found)["changes"]
    told_of = [(one["first"], one["first_marked"], one["second_marked"]) for one in changes]
    assert told_of == [("LIMIT", "LIMIT[?]", "CUT OLD")]
    root = etree.fromstring(apparatus_tei(first, found.entries, witnesses=["A", "B"], title="").encode())
    assert [e.text for e in root.iter("{*}unclear")] == ["THE", "LIMIT", "ARMS"]
    assert [e.get("quantity") for e in root.iter("{*}gap")] == ["4"]
    assert collate(first, first).same
