"""Dispatches are read by their cells, whatever became of labels and columns."""

from __future__ import annotations

from septel.papers import PaperKind, runs_of
from septel.papers.forms import form_fields
from septel.papers.places import FormWitness

DISPATCH = """DISPATCH
TO: Chief, WH Division
INFO: Chief, WE
FROM: Chief of Station, Lima
SUBJECT: Transmittal of Reports
REFERENCES: A. HPLA-1200, 3 May 1962
B. HPLW-880
1. Transmitted herewith are three reports that were asked for in the references.
2. The Station would like to know what became of the earlier ones of last year.
Conrad B. TALLOW
Distribution:
3 - C/WHD
DATE TYPED
12 June 1962
DATE DISPATCHED
14 June 1962
DISPATCH SYMBOL AND NUMBER
HPLA-1234
CLASSIFICATION
S E C R E T
"""


def test_a_dispatch_is_read_by_its_cells() -> None:
    told = form_fields(PaperKind.DISPATCH, [FormWitness.of_texts([DISPATCH])])
    assert (told.to, told.info, told.originator) == (
        ("Chief, WH Division",),
        ("Chief, WE",),
        "Chief of Station, Lima",
    )
    assert told.number == "HPLA-1234"  # not one that it refers to
    assert told.date == "1962-06-14"  # of despatch, not of typing
    assert told.references == ("HPLA-1200, 3 May 1962", "HPLW-880")
    assert told.signature == "Conrad B. TALLOW"
    assert told.paragraphs == ("1.", "2.")


def test_lost_labels_leave_the_order_of_the_offices() -> None:
    bare = DISPATCH.replace("TO: ", "").replace("FROM: ", "").replace("INFO: Chief, WE\n", "")
    told = form_fields(PaperKind.DISPATCH, [FormWitness.of_texts([bare])])
    assert told.to == ("Chief, WH Division",)
    assert told.originator == "Chief of Station, Lima"


def test_a_form_of_1949_is_a_dispatch_too() -> None:
    text = """OFFICIAL DISPATCH
VIA: AIR POUCH
DISPATCH NO. LIM-A-77
TO : Chief, Foreign Branch T DATE: 3 March 1949
FROM : Chief of Station, Lima, Peru
SUBJECT: GENERAL- Operations
1. The office that was rented in the autumn has been given up for a better one.
"""
    (run,) = runs_of([[text]])
    assert run.kind is PaperKind.DISPATCH
    told = form_fields(PaperKind.DISPATCH, [FormWitness.of_texts([text])])
    assert told.number == "LIMA-77"
    assert told.date == "1949-03-03"


def test_a_memorandum_between_chiefs_is_no_dispatch() -> None:
    text = """3 March 1959
MEMORANDUM FOR: Secretary, Career Service Board
FROM: Chief, SR Division
SUBJECT: Recommendation for Promotion
1. The Chief of Station, Tokyo recommends the promotion of the officer who was named.
"""
    (run,) = runs_of([[text]])
    assert run.kind is PaperKind.MEMORANDUM


def test_a_subject_goes_on_and_is_known_by_its_place() -> None:
    longer = DISPATCH.replace("Transmittal of Reports", "REDWOOD\nTransmittal of Reports on the Harbour")
    told = form_fields(PaperKind.DISPATCH, [FormWitness.of_texts([longer])])
    assert told.subject == "REDWOOD Transmittal of Reports on the Harbour"
    bare = DISPATCH.replace("SUBJECT: ", "")
    told = form_fields(PaperKind.DISPATCH, [FormWitness.of_texts([bare])])
    assert (told.subject, "subject" in told.guessed) == ("Transmittal of Reports", True)


def test_what_stands_in_the_cell_of_information_is_an_office() -> None:
    for printed in ("only.", "CLASSICA", "NONE"):
        told = form_fields(
            PaperKind.DISPATCH, [FormWitness.of_texts([DISPATCH.replace("Chief, WE", printed)])]
        )
        assert told.info == ()


def test_receivers_stand_one_under_the_other() -> None:
    two = DISPATCH.replace("Chief, WH Division\n", "Chief of Base, (CALLAO)\nChief of Station, Quito\n", 1)
    told = form_fields(PaperKind.DISPATCH, [FormWitness.of_texts([two])])
    assert told.to == ("Chief of Base, (CALLAO)", "Chief of Station, Quito")


def test_a_symbol_alone_is_the_dispatchs_where_no_label_tells() -> None:
    bare = DISPATCH.replace("DISPATCH SYMBOL AND NUMBER\nHPLA-1234\n", "")
    bare = bare.replace("TO: ", "HMM-15595\nTO: ", 1)
    told = form_fields(PaperKind.DISPATCH, [FormWitness.of_texts([bare])])
    assert (told.number, "number" in told.guessed) == ("HMM-15595", True)


def test_a_stamped_day_that_was_torn_gives_way_to_the_typed_one() -> None:
    foot = "DATE TYPED: 24 Apr 64\nDATE DISPATCHED: APR 2 A 1964\n"
    told = form_fields(
        PaperKind.DISPATCH, [FormWitness.of_texts([f"{DISPATCH.partition('DATE TYPED')[0]}{foot}"])]
    )
    assert told.date == "1964-04-24"


def test_a_label_with_its_own_date_dates_no_row_below() -> None:
    head = (
        "DISPATCH\nTO: Chief of Station, Lima\nREF:\nHPLA 15927\nFROM: Chief of Station, Quito\n"
        "SUBJECT: Harbour\n"
        "DATE: 22 Nov 60\nREFERENCES:\nA. HPLA 55220, 4 Nov 60\n"
        "B. HPLA 15911, 8 Nov 60 (not sent\nQuito or Lima)\nC. QUIT 2329, 10 Nov 60\n"
        "1. The reports that were asked for have been put together and are attached.\n"
    )
    told = form_fields(PaperKind.DISPATCH, [FormWitness.of_texts([head])])
    assert told.date == "1960-11-22"
    assert told.references == ("HPLA 55220, 4 Nov 60", "HPLA 15911, 8 Nov 60", "QUIT 2329, 10 Nov 60")


def test_a_subject_may_speak_of_a_reference() -> None:
    head = (
        "DISPATCH\nTO: Chief of Station, Lima\nFROM: Chief of Station, Quito\n"
        'SUBJECT: Comments on the Harbour/\nReference to the "Old Town"\nACTION REQUIRED REFERENCES\n'
        "1. The reports that were asked for have been put together and are attached.\n"
    )
    told = form_fields(PaperKind.DISPATCH, [FormWitness.of_texts([head])])
    assert told.subject == 'Comments on the Harbour/ Reference to the "Old Town"'
