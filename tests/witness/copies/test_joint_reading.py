"""Copies of one text read together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from septel.text import Ground, Reading, ReadText, Source
from septel.witness.apparatus import Difference, apparatus_json, apparatus_lines, apparatus_tei
from septel.witness.copies.choice import oddness, stretches, unlike
from septel.witness.copies.joint_reading import Copy, consensus
from septel.witness.copies.overlay import voted, words_over

TRUTH = "1. THE MINISTER SAID THAT TIN\nWOULD NOT BE SOLD TO MOSCOW.\n"
WORDS = frozenset(TRUTH.replace(".", "").split())


def copies(*texts: str) -> list[Copy]:
    return [Copy(source=Source.of_text(text, name=name)) for text, name in zip(texts, "ABCD", strict=False)]


def known(word: str) -> bool:
    return word in WORDS


ONE = TRUTH.replace("MINISTER", "MIN1STER").replace("SOLD", "S0LD")
TWO = TRUTH.replace("TIN", "T:N").replace("WOULD NOT", "WOULDNOT")
THREE = TRUTH.replace("MOSCOW", "MO8COW").replace("THAT", "TH@T . ")


def test_three_bad_copies_make_a_good_one() -> None:
    found = consensus(copies(ONE, TWO, THREE), known=known)
    assert found.text == TRUTH
    assert found.source.step is not None and found.source.step.tool == "septel copies"


def test_the_apparatus_tells_who_has_what() -> None:
    found = consensus(copies(ONE, TWO, THREE), known=known)
    by_text = {entry.text: entry for entry in found.apparatus}
    assert set(by_text) == {"MINISTER", "THAT", "TIN", "WOULD", "NOT", "SOLD", "MOSCOW."}
    entry = by_text["MINISTER"]
    assert entry.witnesses == ("B", "C")
    (variant,) = entry.variants
    assert (variant.witnesses, variant.text, variant.kind) == (("A",), "MIN1STER", Difference.SUBSTITUTION)
    (locus,) = variant.loci
    assert locus is not None and locus.span.of(ONE) == "MIN1STER"
    assert "MINISTER] MIN1STER A" in apparatus_lines(found.apparatus)


def test_edits_cite_the_copies_and_give_the_common_text() -> None:
    found = consensus(copies(ONE, TWO, THREE), known=known)
    edits = found.edits(0)
    assert {edit.reason.ground for edit in edits} == {Ground.WITNESS}
    assert edits[0].reason.detail == "shown by B, C"
    assert Reading.of(found.copies[0].source, edits).text == TRUTH


def test_a_copy_fills_what_another_has_excised_and_is_cited() -> None:
    cut = TRUTH.replace("THE MINISTER", "[1 line not declassified]")
    found = consensus(copies(cut, TRUTH), known=known)
    assert found.text == TRUTH
    filled = [word for word in found.words if word.excised]
    assert [word.text for word in filled] == ["THE", "MINISTER"]
    (edit,) = found.edits(0)
    assert (edit.before, edit.after) == ("[1 line not declassified]", "THE MINISTER")
    assert edit.reason.detail == "excised here; shown by B"
    entry = next(e for e in found.apparatus if e.text == "MINISTER")
    assert [v.kind for v in entry.variants] == [Difference.EXCISION]


def test_what_all_have_excised_stays_excised() -> None:
    cut = TRUTH.replace("THE MINISTER", "[1 line not declassified]")
    found = consensus(copies(cut, cut), known=known)
    assert "MINISTER" not in found.text
    assert "[excised]" in found.text


def test_nothing_is_invented() -> None:
    """Every word of the common text is shown by some copy, but for a restorer's readings."""
    found = consensus(copies("XQ ZZV", "XQ ZZW", "XQ ZZU"), known=lambda _: False)
    assert found.text in ("XQ ZZV", "XQ ZZW", "XQ ZZU")


def test_a_restorer_reads_the_vote() -> None:
    def read(text: str) -> Source:
        return Source.of_text(text.replace("@", "W"))

    garbled = TRUTH.replace("W", "@")
    found = consensus(copies(garbled, garbled, garbled), read=read, known=known)
    assert found.text == TRUTH


def test_nothing_is_chosen_after_a_restorer_that_knows_what_was_seen() -> None:
    def read(text: str) -> Source:
        return Source.of_text(text.replace("TRIANGULAR", "QUADRANGULAR"))

    plain = "A TRIANGULAR TABLE WAS BROUGHT IN FOR THE SESSION.\n"
    seen = consensus(copies(plain, plain, plain), read=read, known=known, seen=True)
    assert seen.text == plain.replace("TRIANGULAR", "QUADRANGULAR")
    asked: list[str] = []

    def ask(text: str) -> Source:
        asked.append(text)
        return Source.of_text(text)

    consensus(copies(plain, plain), read=ask, known=known, seen=True)
    assert asked == [plain]


