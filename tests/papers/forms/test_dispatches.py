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
