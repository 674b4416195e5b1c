"""Slips, enclosures, letters and teletypes between offices are papers of their own."""

from __future__ import annotations

from septel.papers import PaperKind, runs_of

BODY = (
    "It was agreed that the matter should be looked into again when the report of the other office is in. "
    * 4
)
MEMO = f"""12 May 1961
MEMORANDUM FOR: Chief, Contact Division
FROM: Chief, Cover Division
SUBJECT: Use of a Firm
1. {BODY}
2. {BODY}
John B. Smith
"""


def kinds(*pages: str) -> list[tuple[PaperKind, int]]:
    return [(run.kind, run.first + 1) for run in runs_of([[page] for page in pages], agency="cia")]


def test_a_slip_is_no_part_of_the_memorandum_before_it() -> None:
    found = kinds(MEMO, "Mr. Brown\nplease file\n20 May", MEMO.replace("May", "June"))
    assert [page for _, page in found] == [1, 2, 3]


def test_a_last_page_with_a_signer_stays() -> None:
    assert (
        len(
            kinds(MEMO, "3. No action is asked.\nJohn B. Smith\nChief, Cover Division\nDistribution:\n2 - CD")
        )
        == 1
    )


def test_an_enclosure_begins_behind_a_foot_that_names_it() -> None:
    enclosure = f"POINTS TO BE RAISED\n1. General relations of the two countries\n{BODY}"
    found = kinds(MEMO + "Enclosure:\nPoints to be raised\n", enclosure)
    assert found == [(PaperKind.MEMORANDUM, 1), (PaperKind.OTHER, 2)]


def test_a_later_page_that_repeats_the_subject_begins_none() -> None:
    assert len(kinds(MEMO, f"SUBJECT: Use of a Firm\n12 May 1961\n4. {BODY}\n5. {BODY}")) == 1


def test_a_letter_is_known_by_how_it_begins() -> None:
    found = kinds(MEMO, f"14 Oak Street\nBoston\nMarch 3, 1978\nDear Mr. Jones,\n{BODY}\nYours truly")
    assert found[1] == (PaperKind.LETTER, 2)


def test_teletypes_between_offices_are_cables() -> None:
    head = "ESE NR16 ROUTINE 111745Z\nHOUS CITE WA 12913\nMOORE FROM DELANEY\nRE HOUS 851 X 851\n"
    assert kinds(MEMO, head + BODY.upper())[1] == (PaperKind.CABLE, 2)


def test_a_text_that_speaks_of_a_form_is_none() -> None:
    page = MEMO.replace("2. ", "2. The Assassination Records Review Board has asked for a Fitness Report. ")
    assert kinds(page) == [(PaperKind.MEMORANDUM, 1)]
