"""Kinds with their probabilities, cables on several sheets, attachments."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from septel.capture import UNREAD
from septel.papers import PaperKind, descriptions, parted, read_paper, runs_of, title_of
from septel.papers.kinds import DOUBTFUL
from septel.papers.starts import numbers_on
from septel.text import Reading
from tests.papers.samples import CABLE, COVER, MEMORANDUM, MEMORANDUM_2, captured

HEAD = "ORIG : J. DOE\nUNIT : WH/3\nEXT : 5432\nDATE : 21 AUG 1961\nCLASSIFIED MESSAGE\nSECRET\n"
FOOT = (
    "REPRODUCTION BY OTHER THAN THE ISSUING OFFICE IS PROHIBITED\nRELEASING OFFICER AUTHENTICATING OFFICER\n"
)
CODES = ("BUEN", "RIOD", "LIMA", "QUIT", "BOGO", "CARA", "PANA", "SJOS", "MANA", "TEGU", "SSAL", "GUAT")


def _body(*numbers: int) -> str:
    return "".join(
        f"{n}. STATION SHOULD TELL SOURCE {n} THAT FUNDS FOR HARBOUR PROJECT ARE APPROVED AND CREW\n"
        "MAY LEAVE WHEN WEATHER PERMITS. REPORT NAMES OF CREW AND TIME OF LEAVING.\n"
        for n in numbers
    )


FIRST = (
    HEAD
    + "TO : MEXICO CITY\nFROM: DIRECTOR\nCONF: WH 5\nINFO: DDP, FI, CI\nTO MEXI INFO WAVE CITE DIR 35831\n"
    + "OUT 97713\nRYBAT KEYWAY\nREF MEXI 7359 (IN 79677)\n"
    + _body(1, 2, 3)
    + FOOT
)


def _later(page: str, *numbers: int) -> str:
    return HEAD + f"TO\nFROM: DIRECTOR\nCONF:\nINFO: {page}\n" + _body(*numbers) + FOOT


@pytest.mark.parametrize("page", [FIRST, MEMORANDUM, _later("PAGE TWO", 4, 5)])
def test_ink_that_no_engine_read_tells_nothing_of_a_kind(page: str) -> None:
    gaps = "".join(f"{UNREAD * 6} {line}\n" for line in page.splitlines())
    assert runs_of([[gaps]]) == runs_of([[page]])


def test_the_sheets_of_a_long_cable_stay_together() -> None:
    pages = [
        FIRST,
        *(_later(f"PAGE {word}", 2 * n, 2 * n + 1) for n, word in enumerate(("TWO", "THREE", "FOUR"), 2)),
    ]
    (run,) = runs_of([[page] for page in pages], agency="cia")
    assert (run.kind, run.first, run.last) == (PaperKind.CABLE, 0, 3)


def test_a_list_of_addressees_with_the_same_numbers_belongs_to_its_cable() -> None:
    grid = "\n".join(f"{one}    {other}" for one, other in zip(CODES, reversed(CODES), strict=True))
    listed = HEAD + f"TO : SEE ATTACHED LIST\nFROM: DIRECTOR\nOUT 97713\nCITE DIR 35831\n{grid}\n" + FOOT
    other = FIRST.replace("35831", "35990").replace("97713", "98801").replace("HARBOUR", "BRIDGE")
    runs = runs_of([[FIRST], [_later("PAGE TWO", 4, 5)], [listed], [other]], agency="cia")
    assert [(run.first, run.last) for run in runs] == [(0, 2), (3, 3)]


def test_how_sure_a_kind_is() -> None:
    (run,) = runs_of([[CABLE.format(number=75338)]], agency="cia")
    assert run.kind is PaperKind.CABLE
    assert run.sure is not None and run.sure > 0.9
    assert run.alternatives == ()
    assert sum(share for _, share in run.shares) == pytest.approx(1)
    (unsure,) = runs_of([["The boats\nlie there\nnow and\nthen"]])
    assert unsure.sure is not None and unsure.sure < run.sure


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=5))
def test_every_paper_has_the_likeliest_kind_that_fits(pages: list[str]) -> None:
    runs = runs_of([[page] for page in pages])
    assert runs[0].first == 0
    assert runs[-1].last == len(pages) - 1
    assert all(one.last + 1 == two.first for one, two in pairwise(runs))
    assert all(run.sure is not None and 0 <= run.sure <= 1 for run in runs)


def test_a_doubtful_kind_is_shown_as_doubtful() -> None:
    parts = parted(captured(MEMORANDUM, CABLE.format(number=75338)))
    described = descriptions(parts)[0]
    assert described is not None
    assert title_of(described | {"kind_confidence": DOUBTFUL - 0.1}, None, None).startswith("Memorandum[?]")  # type: ignore[union-attr]
    assert title_of(described | {"kind_confidence": DOUBTFUL}, None, None).startswith("Memorandum (")  # type: ignore[union-attr]


def test_an_attachment_is_linked_with_its_memorandum() -> None:
    attached = (
        "ATTACHMENT A\n\nLIST OF THE BOATS\n1. The Rosa, of Havana\n2. The Maria, of Miami\n3. The Ana\n"
    )
    parts = parted(captured(MEMORANDUM, MEMORANDUM_2, attached, CABLE.format(number=75338)))
    told = [one for one in descriptions(parts) if one]
    assert [one["pages"] for one in told] == [[1, 2], [3, 3], [4, 4]]
    assert [one["attached_to"] for one in told] == [None, parts[0].id, None]
    lone = parted(captured(attached, MEMORANDUM))
    assert all(one["attached_to"] is None for one in descriptions(lone) if one)


def test_the_stations_to_whom_a_message_went_belong_to_it() -> None:
    listed = "DIRECTOR\nINFO\n" + "\n".join(
        ("ALGIERS VIENNA OKINAWA", "ACCRA BERN TAIPEI", "CONAKRY NICOSIA BANGKOK", "RABAT MADRID PARIS")
    )
    pages = [
        [FIRST.replace("TO : MEXICO CITY", "TO : SEE ATTACHED LIST")],
        [_later("PAGE TWO", 4, 5)],
        [listed],
    ]
    assert [run.first for run in runs_of(pages, agency="cia")] == [0]


def test_a_later_pages_number_stands_among_the_empty_cells() -> None:
    later = HEAD + "FROM: DIRECTOR\nCONF:\nTO INFO PAGE FIVE CITE DIR\n" + _body(6, 7) + FOOT
    assert [run.first for run in runs_of([[FIRST], [later]], agency="cia")] == [0]


def test_a_subject_over_its_text_is_a_memorandum() -> None:
    text = (
        "SUBJECT: John DOE, Jr.\nWe have no information that Subject appeared at a rally in Oslo, nor\n"
        "does the Embassy have knowledge of a future visit of DOE to Norway. Any future\n"
        "information which becomes available will be forwarded to you. We have also taken\n"
        "due note of your desire that the authorities should not know of your interest.\n"
    )
    assert runs_of([[text]], agency="cia")[0].kind is PaperKind.MEMORANDUM


@pytest.mark.parametrize(
    "title", ["TDCS INFORMATION REPORT", "TRANSMITTAL OF TDCS INFORMATION REPORT", "MEMORANDUM"]
)
def test_the_title_on_a_record_sheet_is_no_sign_of_another_form(title: str) -> None:
    sheet = COVER.format(number="176-10001-10001").replace("REPORT ON THE HARBOUR", title)
    assert runs_of([[sheet]], agency="cia")[0].kind is PaperKind.COVER


def test_a_cable_whose_print_was_misread_is_told_by_its_looks() -> None:
    lists = "".join(f"{letter}. WAVE 7{n}98 (IN 6{n}661)\n" for n, letter in enumerate("ABCDEF"))
    head = (
        "SECRET\nDIRECTOR\nFROM : UMWAVE\nACTION: C/SAS 5\nINFO : DDP, ADDP, RI/AN DUMMY, D/OC 2\n"
        "REF I 0220127\nINFO : WAVE 8395\nSUBJECT: ATHENA COMMO\n"
    )
    pages = [f"{head}{lists}{_body(1, 2)}SECRET\n", f"SECRET\n{_body(3, 4, 5)}SECRET\n"]
    (run,) = runs_of([[page] for page in pages], agency="cia")
    assert (run.kind, run.why) == (PaperKind.CABLE, ())
    plain = ["The harbour was quiet on Monday when we came by, and nobody was there.\n"]
    for name, found, kind in (
        ("104-10075-10373.pdf", pages, "cia-cable"),
        ("text.pdf", plain, None),
    ):
        (told,) = descriptions(parted(captured(*found, name=name)))
        assert (told["kind"] if told else None) == kind


def test_a_later_page_is_known_by_the_message_number_alone() -> None:
    first = "SECRET\nMHFNO: 98-0748996 SENSIND: PAGE: 1\nSTAFF\n98 0748996 ASR PAGE 001 IN 0748996\n"
    first += (
        f"S E C R E T 061332Z MAR 98 STAFF\nCITE MINSK 17622\nTO: DIRECTOR.\nTEXT:\n{_body(1, 2, 3)}SECRET\n"
    )
    later = "SECRET\n1F0: 98-0748996 SENSIND PAGE:\n" + _body(4, 5, 6)
    assert numbers_on([first]) & numbers_on([later])
    assert not numbers_on(["THE REPORT OF MONDAY, WHICH HAS THE NUMBER 98-0748996, WAS LOST.\n"])
    assert [(run.first, run.last) for run in runs_of([[first], [later]], agency="cia")] == [(0, 1)]


def test_a_lone_paper_of_no_known_kind_is_described_by_its_offices_number() -> None:
    text = (
        "OCI No. 0123/63\n3 May 1963\nThe Coming Visit to the Harbour\n"
        "1. The group met and talked about the harbour at some length, as it had done before.\n"
    )
    found = [parted(captured(one))[0] for one in (text, text.partition("\n")[2])]
    numbered, plain = (replace(one, paper=replace(one.paper, kind=PaperKind.OTHER)) for one in found)
    (told,) = descriptions((numbered,))
    assert told is not None
    assert descriptions((plain,)) == (None,)
    _, paper = read_paper(Reading.of(numbered.capture.source), told)
    assert paper is not None
    assert paper["numbers"] == ["OCI No. 0123/63"]
