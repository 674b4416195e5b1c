"""What makes parsing fast must not change what is found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from septel.telegram.lines import exact as rules
from tests.telegram.samples import ELECTRONIC, GARBLED, TWO_SECTIONS

LINES = sorted(
    {line.strip() for text in (TWO_SECTIONS, ELECTRONIC, GARBLED) for line in text.split("\n")} - {""}
)
FORMS = [
    "PAGE 02 LA PAZ 04112 022228Z",
    "ACTION ARA-20",
    "declassified/released",
    "Sheryl P. Walter Declassified/Released",
    "SANITIZED COPY",
    'UNLESS "UNCLASSIFIED"',
    "R 022125Z JUN 74",
    "022125Z JUN 74",
    "FM AMEMBASSY PARIS",
    "BT",
    "NNNN",
    "E E E E E E E",
    "(* OMISSION",
    "# AS RECEIVED",
    "TOP SECRET PARIS 12",
    "UNCLAS PARIS 12",
    "LIMITED OFFICIAL USE",
    "LOU",
    "DE RUEHC 1234",
    "ZNY SSSSS",
    "VZCZCABC123",
    "GP-3.",
]
LETTERS = st.text(alphabet="ABCDEFGIKLMNOPRSTUVZ0123 -/#*(<", min_size=1, max_size=30).map(str.strip)


@given(st.one_of(st.sampled_from(LINES + FORMS), LETTERS.filter(bool)))
def test_no_line_that_a_rule_knows_passes_as_text(line: str) -> None:
    known = rules.anywhere(line) is not None or rules.marking(line) is not None
    known = known or rules.CLASS.match(line) is not None or rules.GROUP.match(line) is not None
    assert rules.may_open(line) or rules.resembles(line) or not known


@given(
    st.sampled_from(sorted(rules.SUSPECT)),
    st.text(st.characters(exclude_characters="\n"), max_size=3),
    st.sampled_from(["", *(line[1:] for line in LINES + FORMS)]),
)
def test_two_characters_let_no_suspect_line_pass(first: str, between: str, rest: str) -> None:
    for line in (first + rest, first + between + rest, first.swapcase() + rest):
        opening = rules.SUSPECT.get(line[0])
        assert rules.may_open(line) == (opening is not None and opening(line) is not None)
