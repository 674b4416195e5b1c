from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from septel import capture
from septel.capture import Box, Engine, Limits, PageOutcome, RecognisedWord, RecordedEngine, TesserocrEngine
from septel.capture.engines.preparation import prepare, skew
from septel.errors import EngineFailure, InputError, LimitExceeded, LockedInput
from septel.synthesis.typescript import print_pages
from septel.synthesis.wear import LEVELS, degrade
from tests.capture.made_engines import (
    Babbling,
    Complaining,
    Crashing,
    Greedy,
    Hanging,
    Kind,
    Nonsensical,
    Raising,
    Unlikely,
)
from tests.conftest import ROOT

TALL, WIDE = (60, 100), (100, 60)


def image(folder: Path, name: str, size: tuple[int, int] = TALL) -> Path:
    file = folder / name
    Image.new("L", size, 255).save(file)
    return file


def pdf(file: Path, sizes: list[tuple[int, int]]) -> Path:
    document = pdfium.PdfDocument.new()
    for width, height in sizes:
        document.new_page(width, height)
    document.save(file)
    document.close()
    return file


def test_words_carry_boxes_and_spans(tmp_path: Path) -> None:
    words = (
        RecognisedWord(text="PAGE", box=Box(left=1, top=5, right=20, bottom=9), confidence=91.0),
        RecognisedWord(text="01", box=Box(left=25, top=4, right=30, bottom=9), confidence=40.0),
    )
    taken = capture.read(image(tmp_path, "one.png"), engine=RecordedEngine(recorded={TALL: (words,)}))
    assert taken.source.text == "PAGE 01\n"
    (line,) = taken.pages[0].lines
    assert [word.span.of(taken.source.text) for word in line.words] == ["PAGE", "01"]
    assert line.box == Box(left=1, top=4, right=30, bottom=9)
    assert taken.boxes(line.words[1].span) == ((1, words[1].box),)
    assert taken.source.step is not None


@pytest.mark.parametrize(
    ("engine", "words"),
    [
        (Crashing(), "crashed"),
        (Hanging(), "more than 2 seconds"),
        (Raising(), "no idea what this is"),
        (Greedy(), "out of memory"),
        (Babbling(), "no page of words"),
        (Nonsensical(), "no page of words"),
        (Unlikely(), "no page of words"),
        (Complaining(), "ended with 3, saying: out of glyphs"),
    ],
)
def test_an_engine_that_fails_on_every_page_is_a_fault_of_the_file(
    tmp_path: Path, engine: Engine, words: str
) -> None:
    with pytest.raises(EngineFailure, match=rf"one\.png, page 1.*{words}"):
        capture.read(image(tmp_path, "one.png", WIDE), engine=engine, limits=Limits(page_seconds=2))


