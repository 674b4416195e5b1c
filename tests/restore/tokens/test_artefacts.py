"""Dirt is cleared, signs of print are typed, figures stand where the form asks for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.restore import Restorer
from septel.restore.tokens.artefacts import edges, scanned, typed_braces, with_braces, without_artefacts
from septel.text import Source, State


def words(line: str) -> str:
    return " ".join(without_artefacts(line).split())


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("SECRET |", "SECRET"),
        (": THE TALKS °", "THE TALKS"),
        ("OF OUR ‘COUNTRY", "OF OUR COUNTRY"),
        ("“AGGRESSIVE INTENTIONS”", '"AGGRESSIVE INTENTIONS"'),
        ("SALT - THE TALKS", "SALT - THE TALKS"),
        ("-----", "-----"),
        ("¥ A. BUENOS AIRES", "¥ A. BUENOS AIRES"),
        ("PAGE O1 LA PAZ 05069 0917342 42", "PAGE 01 LA PAZ 05069 091734Z 42"),
        ("R 091531Z AUG 74", "R 091531Z AUG 74"),
        ("R 0915312 AUG 74", "R 091531Z AUG 74"),
        ("INFO OCT-O1 ISO-OO EB-11 OMB-Ol1", "INFO OCT-01 ISO-00 EB-11 OMB-01"),
        ("CO-OP ISO-OO", "CO-OP ISO-OO"),
        ("BREATHING O2 NOW", "BREATHING O2 NOW"),
        ("O1 32 35", "01 32 35"),
        ("PHONE 1234562 FOR DETAILS", "PHONE 1234562 FOR DETAILS"),
        ("9917342 AUG", "9917342 AUG"),
        ("That..... Going .....", "That. ... Going ..."),
        ("CONTENTS ............ 4", "CONTENTS ............ 4"),
    ],
)
def test_a_line_is_cleared(line: str, read: str) -> None:
    assert words(line) == read


@given(st.text(st.sampled_from("AO0l1|:‘“.- Zx29°"), max_size=30))
def test_clearing_keeps_every_place(line: str) -> None:
    assert len(without_artefacts(line)) == len(line)


@given(st.text(st.sampled_from("AB .:"), max_size=12))
def test_edges_hold_no_word(raw: str) -> None:
    read = without_artefacts(raw)
    if read.strip():
        for start, end in edges(raw, read):
            assert not read[start:end].strip()


def test_signs_of_print_show_a_scan_only_where_typists_had_none() -> None:
    assert scanned("‘A “B” C", mixed=False)
    assert not scanned("‘A “B” C", mixed=True)
    assert not scanned("CLEAN TEXT, TYPED.", mixed=False)


def test_braces_that_were_typed_stay() -> None:
    assert typed_braces("{IN SPANISH} {CHILE}")
    assert not typed_braces("{IN")
    assert with_braces("(IN", "{IN") == "{IN"
    assert with_braces("(CHILE)", "(CHILE}") == "(CHILE}"


NOISY = """SECRET |
‘THE SOVlET DELEGATION SAlD THAT TIIE LIMITATION OF STRATEGIC ARMS WAS °
: IN THE INTEREST OF BOTH SIDES. THE AMERlCAN DELEGATE REPL1ED THAT HE ~
WOULD REPORT TO HIS G0VERNMENT AND THAT A FURTHER MEETING WAS NEEDED. |
"""


def test_dirt_at_the_edges_becomes_no_word() -> None:
    restoration = Restorer.load().restore(Source.of_text(NOISY))
    first, second, third, fourth = restoration.lines[:4]
    assert first == "SECRET"
    assert second.startswith("THE SOVIET") and second.endswith("WAS")
    assert third.startswith("IN THE") and third.endswith("HE")
    assert fourth.endswith("NEEDED.")
    assert restoration.reading.source.text == NOISY
    assert all(edit.before == edit.span.of(NOISY) for edit in restoration.edits)


def test_a_clean_page_is_not_cleared() -> None:
    text = "- THE FIRST POINT : NOTHING WAS AGREED.\n- THE SECOND POINT : NOTHING WAS SAID.\n"
    assert Restorer.load().restore(Source.of_text(text)).reading.text == text


SENT = """1. MINISTER SAID THAT THE GOVERNMENT WOULD BUY WHE*T FROM ARGENTINA IN THE COMING YEAR.
2. HE ADDED THAT THE PRICE HAD NOT BEEN AGREED AND THAT TALKS WOULD GO ON IN BUENOS AIRES.
3. EMBASSY WILL REPORT FURTHER DEVELOPMENTS AND WOULD APPRECIATE THE VIEWS OF THE DEPARTMENT.
"""


def test_a_garble_of_the_wire_is_marked_and_kept() -> None:
    restoration = Restorer.load().restore(Source.of_text(SENT))
    assert restoration.reading.text == SENT
    (word,) = (w for w in restoration.words if w.span.of(SENT) == "WHE*T")
    assert word.state is State.DOUBTFUL
    assert "WHEAT" in {one.text for one in word.alternatives}


def test_the_same_garble_on_a_scan_is_mended() -> None:
    scan = "| ~ °\n" + SENT
    assert "WHEAT" in Restorer.load().restore(Source.of_text(scan)).lines[1]
