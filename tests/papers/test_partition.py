"""A file is taken apart into its papers; each keeps its pages, and nothing of one stands in another."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.papers import (
    PaperKind,
    cover_date,
    cover_of,
    descriptions,
    papers_of,
    parted,
    telegrams_in,
    title_of,
)
from septel.papers.pages import runs_of
from septel.papers.reading import read_paper
from septel.telegram import parse
from septel.text import Reading, Source, Span, Step
from tests.conftest import ROOT
from tests.papers.samples import CABLE, COVER, MEMORANDUM, MEMORANDUM_2, captured, telegram

RIF = COVER.format(number="124-10225-10195")


def test_cover_memorandum_and_cables_are_papers_of_their_own() -> None:
    found = captured(RIF, MEMORANDUM, MEMORANDUM_2, CABLE.format(number=75338), CABLE.format(number=75401))
    papers = papers_of(found)
    assert [(one.kind, one.pages) for one in papers] == [
        (PaperKind.COVER, (1, 1)),
        (PaperKind.MEMORANDUM, (2, 3)),
        (PaperKind.CABLE, (4, 4)),
        (PaperKind.CABLE, (5, 5)),
    ]
    assert "".join(one.span.of(found.source.text) for one in papers) == found.source.text


def test_a_paper_keeps_the_page_numbers_of_its_file() -> None:
    parts = parted(captured(RIF, MEMORANDUM, MEMORANDUM_2))
    memorandum = parts[1].capture
    assert memorandum.source.text == MEMORANDUM + MEMORANDUM_2
    assert [page.number for page in memorandum.pages] == [2, 3]
    assert memorandum.source.page_at(0) == 2
    assert memorandum.source.page_at(len(MEMORANDUM) + 3) == 3
    assert [account.number for account in memorandum.accounts] == [2, 3]
    assert len({part.id for part in parts}) == len(parts)
    assert len({part.capture.source.digest for part in parts}) == len(parts)


def test_one_paper_is_left_as_it_is() -> None:
    found = captured(telegram(1402), name="one.txt", step=None)
    (part,) = parted(found)
    assert part.capture is found


def test_neighbours_and_cover_are_linked() -> None:
    parts = parted(captured(RIF, MEMORANDUM, CABLE.format(number=75338)))
    described = descriptions(parts)
    assert [one["number"] for one in described if one] == [1, 2, 3]
    memorandum = described[1]
    assert memorandum is not None
    assert (memorandum["before"], memorandum["after"]) == (parts[0].id, parts[2].id)
    assert memorandum["cover"]["record_number"] == "124-10225-10195"
    assert memorandum["cover"]["title"] == "REPORT ON THE HARBOUR"
    assert memorandum["file"] == "file.pdf"
    assert "Meeting on the Harbour" in (title_of(memorandum, "Meeting on the Harbour") or "")


@pytest.mark.parametrize("gap", ["", "\n", "\n\n\n\n"])
def test_two_telegrams_in_one_text(gap: str) -> None:
    text = telegram(1402) + gap + telegram(1417, "DINNER TALK", "FARLEY")
    first, second = telegrams_in(Source.of_text(text))
    lines = text.split("\n")
    assert "HELSINKI 01417" in lines[second.first - 1]
    assert lines[first.last - 1].strip() in ("SMITH", "")
    parts = parted(captured(text, name="two.txt", step=None))
    trees = [parse(Reading.of(part.capture.source)) for part in parts]
    assert [tree.signature.value for tree in trees if tree.signature] == ["SMITH", "FARLEY"]
    assert [tree.heading.number.value.serial for tree in trees if tree.heading.number] == [1402, 1417]


@given(st.lists(st.integers(1000, 9999), min_size=1, max_size=6, unique=True), st.booleans())
def test_any_number_of_telegrams_in_any_order(numbers: list[int], feeds: bool) -> None:
    texts = [telegram(number) for number in numbers]
    whole = "".join(texts)
    starts = [sum(map(len, texts[:n])) for n in range(len(texts) + 1)]
    pages = tuple(Span(a, b) for a, b in itertools.pairwise(starts)) if feeds else ()
    source = Source(name="x", digest="0", text=whole, pages=pages)
    found = telegrams_in(source)
    assert [one.number.serial for one in found if one.number] == numbers
    assert found[0].first == 1
    assert found[-1].last == len(source.lines)
    for one, following in itertools.pairwise(found):
        assert following.first == one.last + 1


def test_a_second_copy_is_a_paper_of_its_own() -> None:
    found = telegrams_in(Source.of_text(telegram(1402) + "\n" + telegram(1402)))
    assert [one.number.serial for one in found if one.number] == [1402, 1402]


def test_sections_of_one_telegram_stay_together() -> None:
    first = (
        telegram(1402)
        .replace("A L HELSINKI", "A L SECTION 1 OF 2 HELSINKI")
        .replace("211430Z", "01 OF 02 211430Z", 1)
    )
    second = (
        telegram(1402)
        .replace("A L HELSINKI", "A L FINAL SECTION OF 2 HELSINKI")
        .replace("211430Z", "02 OF 02 211430Z", 1)
    )
    assert len(telegrams_in(Source.of_text(first + second))) == 1


@pytest.mark.parametrize(
    ("heads", "count"),
    [
        ([(1, 1), (2, 1), (1, 2)], 1),
        ([(1, 1), (1, 2), (2, 2)], 1),
        ([(1, 1), (1, 2), (1, 1), (1, 2)], 2),
        ([(1, 1), (1, 1)], 2),
    ],
)
def test_heads_of_sections_are_told_from_copies(heads: list[tuple[int, int]], count: int) -> None:
    """By the heads alone where each section comes once and in order, by the whole text otherwise."""
    pages = []
    for page, section in heads:
        text = telegram(1402).replace("211430Z", f"{section:02} OF 02 211430Z", 1)
        text = text.replace("A L HELSINKI", f"A L SECTION {section} OF 2 HELSINKI")
        body = text.split("\n", 1)[1] if page == 1 else "3. SEMENOV SAID NO MORE.\n"
        pages.append(text.split("\n", 1)[0].replace("PAGE 01", f"PAGE {page:02}") + "\n" + body)
    source = Source.of_text("".join(pages))
    found = papers_of(captured(source.text, name="file.txt", step=None))
    assert len(found) == len(telegrams_in(source)) == count


def test_a_quoted_telegram_is_no_paper() -> None:
    inner = "QUOTE\n" + telegram(1417, "DINNER TALK", "FARLEY").split("\n", 1)[1] + "UNQUOTE\n"
    text = telegram(1402).replace("2. SEMENOV", inner + "2. SEMENOV")
    assert len(telegrams_in(Source.of_text(text))) == 1


def test_copies_of_a_page_are_papers_of_their_own() -> None:
    letter = (
        "\n".join(MEMORANDUM.split("\n")[4:])
        + MEMORANDUM_2.split("\n", 1)[1]
        + "several further remarks about boats\n"
    )
    found = papers_of(captured(RIF, letter, letter, letter))
    assert [one.pages for one in found] == [(1, 1), (2, 2), (3, 3), (4, 4)]


def test_a_cover_through_columns_read_one_after_the_other() -> None:
    text = "IDENTIFICATION FORM\nAGENCY : CIA\nRECORD NUMBER : 104-10078-10014\n"
    text += "TITLE :\nA LONG TITLE\nDATE : 00/00/63\n"
    found = cover_of([text, "noise"])
    assert (found.record_number, found.title, found.agency) == ("104-10078-10014", "A LONG TITLE", "CIA")
    assert cover_date(found.date) == "1963"
    assert cover_date("8/00/1963") == "1963-08"
    assert cover_date("01/01/0000") is None
    assert cover_date("12/14/63") == "1963-12-14"


def test_a_cable_is_read_by_its_form() -> None:
    parts = parted(captured(RIF, CABLE.format(number=75338)))
    tree, described = read_paper(Reading.of(parts[1].capture.source), descriptions(parts)[1])
    heading = tree.heading
    assert heading.number is not None
    assert (heading.number.value.post, heading.number.value.serial) == ("DIR", 75338)
    assert heading.originator is not None
    assert heading.originator.value.name == "DIRECTOR"
    assert [one.station.name for one in heading.action] == ["MEXICO CITY"]  # as the TO cell names it
    assert [one.station.name for one in heading.info] == ["GUAT"]
    assert [field.value for field in heading.references] == ["MEXI 6483 (IN 38148)*"]
    assert described is not None
    assert described["date"] == "1963-10-12"
    assert described["numbers"][0] == "DIR 75338"


def test_a_memorandum_has_date_and_subject() -> None:
    parts = parted(captured(RIF, MEMORANDUM))
    tree, described = read_paper(Reading.of(parts[1].capture.source), descriptions(parts)[1])
    assert described is not None
    assert described["date"] == "1964-06-18"
    assert tree.heading.subject is not None
    assert tree.heading.subject.value == "Meeting on the Harbour"


@given(st.lists(st.text(max_size=200), max_size=5))
def test_any_pages_are_taken_apart_without_loss(pages: list[str]) -> None:
    clean = [page.replace("\f", " ").replace("\r", " ") for page in pages]
    found = captured(*clean) if clean else captured("")
    papers = papers_of(found)
    assert "".join(one.span.of(found.source.text) for one in papers) == found.source.text
    for part in parted(found):
        for page in part.capture.pages:
            assert page.span.end <= len(part.capture.source.text)


@pytest.mark.parametrize(
    ("head", "kind", "title"),
    [
        ("14. Memorandum of Conversation[1]", PaperKind.MEMORANDUM, "Memorandum of Conversation"),
        (
            "33. Letter From the Ambassador to the President",
            PaperKind.LETTER,
            "Letter From the Ambassador to",
        ),
        ("9. Telegram From the Embassy in Chad to the Department", PaperKind.STATE_TELEGRAM, "Telegram From"),
    ],
)
def test_what_editors_print_has_its_title_and_date(head: str, kind: PaperKind, title: str) -> None:
    text = f"{head}\n\nWashington, February 17, 1969, 11:45 a.m.\n\nSUBJECT\n• Talks on Boats[2]\n\n"
    text += "1. Mr. Smith spoke.\n"
    (part,) = parted(captured(text, name="d14.txt", step=None))
    assert part.paper.kind is kind
    _, described = read_paper(Reading.of(part.capture.source), descriptions((part,))[0])
    assert described is not None
    assert described["date"] == "1969-02-17"
    assert (title_of(described, None, described["date"]) or "").startswith(title)


def test_a_heading_within_a_memorandum_makes_no_telegram_of_it() -> None:
    body = [f"Line {n} of the efforts made by the station to hinder travel." for n in range(1, 12)]
    page = [
        "e. Partly as a result of what was done.",
        *body,
        "Department of State",
        "a. Instructed the Embassy.",
    ]
    assert [run.kind for run in runs_of([["\n".join(page)]])] == [PaperKind.MEMORANDUM]


@pytest.mark.parametrize("name", ["telegram.truth.txt", "telegram.ocr.txt"])
def test_pages_of_a_telegram_in_sections_are_one_paper(name: str) -> None:
    text = (ROOT / "sample" / name).read_text(encoding="utf-8")
    pages = captured(*text.split("\f"))
    read = replace(pages, source=replace(pages.source, step=Step.of("engine", "1")))
    (paper,) = papers_of(read)
    assert paper.pages == (1, 4)
    assert paper.kind.is_telegram
