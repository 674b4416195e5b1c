"""A paper read from a file has the fields that its form has, whatever kind of file it is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from septel import capture
from septel.capture import Box, Line, Word
from septel.papers import PaperKind, papers_in, read_paper, title_of
from septel.papers.cover import by_cover
from septel.papers.forms import WeighedFields, form_fields
from septel.papers.places import FormWitness
from septel.papers.reading import _before_stamps, _own_words, _without_times
from septel.pipeline import reading_of
from septel.text import Confidence, Edit, Ground, Reading, Reason, Source, Span, State, Step
from tests.cli.test_cli import Capsys, call
from tests.papers.forms.test_dispatches import DISPATCH
from tests.papers.samples import CABLE, COVER, captured

CONTINUED = """CONTINUATION OF DISPATCH
SECRET HPLA-1234
3. The third report was not sent, since its source has left the city and the files of the Station have no copy
of what he said in the summer of 1961 or of the letters that came later.
"""


@pytest.mark.parametrize("ending", ["\f", "\f\n"])
def test_a_text_file_gives_what_its_pages_give(tmp_path: Path, ending: str) -> None:
    pages = [DISPATCH, CONTINUED]
    file = tmp_path / "dispatch.txt"
    file.write_text(ending.join(pages), encoding="utf-8")
    (paper,) = papers_in(file, capture.read, on_fault=lambda fault: pytest.fail(str(fault)))
    captured = paper.part.capture
    parsed, described = read_paper(reading_of(captured, None), paper.described, captured)
    told = form_fields(paper.part.paper.kind, [FormWitness.of_texts(pages)])
    heading = parsed.heading
    assert described is not None
    assert heading.originator is not None
    assert heading.originator.value.name == told.originator == "Chief of Station, Lima"
    assert [one.station.name for one in heading.action] == list(told.to) == ["Chief, WH Division"]
    assert [one.station.name for one in heading.info] == list(told.info) == ["Chief, WE"]
    assert [one.value for one in heading.references] == list(told.references) != []
    assert (described["date"], described["numbers"]) == (told.date, list(told.numbers))


def test_a_later_page_of_a_dispatch_has_its_symbol_and_no_post(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "later.txt"
    file.write_text(CONTINUED, encoding="utf-8")
    _, out, _ = call(capsys, "parse", file, "--as-is")
    assert "HPLA 1234" in out
    assert "from" not in [line.split()[0] for line in out.splitlines() if line.strip()]
    _, out, _ = call(capsys, "parse", file, "--as-is", "--json")
    assert json.loads(out)["paper"]["kind"] == "dispatch"


REPORT = """TELEGRAM INFORMATION REPORT TELEGRAM
CENTRAL INTELLIGENCE AGENCY
CLASSIFICATION - DISSEMINATION CONTROLS
S E C R E T
COUNTRY CUBA
REPORT NO. TDCS-3/866,305
SUBJECT NEWS OF THE HARBOUR
DATE DISTR. 3 SEPTEMBER 1963
THIS IS UNEVALUATED INFORMATION. SOURCE GRADINGS ARE DEFINITIVE. APPRAISAL OF CONTENT IS TENTATIVE.
SOURCE A SAILOR (C).
1. THE HARBOUR WAS CLOSED ON MONDAY FOR ALL SHIPS THAT CARRY ARMS, AND OPENED AGAIN ON TUESDAY.
"""


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("CIA TDCS-3/566,305", "TDCS-3/566,305"),  # one figure apart: the page's was misread
        ("CIA TDCS-3/123,456", "TDCS-3/866,305"),  # another report's
        ("REPORT ON THE HARBOUR", "TDCS-3/866,305"),
    ],
)
def test_the_record_sheet_decides_a_misread_figure(tmp_path: Path, title: str, number: str) -> None:
    cover = COVER.format(number="197-10002-10190").replace("REPORT ON THE HARBOUR", title)
    file = tmp_path / "report.txt"
    file.write_text(f"{cover}\f{REPORT}", encoding="utf-8")
    _, paper = papers_in(file, capture.read, on_fault=lambda fault: pytest.fail(str(fault)))
    captured = paper.part.capture
    _, described = read_paper(reading_of(captured, None), paper.described, captured)
    assert described is not None
    assert described["numbers"][0] == number


LATER = """SECRET
2
"The friends whom he visited say that he was sober, but badly shaken by what he had seen that day.
2. A check of the records has yielded the following of him:
a. Born: 7 August 1915, Brooklyn.
b. Died 8 May 1964.
On 17 August 1954 he became the owner.
SECRET
"""


@pytest.mark.parametrize("head", ["", "22 September 1955\n"])
def test_a_date_that_the_text_speaks_of_is_not_the_papers(tmp_path: Path, head: str) -> None:
    told = form_fields(PaperKind.MEMORANDUM, [FormWitness.of_texts([head + LATER])])
    assert told.date == ("1955-09-22" if head else "")


def test_two_numbers_of_one_message_are_doubtful() -> None:
    first = CABLE.format(number=75338)
    later = "CLASSIFIED MESSAGE\nSECRET\nPAGE 2\nCITE DIR {number}\nAND THE BOATS LIE IN THE HARBOUR STILL.\n"
    for number, doubtful in ((75338, False), (75333, True)):
        witness = FormWitness.of_texts([first, later.format(number=number)])
        assert ("number" in form_fields(PaperKind.CABLE, [witness]).contested) is doubtful


@pytest.mark.parametrize("scanned", [True, False])
def test_a_word_alone_under_a_scanned_text_signs_nothing(scanned: bool) -> None:
    text = "1. THE HARBOUR WAS CLOSED ON MONDAY FOR ALL SHIPS THAT CARRY ARMS.\n\nWHITE\n"
    source = replace(Source.of_text(text), step=Step.of("engine", "1") if scanned else None)
    telegram, described = read_paper(Reading.of(source), None)
    assert described is None
    assert (telegram.signature is None) is scanned


def test_no_date_is_surer_than_the_words_it_was_read_from(tmp_path: Path) -> None:
    file = tmp_path / "cable.txt"
    file.write_text(f"SECRET\n{CABLE.format(number=75338)}", encoding="utf-8")
    (paper,) = papers_in(file, capture.read, on_fault=lambda fault: pytest.fail(str(fault)))
    captured = paper.part.capture
    at = captured.source.text.index("OCTOBER 1963") + len("OCTOBER ")
    worn = Edit(
        span=Span(at, at + 4),
        before="1963",
        after="1963",
        reason=Reason(ground=Ground.CHANNEL),
        step=Step.of("test", "1"),
        confidence=Confidence(probability=0.41, calibration="made for this test"),
        state=State.DOUBTFUL,
    )
    sure = read_paper(Reading.of(captured.source), paper.described, captured)[1]
    told = read_paper(Reading.of(captured.source, [worn]), paper.described, captured)[1]
    assert sure is not None
    assert told is not None
    assert sure["confidence"]["date"] > 0.41 == told["confidence"]["date"]


def test_letters_that_were_restored_to_one_word_stand_once() -> None:
    text = "S E C R E T 301230Z"
    words = tuple(
        Word(
            span=Span(match.start(), match.end()),
            text=match.group(),
            box=Box(left=24 * match.start(), top=36, right=24 * match.end(), bottom=72),
        )
        for match in re.finditer(r"\S+", text)
    )
    line = Line(span=Span(0, len(text)), words=words)
    whole = captured(text)
    whole = replace(whole, pages=(replace(whole.pages[0], lines=(line,)),))
    joined = Edit(
        span=Span(0, 11),
        before="S E C R E T",
        after="SECRET",
        reason=Reason(ground=Ground.CHANNEL),
        step=Step.of("test", "1"),
        confidence=Confidence(probability=0.9, calibration="made for this test"),
        state=State.SURE,
    )
    own = _own_words(Reading.of(whole.source, [joined]), whole)
    assert list(own.values()) == ["SECRET", "301230Z"]


@pytest.mark.parametrize(
    ("stamps", "grade"),
    [
        (("SECRET", "GROUP 1\nExcluded from automatic\ndowngrading and\ndeclassification14-00000"), "SECRET"),
        (("", "ALL INFORMATION CONTAINED\nCLASSIFIED\nFOR REVIEW AT FBIHQ"), None),
        (("DECLASSIFIED", "Authority E.O. 12958"), None),
        (("SECRET", "UNCLASSIFIED"), "SECRET"),
        (("CONFIDENTIAL", "DECLASSIFIED\nUNCLASSIFIED\nUNCLASSIFIED"), "CONFIDENTIAL"),
        (("UNCLASSIFIED", ""), "UNCLASSIFIED"),
        (("CLASSIFICATION:\nUnclassified", ""), None),
    ],
)
def test_a_papers_grade_is_that_of_its_own_stamps(stamps: tuple[str, str], grade: str | None) -> None:
    head, foot = stamps
    body = "\n".join(f"{n}. The harbour master saw the boats again on Monday." for n in range(1, 4))
    text = (
        f"{head}\n\n18 June 1964\n\nMEMORANDUM FOR: Chief, WH/3\n\nSUBJECT: The Harbour\n\n{body}\n\n{foot}\n"
    )
    assert graded(text, "memorandum") == grade


@pytest.mark.parametrize("status", ["Unclassified", "Secret"])
def test_a_record_sheet_has_no_grade_of_its_own(status: str) -> None:
    sheet = COVER.format(number="124-10165-10079").replace(": Secret", f":\n{status}")
    assert graded(sheet, PaperKind.COVER.value) is None


def graded(text: str, kind: str) -> str | None:
    reading = Reading.of(replace(Source.of_text(text), step=Step.of("engine", "1")))
    tree, _ = read_paper(reading, {"kind": kind, "file": "box.txt", "pages": [1, 1], "cover": None})
    return tree.heading.classification.value if tree.heading.classification else None


def test_two_dates_of_one_message_are_a_check_and_a_doubt() -> None:
    cable = CABLE.format(number=75338).replace("KAPOK", "{0}\nKAPOK", 1)
    for group, doubtful in (("302239Z", True), ("122239Z", False)):
        reading = Reading.of(Source.of_text(cable.format(group)))
        described = {"kind": "cia-cable", "file": "box.txt", "pages": [1, 1], "cover": None}
        tree, told = read_paper(reading, described)
        assert told is not None
        heading = tree.heading
        day = heading.sent.value.iso[:10] if heading.sent else heading.date.value if heading.date else ""
        assert day == told["date"] == "1963-10-12"
        assert bool((heading.sent or heading.date).doubtful) is doubtful  # type: ignore[union-attr]
        assert any("two dates" in fault.what for fault in tree.faults) is doubtful


def test_a_number_that_the_sheet_speaks_against_has_its_mark_in_the_title(tmp_path: Path) -> None:
    cover = COVER.format(number="197-10002-10190").replace("REPORT ON THE HARBOUR", "CIA TDCS-3/566,305")
    file = tmp_path / "report.txt"
    file.write_text(f"{cover}\f{REPORT.replace('866,305', '866,303')}", encoding="utf-8")
    _, paper = papers_in(file, capture.read, on_fault=lambda fault: pytest.fail(str(fault)))
    captured = paper.part.capture
    _, described = read_paper(reading_of(captured, None), paper.described, captured)
    assert "Information report TDCS-3/866,303[?]" in (title_of(described, None) or "")


@pytest.mark.parametrize("unread", [False, True])
def test_the_sheets_figures_stand_where_the_page_was_read_with_doubt(unread: bool) -> None:
    read = "TDCS-3/866,303"
    kept = () if unread else (read,)
    fields = replace(form_fields(PaperKind.REPORT, []), number="" if unread else read, numbers=kept)
    sure = WeighedFields(fields, {} if unread else {"number": 0.6}, {"number": (read,)} if unread else {})
    found = by_cover(sure, {"title": "CIA TDCS-3/566,305"})
    assert (found.fields.number, found.fields.numbers) == ("TDCS-3/566,305", ("TDCS-3/566,305",))
    assert found.confidence["number"] <= 0.5 and not found.unread
    assert by_cover(sure, {"title": "CIA TDCS-3/123,456"}) == sure


def test_a_title_has_the_marks_of_its_fields_and_names_the_sheet() -> None:
    described: dict[str, object] = {
        "kind": PaperKind.REPORT.value,
        "file": "x.pdf",
        "pages": (2, 3),
        "numbers": ["TDCS-3/866,303"],
        "title": "THE HARBOUR",
        "cover": {"title": "CABLE RE TRAVEL"},
        "confidence": {"number": 0.365, "subject": 0.95},
    }
    assert title_of(described, None) == "Information report TDCS-3/866,303[?]: THE HARBOUR (x.pdf, pages 2-3)"
    described["confidence"] = {"number": 0.99, "subject": 0.6}
    assert title_of(described, None) == "Information report TDCS-3/866,303: THE HARBOUR[?] (x.pdf, pages 2-3)"
    described |= {"title": None, "numbers": [], "kind": PaperKind.FORM.value}
    assert title_of(described, None) == "Form (record sheet: CABLE RE TRAVEL) (x.pdf, pages 2-3)"


@pytest.mark.parametrize(
    ("number", "group", "kept"),
    [
        ("DIRECTOR 301549", "301549Z JUN 67", ""),
        ("DIRECTOR 15915", "301549Z JUN 67", "DIRECTOR 15915"),
        ("DIRECTOR 301549", "", "DIRECTOR 301549"),
    ],
)
def test_a_message_s_time_is_not_its_number(number: str, group: str, kept: str) -> None:
    plain = form_fields(PaperKind.CABLE, [])
    fields = replace(plain, number=number, numbers=(number,), time_group=group)
    found = _without_times(WeighedFields(fields, {"number": 0.6}))
    assert (found.fields.number, found.fields.numbers) == (kept, (kept,) if kept else ())
    assert ("number" in found.unread) == (not kept)


@pytest.mark.parametrize(
    ("subject", "kept"),
    [
        ("WEEKLY SUMMARY NO. 12 CIA HAS NO OBJECTION", "WEEKLY SUMMARY NO. 12"),
        ("The Harbour - Approved for Release 1998/03/04", "The Harbour"),
        ("THE MAYOR HAS NO OBJECTION TO THE HARBOUR", "THE MAYOR HAS NO OBJECTION TO THE HARBOUR"),
        ("DECLASSIFIED MAPS", "DECLASSIFIED MAPS"),
    ],
)
def test_a_reviewers_stamp_is_no_subject(subject: str, kept: str) -> None:
    assert _before_stamps(subject) == kept
