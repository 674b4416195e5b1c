from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from PIL import Image

from septel import capture
from septel.capture import PageOutcome, TesserocrEngine
from septel.errors import InputError, NotHeld
from septel.synthesis.marks import excise, fade, fax_lines, place_of, punch, stamp
from septel.synthesis.typescript import print_pages
from tests.capture.made_engines import Kind, Wordless

LINE = "THE NEXT MEETING WILL BE HELD ON THURSDAY.\n"


def typed(lines: int = 12) -> Image.Image:
    return next(iter(print_pages(LINE * lines, seed=3)))


def dark(image: Image.Image, box: tuple[int, int, int, int] | None = None) -> float:
    return float((np.asarray(image.crop(box) if box else image) < 128).mean())


def test_an_excision_hides_its_letters_and_nothing_else() -> None:
    page, box = typed(), place_of(2, 4, 15)
    assert 0 < dark(page, box) < 0.5
    black = excise(page, box)
    assert dark(black, box) == 1.0
    assert dark(excise(page, box, manner="white"), (box[0] + 8, box[1] + 3, box[2] - 8, box[3] - 3)) == 0.0
    assert dark(excise(page, box, manner="white", authority="(b)(1)"), box) > 0
    below = (0, box[3] + 40, page.width, page.height)
    assert black.crop(below).tobytes() == page.crop(below).tobytes()
    with pytest.raises(ValueError, match="black or white"):
        excise(page, box, manner="green")


def test_stamps_add_ink_and_fading_takes_it() -> None:
    page = typed(55)
    assert dark(stamp(page, "DECLASSIFIED\nNND 989501", seed=1)) > dark(page)
    assert dark(fade(page, depth=0.9, seed=4)) < dark(page)
    assert dark(punch(page)) > dark(page)
    for worn in (fade, fax_lines):
        assert worn(page, seed=9).tobytes() == worn(page, seed=9).tobytes() != page.tobytes()
    assert stamp(page, "A", seed=9).tobytes() == stamp(page, "A", seed=9).tobytes()


