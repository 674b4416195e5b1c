"""PDF pages: scans, layers and pages made by programs, each taken for what it is; hostile ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from septel import capture
from septel.capture import Box, Limits, Origin, PageOutcome
from septel.capture.formats import page_sources as opening
from septel.capture.formats.pdf import pdf_count, pdf_pages, pdf_sheet
from septel.errors import InputError, LimitExceeded, SeptelError
from septel.witness import compared
from tests.capture.documents import (
    PAGE,
    SIZE,
    endless,
    image_of,
    marked,
    number_of,
    printed,
    raw,
    scans,
    swollen,
)
from tests.capture.made_engines import Failing, Kind


def test_a_text_layer_is_kept_as_a_witness_and_compared(tmp_path: Path) -> None:
    file = scans(tmp_path / "scan.pdf", 3, ["EXDIS", "", "EXD1S COPY"])
    taken = compared(capture.read(file, engine=Kind(), engines=1))
    assert taken.source.text == "EXDIS\n" * 3
    (layer,) = taken.layers
    assert [page.of(layer.text) for page in layer.pages] == ["EXDIS\n", "", "EXD1S COPY\n"]
    shares = [page.agreement.share if page.agreement else None for page in taken.pages]
    assert shares == [1.0, None, 0.0]
    last = taken.pages[2].agreement
    assert last is not None
    assert (last.reading, last.layer, last.alike) == (1, 2, 0)
    assert {page.origin for page in taken.pages} == {Origin.ENGINE}


def test_a_layer_of_a_page_that_failed_is_kept(tmp_path: Path) -> None:
    """What the engine can't read, the old layer may still say; it is not put in the reading's place."""
    file = scans(tmp_path / "scan.pdf", 2, ["FIRST", "SECOND"])
    taken = capture.read(file, engine=Failing(), engines=1)
    assert [a.outcome for a in taken.accounts] == [PageOutcome.FAILED, PageOutcome.READ]
    assert taken.source.text == "EXDIS\n"
    assert taken.layers[0].text == "FIRST\nSECOND\n"


def test_a_page_that_a_program_made_is_read_from_its_own_letters(tmp_path: Path) -> None:
    file = printed(tmp_path / "made.pdf", "SUBJECT: SALT\nHE SPOKE OF £5.")
    taken = capture.read(file, engine=Kind(), engines=1)
    assert taken.source.text == "SUBJECT: SALT\nHE SPOKE OF £5.\n"
    (page,) = taken.pages
    assert page.origin is Origin.PRINTED
    assert taken.layers == ()
    assert taken.source.step is not None
    assert taken.source.step.tool == "printed text"
    assert page.lines[0].words[1].engine_confidence is None
    sheet = pdf_sheet(file, 1, Limits())
    assert sheet.image is not None
    for line in page.lines:
        for word in line.words:
            assert isinstance(word.box, Box)
            box = (word.box.left, word.box.top, word.box.right, word.box.bottom)
            assert np.asarray(sheet.image.crop(box)).min() < 100


@pytest.mark.parametrize("hidden", ["covered", "white", "beside"])
def test_text_that_does_not_show_is_no_reading(tmp_path: Path, hidden: str) -> None:
    """Under a black box, white on white or off the page: a reader would not see it, so it is OCR's to say."""
    file = printed(tmp_path / "made.pdf", "SECRET WORDS", **{hidden: True})
    layer = pdf_sheet(file, 1, Limits()).layer
    assert layer is not None
    assert not layer.stands
    shown = pdf_sheet(printed(file, "SECRET WORDS"), 1, Limits()).layer
    assert shown is not None
    assert shown.stands


def test_a_document_of_both_kinds(tmp_path: Path) -> None:
    scans(tmp_path / "a.pdf", 1)
    printed(tmp_path / "b.pdf", "A LETTER")
    with pikepdf.open(tmp_path / "a.pdf") as both, pikepdf.open(tmp_path / "b.pdf") as second:
        both.pages.extend(second.pages)
        both.save(tmp_path / "both.pdf")
    taken = capture.read(tmp_path / "both.pdf", engine=Kind(), engines=1)
    assert [page.origin for page in taken.pages] == [Origin.ENGINE, Origin.PRINTED]
    assert taken.source.text == "EXDIS\nA LETTER\n"
    assert taken.source.step == Kind().step


def test_pages_are_had_by_number(tmp_path: Path) -> None:
    file = scans(tmp_path / "scan.pdf", 6)
    for number in (5, 1, 6):
        page = capture.page_image(file, number)
        assert number_of(page) == number
        assert page.size == SIZE