def test_one_bad_page_is_a_fault_and_the_others_are_read(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    image(pages, "p1.png")
    image(pages, "p2.png", WIDE)
    (pages / "p3.png").write_bytes(b"not a picture")
    image(pages, "p10.png")
    taken = capture.read(pages, engine=Crashing())
    outcomes = [account.outcome for account in taken.accounts]
    assert outcomes == [PageOutcome.READ, PageOutcome.FAILED, PageOutcome.FAILED, PageOutcome.READ]
    assert [page.number for page in taken.pages] == [1, 4]
    assert sum(taken.totals.values()) == 4
    assert len(taken.faults) == 2


def test_a_multi_page_tiff_has_all_its_pages(tmp_path: Path) -> None:
    frames = [Image.new("L", TALL, 255) for _ in range(3)]
    frames[0].save(tmp_path / "scan.tif", save_all=True, append_images=frames[1:])
    taken = capture.read(tmp_path / "scan.tif", engine=Kind())
    assert [page.number for page in taken.pages] == [1, 2, 3]
    assert taken.source.text == "EXDIS\n" * 3


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    taken = capture.read(pdf(tmp_path / "scan.pdf", [(200, 300), (200, 300)]), engine=Kind())
    assert taken.totals[PageOutcome.READ] == 2


def test_what_a_file_is_its_bytes_decide(tmp_path: Path) -> None:
    file = pdf(tmp_path / "scan.txt", [(200, 300)])
    assert capture.read(file, engine=Kind()).source.text == "EXDIS\n"
    wrong = tmp_path / "letter.pdf"
    wrong.write_text("this is a letter")
    with pytest.raises(InputError, match="no PDF"):
        capture.read(wrong)


def test_a_pdf_cut_short_is_said_to_be_damaged(tmp_path: Path) -> None:
    file = pdf(tmp_path / "scan.pdf", [(200, 300)])
    file.write_bytes(file.read_bytes()[:60])
    with pytest.raises(InputError, match=r"scan\.pdf.*damaged or cut short"):
        capture.read(file, engine=Kind())


# A one-page document encrypted with the password "open", written by pikepdf.
LOCKED = ROOT / "tests" / "capture" / "locked.pdf"


def test_a_locked_pdf_asks_for_a_copy_without_password() -> None:
    with pytest.raises(LockedInput, match="password"):
        capture.read(LOCKED, engine=Kind())


def test_an_image_of_200_megapixels_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "huge.png"
    Image.new("1", (20_000, 10_000)).save(file)
    with pytest.raises(LimitExceeded, match=r"200 million pixels.*--max-megapixels"):
        capture.read(file, engine=Kind())


def test_a_pdf_page_of_monstrous_size_fails_alone(tmp_path: Path) -> None:
    file = pdf(tmp_path / "scan.pdf", [(200, 300), (14_000, 14_000)])
    taken = capture.read(file, engine=Kind())
    assert [account.outcome for account in taken.accounts] == [PageOutcome.READ, PageOutcome.FAILED]


def test_a_document_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    file = pdf(tmp_path / "scan.pdf", [(200, 300)] * 3)
    with pytest.raises(LimitExceeded, match="--max-pages"):
        capture.read(file, engine=Kind(), limits=Limits(pages=2))


def test_a_picture_cut_short_is_a_fault(tmp_path: Path) -> None:
    out = io.BytesIO()
    page = next(iter(print_pages("EXDIS")))
    page.save(out, "PNG")
    (tmp_path / "cut.png").write_bytes(out.getvalue()[:2000])
    with pytest.raises(InputError, match=r"cut\.png"):
        capture.read(tmp_path / "cut.png", engine=Kind())


def test_worn_pages_follow_from_their_seed_and_get_worse_by_level() -> None:
    page = next(iter(print_pages("THE NEXT MEETING WILL BE HELD ON THURSDAY.\n" * 30, seed=1)))
    for level in LEVELS:
        assert degrade(page, level, seed=5).tobytes() == degrade(page, level, seed=5).tobytes()
    assert degrade(page, "clean", seed=5).tobytes() != degrade(page, "clean", seed=6).tobytes()


def test_tesseract_reads_a_clean_page_nearly_right(tmp_path: Path) -> None:
    truth = "TO SECSTATE WASHDC PRIORITY 4410\n" + "THE NEXT MEETING WILL BE HELD ON THURSDAY.\n" * 8
    page = degrade(next(iter(print_pages(truth, seed=2))), "clean", seed=2)
    page.save(tmp_path / "page.png")
    read = capture.read(tmp_path / "page.png").source.text
    assert Levenshtein.distance(read, truth) < 0.03 * len(truth)


def test_the_sample_s_text_is_what_tesseract_makes_of_its_pages() -> None:
    read = capture.read(ROOT / "sample" / "pages", engine=capture.TesserocrEngine()).source
    kept = capture.read(ROOT / "sample" / "telegram.ocr.txt").source
    assert len(read.pages) == len(kept.pages) == 4
    # Another processor may round otherwise; the same page still gives nearly the same text.
    assert Levenshtein.distance(read.text, kept.text) < 0.02 * len(kept.text)


@pytest.mark.parametrize("degrees", [-2.0, -0.8, 0.0, 1.1, 3.0])
def test_a_crooked_page_is_made_straight(degrees: float) -> None:
    typed = next(iter(print_pages("THE NEXT MEETING WILL BE HELD ON THURSDAY AT THE SOVIET EMBASSY.\n" * 40)))
    crooked = typed.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    ready = prepare(crooked)
    assert ready.degrees == pytest.approx(-degrees, abs=0.15)
    assert abs(skew(ready.image)) <= 0.2


def test_words_of_a_crooked_page_have_boxes_where_they_stand() -> None:
    typed = next(iter(print_pages("\n" * 9 + "EXDIS" + " " * 55 + "EXDIS", seed=3)))
    crooked = typed.rotate(1.5, resample=Image.Resampling.BICUBIC, fillcolor=255)
    ink = np.asarray(crooked) < 128
    (line,) = TesserocrEngine(capitals=True).read(crooked)
    assert [word.text for word in line] == ["EXDIS", "EXDIS"]
    for word, (first, last) in zip(line, ((0, 850), (850, 1700)), strict=True):
        down, across = np.nonzero(ink[:, first:last])
        assert abs(word.box.top - down.min()) < 12 and abs(word.box.bottom - down.max()) < 12
        assert abs(word.box.left - first - across.min()) < 12
        assert abs(word.box.right - first - across.max()) < 12