def test_boxes_lie_on_the_words_of_a_page_that_is_askew() -> None:
    """The engine sees the page straightened; readers see it as it came."""
    page = typed(20).rotate(2.0, resample=Image.Resampling.BICUBIC, fillcolor=255)
    lines = TesserocrEngine().read(page)
    whole = [word for line in lines for word in line if word.text.startswith("THURS")]
    assert len(whole) > 12
    ink = np.asarray(page) < 128
    for word in whole:
        box = word.box
        inside = ink[box.top : box.bottom, box.left : box.right]
        # The box is tight: ink at its top, bottom and both sides, and no more of the lines around it.
        assert inside[: box.bottom - box.top].mean() > 0.1
        middle = ink[(box.top + box.bottom) // 2, box.left : box.right]
        assert middle.any()
        assert box.bottom - box.top < 45


def test_a_page_of_ink_without_words_is_no_blank_page(tmp_path: Path) -> None:
    picture = np.full((200, 150), 250, np.uint8)
    picture[60:140, 40:110] = 30
    folder = tmp_path / "pages"
    folder.mkdir()
    Image.fromarray(picture).save(folder / "1.png")
    Image.new("L", (150, 200), 250).save(folder / "2.png")
    Image.new("L", (151, 200), 250).save(folder / "3.png")
    outcomes = [account.outcome for account in capture.read(folder, engine=Wordless()).accounts]
    assert outcomes == [PageOutcome.FAILED, PageOutcome.BLANK, PageOutcome.READ]


def scan_pdf(file: Path, image: Image.Image, *, covered: bool = False, turned: bool = False) -> Path:
    document = pdfium.PdfDocument.new()
    page = document.new_page(612, 792)
    picture = pdfium.PdfImage.new(document)
    bitmap = pdfium.PdfBitmap.from_pil(image)
    picture.set_bitmap(bitmap)
    matrix = pdfium.PdfMatrix().scale(612, 792)
    if turned:
        matrix = matrix.rotate(180).translate(612, 792)
    picture.set_matrix(matrix)
    page.insert_obj(picture)
    if covered:
        raw = pdfium_c.FPDFPageObj_CreateNewRect(100, 600, 200, 50)
        pdfium_c.FPDFPageObj_SetFillColor(raw, 0, 0, 0, 255)
        pdfium_c.FPDFPath_SetDrawMode(raw, pdfium_c.FPDF_FILLMODE_WINDING, False)
        pdfium_c.FPDFPage_InsertObject(page, raw)
    page.gen_content()
    document.save(file)
    document.close()
    return file


def test_a_scan_in_a_pdf_is_taken_as_it_is(tmp_path: Path) -> None:
    page = typed(40)
    file = scan_pdf(tmp_path / "scan.pdf", page)
    assert capture.page_image(file, 1).tobytes() == page.tobytes()


def test_what_is_covered_or_turned_in_a_pdf_is_seen_as_a_reader_sees_it(tmp_path: Path) -> None:
    page = typed(40)
    covered = capture.page_image(scan_pdf(tmp_path / "a.pdf", page, covered=True), 1)
    assert covered.width == 2550
    assert dark(covered, (430, 600, 1240, 790)) == 1.0
    turned = capture.page_image(scan_pdf(tmp_path / "b.pdf", page, turned=True), 1)
    assert dark(turned, (0, 1650, 2550, 3300)) > dark(turned, (0, 0, 2550, 1650))


def test_deep_clear_and_turned_images_are_seen_rightly(tmp_path: Path) -> None:
    deep = np.full((60, 40), 60_000, np.uint16)
    deep[:10] = 1000
    Image.fromarray(deep).save(tmp_path / "deep.png")
    clear = Image.new("RGBA", (40, 60), (0, 0, 0, 0))
    clear.save(tmp_path / "clear.png")
    sideways = Image.new("L", (60, 40), 255)
    exif = Image.Exif()
    exif[274] = 6
    sideways.save(tmp_path / "sideways.jpg", exif=exif)
    seen = capture.page_image(tmp_path / "deep.png", 1)
    assert (seen.getpixel((5, 5)), seen.getpixel((5, 50))) == (3, 233)
    assert capture.page_image(tmp_path / "clear.png", 1).getpixel((5, 5)) == 255
    assert capture.page_image(tmp_path / "sideways.jpg", 1).size == (40, 60)


def test_a_tiff_cut_short_keeps_its_whole_pages(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    frames = [Image.fromarray(random.integers(0, 255, (100, 60)).astype(np.uint8)) for _ in range(3)]
    file = tmp_path / "scan.tif"
    frames[0].save(file, save_all=True, append_images=frames[1:])
    file.write_bytes(file.read_bytes()[:-3000])
    taken = capture.read(file, engine=Kind())
    outcomes = [account.outcome for account in taken.accounts]
    assert outcomes[:2] == [PageOutcome.READ, PageOutcome.READ]
    assert PageOutcome.FAILED in outcomes
    assert sum(taken.totals.values()) == len(outcomes)


def test_page_images_are_asked_for_by_number(tmp_path: Path) -> None:
    for number in (1, 2, 10):
        Image.new("L", (20, 30), number).save(tmp_path / f"p{number}.png")
    assert capture.page_image(tmp_path, 3).getpixel((1, 1)) == 10
    with pytest.raises(NotHeld, match="page 4"):
        capture.page_image(tmp_path, 4)
    (tmp_path / "cable.txt").write_text("TEXT")
    with pytest.raises(NotHeld, match=r"cable\.txt"):
        capture.page_image(tmp_path / "cable.txt", 1)


def test_a_pdf_without_pages_is_refused(tmp_path: Path) -> None:
    document = pdfium.PdfDocument.new()
    document.save(tmp_path / "none.pdf")
    document.close()
    with pytest.raises(InputError, match=r"none\.pdf"):
        capture.read(tmp_path / "none.pdf", engine=Kind())


def test_progress_ends_at_one_and_never_runs_back(tmp_path: Path) -> None:
    document = pdfium.PdfDocument.new()
    for _ in range(4):
        document.new_page(200, 300)
    document.save(tmp_path / "four.pdf")
    document.close()
    told: list[float] = []
    taken = capture.read(tmp_path / "four.pdf", engine=Kind(), progress=told.append)
    assert told == [0.25, 0.5, 0.75, 1.0]
    digests = {page.image_digest for page in taken.pages}
    assert len(digests) == 1
    assert None not in digests
