"""What first pages of real files taught: dates, numbers, receivers and subjects as people typed them."""

from __future__ import annotations

import pytest

from septel.papers import PaperKind, read_paper, title_of
from septel.papers.forms import FormFields, form_fields
from septel.papers.forms.address import bare_head
from septel.papers.places import FormWitness
from septel.telegram import parse
from septel.text import Confidence, Edit, Ground, Reading, Reason, Source, Span, State, Step
from tests.papers.forms.sheets import sheet

TEXT = "1. The reports that were asked for in March have been put together by this office and are attached.\n"


def read(text: str, kind: PaperKind = PaperKind.MEMORANDUM) -> FormFields:
    return form_fields(kind, [FormWitness.of_texts([text])])


def memo(head: str) -> FormFields:
    return read(f"{head}\n{TEXT}")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("-6-th August,1961", "1961-08-06"),  # a hyphen of the pen
        ("2 6 NOV 1963", "1963-11-26"),  # a stamp's figures apart
        ("FEB 1 8 1964", "1964-02-18"),
        ("10-13 DEC 63", ""),  # a span of days is no paper's date
        ("28 September - 2 October 1963", ""),
        ("14 August  962", "1962-08-14"),  # a figure of the year was lost
    ],
)
def test_the_date_of_a_head(line: str, date: str) -> None:
    assert memo(f"{line}\nMEMORANDUM FOR: Chief, Support Branch\nSUBJECT: The Harbour").date == date


def test_a_misread_year_beside_its_label_is_a_guess() -> None:
    told = memo("TO    : Chief, Contact Division          DATE:  31 August 1062\nSUBJECT: The Harbour")
    assert (told.date, "date" in told.guessed) == ("1962-08-31", True)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("OGC 71-1234", "OGC 71-1234"),
        ("OCI No. 0123/63", "OCI No. 0123/63"),
        ("REPORT No. 6-1234", "REPORT No. 6-1234"),
        ("NW 50955", ""),  # what the archive printed
        ("NLK-75-26", ""),
        ("FORM 10-62", ""),
    ],
)
def test_an_offices_own_number_stands_alone_above_the_title(line: str, number: str) -> None:
    assert memo(f"{line}\n3 May 1963\nMEMORANDUM FOR THE RECORD\nSUBJECT: The Harbour").number == number


def test_a_doubtful_number_bears_its_mark_in_the_title() -> None:
    described = {
        "kind": "memorandum",
        "cover": None,
        "pages": [1, 1],
        "file": "a.pdf",
        "numbers": ["OGC 71-1234"],
        "confidence": {"number": 0.8},
    }
    assert "OGC 71-1234[?]" in (title_of(described, "The Harbour") or "")
    described["confidence"] = {"number": 0.97}
    assert "[?]" not in (title_of(described, "The Harbour") or "")


def test_receivers_with_rank_stand_one_under_the_other() -> None:
    told = memo(
        "MEMORANDUM NO. 12 FOR GENERAL JOHN A. NORTH (JCS)\nMR. PAUL B. SOUTH, Dep Asst Sec\n(Regional)\n"
        "REAR ADMIRAL C. D. EAST, USN\nSUBJECT: The Harbour"
    )
    assert told.to == (
        "GENERAL JOHN A. NORTH (JCS)",
        "MR. PAUL B. SOUTH, Dep Asst Sec (Regional)",
        "REAR ADMIRAL C. D. EAST, USN",
    )


def test_a_date_is_no_receiver() -> None:
    assert memo("3 May 1963\nMEMORANDUM FOR: 31 Jan 1962\nSUBJECT: The Harbour").to == ()


def test_a_stamp_that_says_copy_takes_no_value() -> None:
    assert memo("COPY.\nMEMORANDUM FOR:\nThe Director\nSUBJECT: The Harbour").to == ("The Director",)


def test_initials_of_a_note() -> None:
    told = memo("3 July 1962\nTO: NKH\nFM: AWS\nRE: HARBOUR")
    assert (told.to, told.originator) == (("NKH",), "AWS")


@pytest.mark.parametrize(
    ("subject", "below", "told"),
    [
        ("Meeting with Dr. Rowe on", "October 16, 1961", "Meeting with Dr. Rowe on October 16, 1961"),
        ("The Harbour", "October 16, 1961", "The Harbour"),
        ("The Harbour", "Volumes: 5", "The Harbour"),
        ("The Harbour", "Job # 61-1", "The Harbour"),
        ("Committee of Harbour", "Affairs: Acts of the Town and Government", None),
    ],
)
def test_where_a_subject_ends(subject: str, below: str, told: str | None) -> None:
    found = memo(f"MEMORANDUM FOR THE RECORD\nSUBJECT: {subject}\n{below}\n").subject
    assert found == (told or f"{subject} {below}")


def test_a_subject_goes_on_under_its_value_and_not_beside_it() -> None:
    rows = [
        (5.0, 40.0, "3 May 1963"),
        (8.0, 8.0, "MEMORANDUM FOR: Chief, Support Branch"),
        (11.0, 8.0, "SUBJECT         Request for Papers"),
        (12.4, 24.0, "Harold F. Rowe (T)"),
        (13.8, 70.0, "EXCEPT WHERE SHOWN"),
        (18.0, 12.0, "1. The reports that were asked for in March have been put together."),
    ]
    text = "\n".join(" ".join(words.split()) for _, _, words in rows)
    told = form_fields(PaperKind.MEMORANDUM, [FormWitness(text, (sheet(*rows),))])
    assert told.subject == "Request for Papers Harold F. Rowe (T)"


