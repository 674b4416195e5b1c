"""The searchable PDF: it looks like the pages and reads like the reading."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from septel.archive import Holding, Original
from septel.capture import Limits, Origin, PageAccount, PageOutcome, PageSource
from septel.capture.formats.pdf import pdf_sheet
from septel.errors import InputError, UsageError
from septel.export import SearchablePdf, exporter
from septel.text import EditLog, Source
from tests.archive.made import AT, holding_of, made
from tests.export.pages.test_placement import edited, geometry

TEXT = "FM AMEMBASSY HELSINKI 1321\nTALK5 ABOUT SAIT AND T HE REST OF IT\nA B ~~ SM1TH\n"
READING = "FM AMEMBASSY HELSINKI 1321\nTALK5 ABOUT SALT AND THE REST OF IT\nA B […2] SMITH\n"
SIZE = (900, 600)


def picture(mode: str = "L") -> Image.Image:
    """A page with a block for each letter where the made geometry says that it is."""
    page = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(TEXT.splitlines()):
        for column, letter in enumerate(line):
            if letter != " ":
                left, top = column * 10, number * 30
                draw.rectangle((left + 1, top, left + 8, top + 19), fill=0)
    return page.convert(mode)


def held(*names: str, pages: int = 1) -> Holding:
    source = Source.of_text(TEXT, name="helsinki")
    log = EditLog(source.id).add(
        (
            edited(source, "SAIT", "SALT"),
            edited(source, "T HE", "THE"),
            edited(source, "~~", "", unreadable=True, extent=2, confidence=None),
            edited(source, "SM1TH", "SMITH"),
        ),
        by="tool",
        at=AT,
    )
    return holding_of(
        source,
        log,
        pages=geometry(source),
        originals=tuple(Original(name=name, digest=name) for name in names),
        accounts=tuple(PageAccount(number=n, outcome=PageOutcome.READ) for n in range(1, pages + 1)),
    )


def written(holding: Holding, folder: Path) -> Path:
    file = folder / "out.pdf"
    file.write_bytes(SearchablePdf(originals=lambda digest: folder / digest).write(holding))
    return file


def said(sheet: PageSource) -> str:
    assert sheet.layer is not None
    return sheet.layer.text + "\n"


def seen(file: Path, page: int = 0) -> Image.Image:
    document = pdfium.PdfDocument(file)
    shown: Image.Image = document[page].render(scale=1.0, grayscale=True).to_pil().convert("L").copy()
    document.close()
    return shown


def alike(one: Image.Image, other: Image.Image) -> bool:
    small = np.asarray(other.convert("L").resize(one.size, Image.Resampling.BOX), float)
    return float(np.abs(np.asarray(one, float) - small).mean()) < 6


SAVED: dict[str, Callable[[Path], None]] = {
    "grey.png": lambda p: picture().save(p),
    "bitonal.png": lambda p: picture("1").save(p),
    "colour.png": lambda p: picture("RGB").save(p),
    "clear.png": lambda p: picture("RGBA").save(p),
    "grey.jpg": lambda p: picture().save(p, quality=90),
    "colour.jpg": lambda p: picture("RGB").save(p, quality=90),
    "fax.tif": lambda p: picture("1").save(p, compression="group4"),
    "deep.png": lambda p: Image.fromarray(np.asarray(picture(), np.uint16) * 257).save(p),
    "palette.gif.png": lambda p: picture("P").save(p),
    "page.jp2": lambda p: picture().save(p),
}


@pytest.mark.parametrize("name", SAVED)
def test_a_page_looks_as_scanned_and_reads_as_restored(tmp_path: Path, name: str) -> None:
    SAVED[name](tmp_path / name)
    file = written(held(name), tmp_path)
    assert alike(seen(file), picture())
    assert said(pdf_sheet(file, 1, Limits())) == READING


def test_jpegs_are_not_compressed_anew(tmp_path: Path) -> None:
    SAVED["grey.jpg"](tmp_path / "grey.jpg")
    with pikepdf.open(written(held("grey.jpg"), tmp_path)) as document:
        image = document.pages[0].Resources.XObject.Im0
        assert image.read_raw_bytes() == (tmp_path / "grey.jpg").read_bytes()


def test_words_stand_where_the_ink_is(tmp_path: Path) -> None:
    SAVED["grey.png"](tmp_path / "grey.png")
    sheet = pdf_sheet(written(held("grey.png"), tmp_path), 1, Limits())
    assert sheet.layer is not None
    assert sheet.image is not None
    across = sheet.image.width / SIZE[0]
    boxes = {word.text: word.box for line in sheet.layer.lines for word in line.words}
    for text, left, right, line in (("HELSINKI", 130, 210, 0), ("THE", 210, 250, 1), ("SMITH", 70, 120, 2)):
        box = boxes[text]
        assert box is not None
        assert box.left / across == pytest.approx(left, abs=3)
        assert box.right / across == pytest.approx(right, abs=6)
        assert box.top / across < line * 30 + 5
        assert box.bottom / across > line * 30 + 15


def test_a_tilted_page_keeps_its_lines_apart(tmp_path: Path) -> None:
    """Boxes of words on a slanted line lie at different heights; the text still reads line by line."""
    Image.new("L", SIZE, 255).save(tmp_path / "a.png")
    source = Source.of_text("".join(f"LINE {n} HAS EIGHT WORDS AND IT TILTS\n" for n in range(8)))
    (page,) = geometry(source)
    lines = []
    for line in page.lines:
        words = []
        for word in line.words:
            assert word.box is not None
            drop = word.box.left // 14  # four degrees: the line ends lower than the next one begins
            box = replace(word.box, top=word.box.top + drop, bottom=word.box.bottom + drop)
            words.append(replace(word, box=box))
        lines.append(replace(line, words=tuple(words)))
    holding = replace(
        held("a.png"),
        source=source,
        log=EditLog(source.id),
        pages=(replace(page, lines=tuple(lines)),),
    )
    assert said(pdf_sheet(written(holding, tmp_path), 1, Limits())) == source.text


def pdf_with_layer(file: Path, *, rotate: int = 0, form: bool = False, crop: bool = False) -> None:
    """A scan with the invisible text of an old engine, in its page or in a form, as programs leave it."""
    out = io.BytesIO()
    picture().rotate(rotate, expand=True).save(out, "JPEG", quality=90)
    width, height = SIZE if rotate in (0, 180) else SIZE[::-1]
    with pikepdf.new() as document:
        image = document.make_stream(
            out.getvalue(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=width,
            Height=height,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier
        )
        text = b"BT 3 Tr /F1 12 Tf 10 10 Td (OLD LAYER) Tj ET"
        page = document.add_blank_page(page_size=(width, height))
        resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image), Font=pikepdf.Dictionary(F1=font))
        if form:
            resources.XObject.Fm = document.make_stream(
                text,
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Form,
                BBox=pikepdf.Array([0, 0, width, height]),
                Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)),
            )
            text = b"/Fm Do"
        page.Resources = resources
        if crop:
            page.MediaBox = pikepdf.Array([100, 50, 100 + width, 50 + height])
        shift = (100, 50) if crop else (0, 0)
        page.Contents = document.make_stream(
            f"q {width} 0 0 {height} {shift[0]} {shift[1]} cm /Im Do Q ".encode() + text
        )
        if rotate:
            page.Rotate = rotate
        document.save(file)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("form", [False, True])
def test_the_old_layer_gives_way_on_the_copy(tmp_path: Path, rotate: int, form: bool) -> None:
    pdf_with_layer(tmp_path / "scan.pdf", rotate=rotate, form=form)
    before = (tmp_path / "scan.pdf").read_bytes()
    file = written(held("scan.pdf"), tmp_path)
    assert said(pdf_sheet(file, 1, Limits())) == READING
    assert alike(seen(file), picture())
    assert (tmp_path / "scan.pdf").read_bytes() == before


def test_a_page_whose_corner_lies_elsewhere(tmp_path: Path) -> None:
    pdf_with_layer(tmp_path / "scan.pdf", crop=True)
    sheet = pdf_sheet(written(held("scan.pdf"), tmp_path), 1, Limits())
    assert said(sheet) == READING
    assert sheet.layer is not None
    box = sheet.layer.lines[0].words[0].box
    assert box is not None
    assert box.left == pytest.approx(0, abs=2)
    assert box.top < 5


def test_pages_that_a_program_made_keep_their_own_text(tmp_path: Path) -> None:
    pdf_with_layer(tmp_path / "scan.pdf")
    holding = held("scan.pdf")
    printed = tuple(replace(page, origin=Origin.PRINTED) for page in holding.pages)
    file = written(replace(holding, pages=printed), tmp_path)
    assert said(pdf_sheet(file, 1, Limits())) == "OLD LAYER\n"


def test_a_page_that_could_not_be_read_is_there_and_says_why(tmp_path: Path) -> None:
    SAVED["grey.png"](tmp_path / "1.png")
    (tmp_path / "2.png").write_bytes(b"no picture")
    fault = InputError("the image is damaged", where="2.png", remedy="Scan it again.")
    holding = replace(
        held("1.png", "2.png"),
        accounts=(
            PageAccount(number=1, outcome=PageOutcome.READ),
            PageAccount(number=2, outcome=PageOutcome.FAILED, fault=fault),
        ),
    )
    file = written(holding, tmp_path)
    with pikepdf.open(file) as document:
        assert len(document.pages) == 2
    assert "2.png: the image is damaged" in said(pdf_sheet(file, 2, Limits())).replace("\n", " ")


def test_a_tiff_of_many_pages(tmp_path: Path) -> None:
    frames = [Image.new("1", SIZE, 1), picture("1")]
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:], compression="group4")
    holding = held("a.tif", pages=2)
    second = tuple(replace(page, number=2) for page in holding.pages)
    file = written(replace(holding, pages=second), tmp_path)
    assert pdf_sheet(file, 1, Limits()).layer is None
    assert said(pdf_sheet(file, 2, Limits())) == READING
    assert alike(seen(file, 1), picture())


def test_without_images_there_is_no_pdf() -> None:
    with pytest.raises(UsageError, match=r"no page images.*TEI"):
        exporter("pdf", originals=Path).write(made())
    with pytest.raises(UsageError, match="no page images"):
        exporter("pdf").write(held("a.png"))


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    SAVED["grey.png"](tmp_path / "grey.png")
    first = written(held("grey.png"), tmp_path).read_bytes()
    assert written(held("grey.png"), tmp_path).read_bytes() == first


@pytest.mark.parametrize("manner", ["-layout", "-raw", ""])
def test_pdftotext_reads_it_in_order(tmp_path: Path, manner: str) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed (Debian: poppler-utils)")
    SAVED["grey.png"](tmp_path / "grey.png")
    file = written(held("grey.png"), tmp_path)
    command = ["pdftotext", *([manner] if manner else []), str(file), "-"]
    out = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert [line.split() for line in out.strip().splitlines() if line.strip()] == [
        line.split() for line in READING.splitlines()
    ]


def claimed(file: Path) -> tuple[object, object]:
    with pikepdf.open(file) as document, document.open_metadata() as metadata:
        assert bool(document.Root.get("/OutputIntents")) == (metadata.get("pdfaid:part") is not None)
        return metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")


@pytest.mark.parametrize("name", ["page.png", "page.tif", "page.jpg"])
def test_scans_are_marked_for_the_archive(tmp_path: Path, name: str) -> None:
    picture("1" if name.endswith("tif") else "L").save(tmp_path / name, dpi=(300, 300))
    assert claimed(written(replace(held(name), title="A & B <\x01>"), tmp_path)) == ("2", "B")


def test_what_is_not_looked_into_is_not_claimed(tmp_path: Path) -> None:
    picture().save(tmp_path / "page.pdf", "PDF", resolution=100)
    assert claimed(written(held("page.pdf"), tmp_path)) == ("2", "B")
    refused: dict[str, Callable[[pikepdf.Pdf, pikepdf.Page], None]] = {
        "annotation": lambda pdf, page: page.obj.__setitem__(
            "/Annots", pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(Subtype=pikepdf.Name.Link))])
        ),
        "transparency": lambda pdf, page: page.obj.__setitem__(
            "/Group", pikepdf.Dictionary(S=pikepdf.Name.Transparency)
        ),
        "printed text": lambda pdf, page: page.contents_add(pdf.make_stream(b"BT /F0 9 Tf (TYPE) Tj ET")),
        "colours": lambda pdf, page: page.contents_add(pdf.make_stream(b"0 0 0 1 k 0 0 9 9 re f")),
        "smoothing": lambda pdf, page: next(iter(page.Resources.XObject.values())).__setitem__(
            "/Interpolate", True
        ),
    }
    for what, spoil in refused.items():
        with pikepdf.open(tmp_path / "page.pdf") as pdf:
            spoil(pdf, pdf.pages[0])
            pdf.save(tmp_path / "other.pdf")
        assert claimed(written(held("other.pdf"), tmp_path)) == (None, None), what


@pytest.mark.parametrize("name", ["page.png", "page.tif", "page.jpg", "page.pdf"])
def test_preflight_finds_nothing(tmp_path: Path, name: str) -> None:
    """Apache's Preflight knows PDF/A-1b, which asks for all that we use of 2b, and more."""
    picture("1" if name.endswith("tif") else "L").save(tmp_path / name)
    file = written(held(name), tmp_path)
    assert preflight(file.read_bytes().replace(b"part>2<", b"part>1<"), tmp_path) == "VALID"
    # It does find faults where there are some.
    if name == "page.png":
        assert preflight(file.read_bytes().replace(b"/OutputIntents", b"/OutputIntentz"), tmp_path) != "VALID"


def preflight(document: bytes, folder: Path) -> str:
    """What Preflight says of a PDF (Debian: libpdfbox2-java, libjaxb-api-java, libactivation-java)."""
    jars = [
        Path("/usr/share/java") / f"{name}.jar"
        for name in ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io")
    ] + [Path("/usr/share/java/jaxb-api.jar"), Path("/usr/share/java/javax.activation.jar")]
    if not shutil.which("java") or not all(jar.exists() for jar in jars):
        pytest.skip("needs Java and Apache's Preflight")
    (folder / "checked.pdf").write_bytes(document)
    path = ":".join(map(str, jars))
    main = "org.apache.pdfbox.preflight.Validator_A1b"
    run = subprocess.run(
        ["java", "-cp", path, main, str(folder / "checked.pdf")],
        capture_output=True,
        text=True,
        check=False,
    )
    return "VALID" if "is a valid PDF/A-1b file" in run.stdout else run.stdout + run.stderr