def test_a_scan_smaller_than_its_page_keeps_its_place(tmp_path: Path) -> None:
    """Boxes are boxes on the page, so the scan stands on the page as it is shown."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=SIZE)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image_of(document, marked(9))))
        page.Contents = document.make_stream(b"q 330 0 0 428 6 10 cm /Im Do Q")
        document.save(tmp_path / "scan.pdf")
    image = capture.page_image(tmp_path / "scan.pdf", 1)
    assert image.size == (round(SIZE[0] * 340 / 330), round(SIZE[1] * 440 / 428))
    assert image.getpixel((1, 200)) == 255
    inner = image.crop((round(6 * 340 / 330), 2, round(6 * 340 / 330) + 340, 442))
    assert number_of(inner) == 9


COUNT = b"<</Type/Pages/Kids[3 0 R]/Count %d>>"
HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "counting": (lambda f: raw(f, COUNT % 100_000), "100,000 pages.*--max-pages"),
    "empty": (lambda f: raw(f, b"<</Type/Pages/Kids[]/Count 0>>"), "no pages|damaged"),
    "cut": (lambda f: f.write_bytes(b"%PDF-1.7\n1 0 obj\n<<"), "damaged or cut short"),
    "garbage": (lambda f: f.write_bytes(b"%PDF-1.4\n" + bytes(range(256)) * 9), "damaged or cut short"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_one_clear_line(tmp_path: Path, name: str) -> None:
    make, words = HOSTILE[name]
    make(tmp_path / f"{name}.pdf")
    with pytest.raises(SeptelError, match=rf"^{name}\.pdf.*({words})") as caught:
        pdf_count(tmp_path / f"{name}.pdf", Limits())
    assert isinstance(caught.value, InputError | LimitExceeded)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_a_page_of_a_thousand_miles(tmp_path: Path) -> None:
    file = raw(tmp_path / "vast.pdf", COUNT % 1, PAGE.replace(b"200 300", b"900000000 900000000"))
    fault = pdf_sheet(file, 1, Limits()).fault
    assert isinstance(fault, LimitExceeded)
    assert re.search(r"^vast\.pdf, page 1: .*million pixels.*--max-megapixels", str(fault))


def test_a_count_that_promises_too_many_pages(tmp_path: Path) -> None:
    sheets = list(pdf_pages(raw(tmp_path / "few.pdf", COUNT % 40), Limits()))
    assert len(sheets) == 40
    assert [sheet.fault is None for sheet in sheets] == [True] + [False] * 39


def test_a_page_tree_that_runs_in_a_circle(tmp_path: Path) -> None:
    file = raw(tmp_path / "loop.pdf", b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>")
    assert [sheet.fault is None for sheet in pdf_pages(file, Limits())] == [True, False]


def test_a_page_without_an_end_costs_itself_alone(tmp_path: Path) -> None:
    taken = capture.read(
        endless(tmp_path / "forms.pdf"), engine=Kind(), engines=1, limits=Limits(page_seconds=3)
    )
    assert [a.outcome for a in taken.accounts] == [PageOutcome.FAILED, PageOutcome.READ]
    assert "more than 3 seconds to open" in str(taken.faults[0])


def test_an_image_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    first, second = pdf_pages(swollen(tmp_path / "bomb.pdf"), Limits())
    assert "3600 million pixels" in str(first.fault)
    assert second.fault is None


def test_a_layer_of_a_million_characters_is_too_much(tmp_path: Path) -> None:
    file = scans(tmp_path / "scan.pdf", 2, ["AB " * 40])
    first, second = pdf_pages(file, Limits(layer_characters=100))
    assert "text layer" in str(first.fault)
    assert second.fault is None


def test_a_reader_that_crashes_costs_one_page(tmp_path: Path) -> None:
    """What ends the process that opens pages costs the page at hand; the next page has a new one."""
    file = scans(tmp_path / "scan.pdf", 3)
    with opening.PdfProcess(file, Limits()) as opened:
        sheets = opened.sheets()
        assert next(sheets).image is not None
        assert opened._process is not None
        opened._process.kill()
        assert "crashed" in str(next(sheets).fault)
        third = next(sheets)
        assert third.image is not None
        assert number_of(third.image) == 3


def test_images_without_pixels_or_with_too_many(tmp_path: Path) -> None:
    (tmp_path / "none.pgm").write_bytes(b"P5 0 0 255\n")
    with pytest.raises(InputError, match=r"none\.pgm"):
        capture.read(tmp_path / "none.pgm", engine=Kind(), engines=1)
    Image.new("1", (20_000, 10_000)).save(tmp_path / "huge.tif")
    with pytest.raises(LimitExceeded, match="200 million pixels"):
        capture.read(tmp_path / "huge.tif", engine=Kind(), engines=1)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("letter.docx", b"PK\x03\x04" + bytes(60), "ZIP archive"),
        ("letter.txt", b"\xd0\xcf\x11\xe0" + bytes(60), "old Word"),
        ("pages.tar.gz", b"\x1f\x8b" + bytes(60), "gzip"),
        ("note.rtf", b"{\\rtf1 HELLO}", "rich text"),
        ("page.png", b"%!PS-Adobe\n", "no image"),
    ],
)
def test_files_of_other_kinds_are_named(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=words) as caught:
        capture.read(tmp_path / name)
    assert caught.value.where == name
    assert caught.value.remedy


def test_jpeg_2000_and_tiffs_of_many_pages_under_any_name(tmp_path: Path) -> None:
    marked(5).save(tmp_path / "page.jp2")
    assert number_of(capture.page_image(tmp_path / "page.jp2", 1)) == 5
    frames = [marked(n) for n in (1, 2, 3)]
    frames[0].save(tmp_path / "scan.tif", save_all=True, append_images=frames[1:], compression="tiff_lzw")
    (tmp_path / "scan.dat").write_bytes((tmp_path / "scan.tif").read_bytes())
    assert number_of(capture.page_image(tmp_path / "scan.dat", 3)) == 3
    assert capture.read(tmp_path / "scan.dat", engine=Kind(), engines=1).totals[PageOutcome.READ] == 3