def test_three_lines_without_labels_are_a_guess() -> None:
    told = memo("20 July 1962\nChief of Station, LIMA\nChief, Task Force W\nWork of the Harbour Group")
    assert (told.to, told.originator) == (("Chief of Station, LIMA",), "Chief, Task Force W")
    assert told.subject == "Work of the Harbour Group"
    assert {"to", "originator", "subject"} <= set(told.guessed)
    assert bare_head(["Chief of Station, LIMA", "1. The text begins."]) is None


def test_who_is_informed_stands_between_receiver_and_sender() -> None:
    head = ["Chief of Station, Lima", "Chief, WHD", "Chief of Station, Quito 11 August 1961", "A. Rowe"]
    found = bare_head(head)
    assert found is not None
    assert (found.to, found.sender) == ("Chief of Station, Lima", "Chief of Station, Quito")


@pytest.mark.parametrize("line", ["I. ASSUMPTIONS:", "DECL OADR", "Separate Cover\n(Continued)"])
def test_what_signs_nothing(line: str) -> None:
    assert memo(f"MEMORANDUM FOR THE RECORD\nSUBJECT: The Harbour\n{TEXT}\n{line}").signature == ""


def test_a_paper_of_no_known_kind_has_date_and_grade() -> None:
    text = f"SECRET\n15 June 1964\nSYNOPSIS\n{TEXT}"
    parsed, described = read_paper(Reading.of(Source.of_text(text)), None)
    assert described is None
    assert parsed.heading.date is not None
    assert parsed.heading.date.value == "1964-06-15"
    assert parsed.heading.sent is None


def stamped(text: str, *doubtful: str) -> Reading:
    source = Source.of_text(text)
    edits = tuple(
        Edit(
            span=Span(at := text.index(word), at + len(word)),
            before=word,
            after=word,
            reason=Reason(ground=Ground.CHANNEL),
            step=Step.of("test", "1"),
            confidence=Confidence(probability=0.6, calibration="test"),
            state=State.DOUBTFUL,
        )
        for word in doubtful
    )
    return Reading.of(source, edits)


@pytest.mark.parametrize(
    ("text", "doubtful", "marked"),
    [
        ("A PAPER\nCONFIDENTLAL\n\nText of the paper goes on here.\n", (), True),  # one stamp, misread
        ("A PAPER\nSECRET\n\nText of the paper goes on here.\n", (), False),
        ("A PAPER\nSECRET\n\nText of the paper goes on here.\n", ("SECRET",), True),
        ("SECRET\n\nText of the paper goes on here.\n\nSECRET\n", (), False),
    ],
)
def test_a_grade_that_one_unsure_stamp_tells_is_doubtful(
    text: str, doubtful: tuple[str, ...], marked: bool
) -> None:
    told = parse(stamped(text, *doubtful)).heading.classification
    assert told is not None
    assert told.doubtful is marked


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("OCI No. 0123/63\n3 May 1963\nThe Coming Visit to the Harbour", "The Coming Visit to the Harbour"),
        (
            "MEMORANDUM FOR THE RECORD\nMinutes of the Harbour Group\nPRESENT: Mr. Rowe",
            "Minutes of the Harbour Group",
        ),
        ("3 May 1963\nWork of the Group\nRescission: ABC 50-10", "Work of the Group"),
        ("3 May 1963\nOFFICE OF HARBOURS", ""),  # a letterhead
        ("3 May 1963\nHarold F. Rowe", ""),  # a person
        ("MARCH 15, 1963\nHarbour Embassy Building\nDEAR SIR", ""),  # an address
    ],
)
def test_a_title_that_stands_alone_is_a_guess(head: str, title: str) -> None:
    told = memo(head)
    assert (told.subject if "subject" in told.guessed else "") == title


def test_a_title_gives_way_to_a_labelled_subject() -> None:
    told = memo("3 May 1963\nMEMORANDUM FOR THE RECORD\nWork of the Group\nSUBJECT: The Harbour")
    assert (told.subject, "subject" in told.guessed) == ("The Harbour", False)


def test_a_form_with_the_cells_of_a_memorandum_is_read_and_never_sure() -> None:
    text = f"3 May 1963\nTO: Chief, Support Branch\nFROM: Harold F. Rowe\nSUBJECT: The Harbour\n{TEXT}"
    told = read(text, PaperKind.FORM)
    assert (told.to, told.originator, told.subject) == (
        ("Chief, Support Branch",),
        "Harold F. Rowe",
        "The Harbour",
    )
    assert {"to", "originator", "subject", "date", "signature"} <= set(told.guessed)
    assert read(text.replace("FROM: Harold F. Rowe\n", ""), PaperKind.FORM) == FormFields()
    assert read(text.replace("Harold F. Rowe", "(Print your name)"), PaperKind.FORM) == FormFields()


@pytest.mark.parametrize("kind", [PaperKind.MEMORANDUM, PaperKind.OTHER])
def test_a_signature_that_a_transcript_describes_stands_beside_its_name(kind: PaperKind) -> None:
    told = read(
        f"{TEXT}\nFOR THE DIRECTOR OF HARBOURS:\n\n![signature of Harold F. Rowe] Harold F. Rowe\n", kind
    )
    assert told.signature == "Harold F. Rowe"


def test_only_a_sign_beside_a_name_makes_a_paper_of_no_known_kind_signed() -> None:
    assert read(f"{TEXT}\nHarold F. Rowe\n", PaperKind.OTHER).signature == ""


def test_the_secret_service_is_no_grade() -> None:
    assert (
        memo("3 May 1963\nMEMORANDUM FOR: The Chief\nSECRET SERVICE FILES ON HARBOURS").classification == ""
    )
    assert memo("SECRET\n3 May 1963\nMEMORANDUM FOR: The Chief").classification == "SECRET"