def test_what_a_restorer_doubts_is_marked_in_every_form() -> None:
    def read(text: str) -> Source:
        marked = text.replace("MIN1STER", "MINISTER[?]").replace("NOT", "[…3] ")
        signs = [(17, "[?]"), (31, "[…3]")]
        return ReadText.of_marked(marked, signs, name="A", digest="")

    garbled = TRUTH.replace("MINISTER", "MIN1STER").replace("TO", "  TO")
    found = consensus(copies(garbled, garbled.replace("TIN", "T:N")), read=read, known=known, seen=True)
    assert found.marked == "1. THE MINISTER[?] SAID THAT TIN\nWOULD […3] BE SOLD TO MOSCOW.\n"
    assert found.text.split() == found.marked.replace("[?]", "").replace("[…3] ", "").split()
    assert "MINISTER[?]] MIN1STER A, B" in apparatus_lines(found.apparatus)
    assert {e["text"]: e["marked"] for e in apparatus_json(found.apparatus)} == {
        "MINISTER": "MINISTER[?]",
        "TIN": "TIN",
    }
    xml = apparatus_tei(found.source, found.apparatus, witnesses=["A", "B"], title="")
    root = etree.fromstring(xml.encode())
    assert [e.text for e in root.iter("{*}unclear")] == ["MINISTER"]
    assert [e.get("quantity") for e in root.iter("{*}gap")] == ["3"]


def test_where_nobody_saw_what_fewer_than_two_copies_show_is_doubtful() -> None:
    def marked(*texts: str, seen: bool = False) -> str:
        return consensus(copies(*texts), read=Source.of_text, known=known, seen=seen).marked

    assert marked(ONE, TWO, THREE) == TRUTH
    cut = TRUTH.replace("THE MINISTER", "[1 line not declassified]")
    assert marked(cut, TRUTH) == TRUTH
    assert marked(TRUTH, TRUTH.replace("TIN", "T:N")) == TRUTH.replace("TIN", "TIN[?]")
    assert "[?]" not in marked(ONE, TWO, seen=True)


def test_one_copy_is_its_own_consensus() -> None:
    found = consensus(copies(ONE))
    assert found.text == ONE
    assert found.apparatus == ()
    with pytest.raises(ValueError, match="copies"):
        consensus([])


def test_votes_are_weighed_by_confidence() -> None:
    assert voted(["AB", "AC"], [[0.9, 0.9], [0.9, 0.5]]) == "AB"
    assert voted(["AB", "AC", "AC"], [[0.9, 0.9], [0.9, 0.8], [0.9, 0.8]]) == "AC"


def test_run_together_words_are_decided_together() -> None:
    frame, copy = "WOULD NOT BE", "WOULDNOT BE"
    _, over = words_over(frame, copy)
    assert over == [(0,), (0,), (1,)]
    assert [(s.first, s.last) for s in stretches(frame, [over])] == [(0, 1), (2, 2)]


def test_look_alikes_are_cheap_and_known_words_are_not_odd() -> None:
    assert unlike("SOLD", "S0LD") < unlike("SOLD", "SMLD")
    assert unlike("SOLD", "SOLD") < unlike("SOLD", "S0LD")
    assert oddness("TIN", known) < oddness("TXN", known)


def test_tei_holds_every_reading() -> None:
    found = consensus(copies(ONE, TWO, THREE), known=known)
    names = [copy.name for copy in found.copies]
    xml = apparatus_tei(found.source, found.apparatus, witnesses=names, title="TIN & MORE")
    root = etree.fromstring(xml.encode())
    space = "{http://www.tei-c.org/ns/1.0}"
    assert len(root.findall(f".//{space}app")) == len(found.apparatus)
    assert root.find(f".//{space}rdg[@wit='#w1']") is not None
    assert "MINISTER" in [lem.text for lem in root.findall(f".//{space}lem")]
    assert len(apparatus_json(found.apparatus)) == len(found.apparatus)


TEXTS = st.text(alphabet="AB1. \n\u2588", max_size=20)


@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_any_copies_can_be_read_together(texts: list[str]) -> None:
    found = consensus(copies(*texts), known=lambda _: False)
    assert "\ufffc" not in found.text
    for n in range(len(texts)):
        Reading.of(found.copies[n].source, found.edits(n))
    assert [word.span.of(found.text) for word in found.words] == found.text.split()


@given(TEXTS)
def test_equal_copies_agree(text: str) -> None:
    if "\u2588" not in text:
        found = consensus(copies(text, text, text), known=lambda _: True)
        assert found.text.split() == text.split() or not any(map(str.isalnum, text))
