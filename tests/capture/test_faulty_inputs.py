"""Kinds of input that failed once, each with what is right."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from septel.capture import Limits, read
from septel.capture.engines.orientation import turned, turned_back
from septel.capture.formats.markup import marked_pages
from septel.capture.formats.page_views import aspect_of, gutter_of, read_in_order, views_of
from septel.capture.formats.plain_text import decoded
from septel.capture.model.pages import Box
from septel.capture.model.recognised import RecognisedWord
from septel.errors import InputError

PAGE = (
    '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
    '<Page imageFilename="a.tif" imageWidth="2000" imageHeight="3000">{0}</Page></PcGts>'
)
BOX = '<Coords points="100,100 1900,100 1900,140 100,140"/>'


def equiv(text: str, index: int | None = None) -> str:
    number = "" if index is None else f' index="{index}"'
    return f"<TextEquiv{number}><Unicode>{text}</Unicode></TextEquiv>"


def lines_of(markup: str) -> list[str]:
    (sheet,) = marked_pages(PAGE.format(markup).encode(), "page.xml", Limits()).sheets
    return [line.text for line in sheet.layer.lines] if sheet.layer else []


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (equiv("ONE TWO"), "ONE TWO"),
        (equiv("", 0) + equiv("ONE TWO", 1), "ONE TWO"),
        (equiv("OLD", 1) + equiv("ONE TWO", 0), "ONE TWO"),
        (f'<Word id="a">{BOX}{equiv("ONE")}</Word><Word id="b">{BOX}{equiv("TWO")}</Word>', "ONE TWO"),
        (
            f'<Word id="a">{BOX}<Glyph id="g">{BOX}{equiv("O")}</Glyph>'
            f'<Glyph id="h">{BOX}{equiv("K")}</Glyph></Word>',
            "OK",
        ),
        (f'<Word id="a">{BOX}{equiv("")}</Word>{equiv("ONE TWO")}', "ONE TWO"),
    ],
)
def test_the_first_level_that_has_text_gives_it(line: str, text: str) -> None:
    assert lines_of(f'<TextRegion id="r">{BOX}<TextLine id="l">{BOX}{line}</TextLine></TextRegion>') == [text]


def test_a_region_gives_the_text_that_its_lines_lack() -> None:
    empty = f'<TextLine id="l1">{BOX}{equiv("")}</TextLine><TextLine id="l2">{BOX}{equiv("")}</TextLine>'
    assert lines_of(f'<TextRegion id="r">{BOX}{empty}{equiv(f"1. ONE.{chr(10)}2. TWO.")}</TextRegion>') == [
        "1. ONE.",
        "2. TWO.",
    ]


def test_lines_by_their_own_index() -> None:
    lines = "".join(
        f'<TextLine id="l{n}" custom="readingOrder {{index:{n};}} structure {{type:x;}}">{BOX}'
        f"{equiv(str(n))}</TextLine>"
        for n in (2, 0, 1)
    )
    assert lines_of(f'<TextRegion id="r">{BOX}{lines}</TextRegion>') == ["0", "1", "2"]
    regions = "".join(
        f'<TextRegion id="r{n}" custom="readingOrder {{index:{n};}}">{BOX}'
        f'<TextLine id="x{n}">{BOX}{equiv(str(n))}</TextLine></TextRegion>'
        for n in (1, 0)
    )
    assert lines_of(regions) == ["0", "1"]


def test_reading_order_goes_before_own_indices() -> None:
    order = '<OrderedGroup id="g"><RegionRefIndexed index="0" regionRef="r1"/></OrderedGroup>'
    order = f"<ReadingOrder>{order}</ReadingOrder>"
    regions = "".join(
        f'<TextRegion id="r{n}" custom="readingOrder {{index:{n};}}">{BOX}'
        f'<TextLine id="x{n}">{BOX}{equiv(str(n))}</TextLine></TextRegion>'
        for n in (0, 1)
    )
    assert lines_of(order + regions) == ["1", "0"]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-16", "utf-8"), ("UTF-16LE", "utf-8"), ("utf-32", "ascii"), ("iso-8859-1", "utf-8"),
        ("utf-8", "cp1252"), ("utf-8", "utf-16"), ("us-ascii", "utf-8"),
    ],
)  # fmt: skip
def test_a_declaration_that_the_bytes_belie(declared: str, encoding: str) -> None:
    text = "SAO PAULO" if encoding == "ascii" else "S\u00c3O PAULO"
    line = f'<TextRegion id="r">{BOX}<TextLine id="l">{BOX}{equiv(text)}</TextLine></TextRegion>'
    data = f'<?xml version="1.0" encoding="{declared}"?>\n{PAGE.format(line)}'.encode(encoding)
    (sheet,) = marked_pages(data, "page.xml", Limits()).sheets
    assert sheet.layer is not None
    assert [one.text for one in sheet.layer.lines] == [text]


@pytest.mark.parametrize("hyphen", ["", '<HYP CONTENT="-" HPOS="530" VPOS="400" WIDTH="20"/>'])
def test_a_word_cut_at_the_line_end_shows_it(hyphen: str) -> None:
    alto = (
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v2#"><Layout>'
        '<Page ID="P" WIDTH="900" HEIGHT="900"><PrintSpace>'
        '<TextBlock ID="B"><TextLine><String CONTENT="NEGO" SUBS_TYPE="HypPart1" '
        f'SUBS_CONTENT="NEGOTIATIONS"/>{hyphen}</TextLine><TextLine>'
        '<String CONTENT="TIATIONS" SUBS_TYPE="HypPart2" '
        'SUBS_CONTENT="NEGOTIATIONS"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>'
    )
    (sheet,) = marked_pages(alto.encode(), "a.xml", Limits()).sheets
    assert sheet.layer is not None
    assert [line.text for line in sheet.layer.lines] == ["NEGO-", "TIATIONS"]


def test_a_stray_byte_garbles_nothing_else() -> None:
    text = "S\u00c3O PAULO, SEMY\u00d3NOV, \u201cGERRY\u201d "
    found = decoded(text.encode() + b"AS AUTHORIZED \x96 SEE\n", name="x")
    assert found.text == text + "AS AUTHORIZED \u2013 SEE\n"
    assert [span.of(found.text) for span in found.strays] == ["\u2013"]
    assert not found.guess


@pytest.mark.parametrize(
    "text", ["S\u00e3o Paulo \u2013 r\u00e9sum\u00e9", "caf\u00e9 \u00fcber \u00e9t\u00e9 na\u00efve"]
)
def test_a_western_text_is_guessed_and_said_to_be(text: str) -> None:
    found = decoded(text.encode("cp1252"), name="x")
    assert found.text == text
    assert found.guess


def test_strays_keep_their_places_over_page_ends(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("\u00c9T\u00c9 \u00c0 PARIS\r\n\fNA\u00cfVE ".encode() + b"\x97 END\r\n")
    found = read(file)
    assert [doubt.span.of(found.source.text) for doubt in found.doubts] == ["\u2014"]
    assert len(found.source.pages) == 2
    assert any("line 2" in note for note in found.notes)


def typed(width: int, height: int, lines: int, *, left: int = 60, right: int | None = None) -> Image.Image:
    page = Image.new("L", (width, height), 255)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(22)
    for number in range(lines):
        text = f"LINE {number} OF A TELEGRAM THAT GOES ON TO THE EDGE"
        draw.text((left, 60 + 40 * number), text[: ((right or width) - left) // 13], fill=0, font=font)
    return page


def test_two_facing_pages_are_read_left_then_right() -> None:
    one, two = typed(850, 1100, 20), typed(850, 1100, 12)
    both = Image.new("L", (1700, 1100), 255)
    both.paste(one, (0, 0))
    both.paste(two, (850, 0))
    specks = np.random.default_rng(1)
    dirty = np.asarray(both).copy()
    dirty[specks.integers(0, 1100, 200), specks.integers(0, 1700, 200)] = 0
    for image in (both, Image.fromarray(dirty)):
        gutter = gutter_of(image, ratio=1700 / 1100)
        assert gutter is not None
        assert 760 < gutter < 940
        left, right = views_of(image)
        assert left.image.width == right.left == gutter
        word = RecognisedWord(text="X", box=Box(left=5, top=6, right=20, bottom=30), confidence=None)
        (back,) = right.back((word,))
        assert back.box.left == 5 + gutter


def facing() -> Image.Image:
    both = Image.new("L", (1700, 1100), 255)
    both.paste(typed(850, 1100, 20), (0, 0))
    both.paste(typed(850, 1100, 12), (850, 0))
    return both


def test_two_facing_pages_in_a_dark_frame_are_two() -> None:
    framed = Image.new("L", (1900, 1240), 20)
    framed.paste(facing(), (110, 60))
    gutter = gutter_of(framed, ratio=1900 / 1240)
    assert gutter is not None
    assert 870 < gutter < 1050


@pytest.mark.parametrize(
    ("way", "degrees"),
    [
        (None, 0),
        (Image.Transpose.ROTATE_90, 270),
        (Image.Transpose.ROTATE_180, 180),
        (Image.Transpose.ROTATE_270, 90),
    ],
)
def test_facing_pages_are_read_in_order_however_they_lie(way: Image.Transpose | None, degrees: int) -> None:
    image = facing() if way is None else facing().transpose(way)
    views = views_of(image)
    assert len(views) == 2
    seen = []
    for view in views:
        upright = turned(view.image, degrees)
        # The left page has twenty lines and the right one twelve.
        rows = np.min(np.asarray(upright)[:, 100:400], axis=1) < 128
        name = "LEFT" if rows[700:].any() else "RIGHT"
        words = [
            RecognisedWord(text=name, box=Box(left=x, top=50, right=x + 30, bottom=80), confidence=None)
            for x in (60, 400)
        ]
        seen.append([tuple(turned_back(word, degrees, view.image.size) for word in words)])
    assert [line[0].text for line in read_in_order(views, seen)] == ["LEFT", "RIGHT"]


@pytest.mark.parametrize(
    "image", [typed(1700, 1100, 20), typed(850, 1100, 20), Image.new("L", (1700, 1100), 255)]
)
def test_other_pages_are_left_whole(image: Image.Image) -> None:
    assert len(views_of(image)) == 1
    assert views_of(image)[0].image is image


@pytest.mark.parametrize("aspect", [204 / 98, 98 / 204, 1.5])
def test_pixels_are_made_square_and_boxes_given_back(aspect: float) -> None:
    image = typed(850, 1100, 20)
    (view,) = views_of(image, aspect)
    assert view.image.width / view.image.height == pytest.approx(850 / 1100 / aspect, rel=0.01)
    assert view.image.width >= image.width
    assert view.image.height >= image.height
    word = RecognisedWord(
        text="X",
        box=Box(left=0, top=0, right=view.image.width, bottom=view.image.height),
        confidence=None,
    )
    (back,) = view.back((word,))
    assert (back.box.right, back.box.bottom) == pytest.approx((850, 1100), abs=1)


@pytest.mark.parametrize(
    ("told", "aspect"),
    [
        ((204, 98), 204 / 98),
        ((300, 300), 1.0),
        ((300, 299), 1.0),
        ((0, 98), 1.0),
        ((1, 900), 1.0),
        (("x", 1), 1.0),
    ],
)
def test_resolutions_that_no_scanner_has_are_mistakes(told: tuple[object, object], aspect: float) -> None:
    assert aspect_of(told) == pytest.approx(aspect)


@pytest.mark.parametrize("name", ["a.gif", "a.ppm", "a.dat", "b.tga", "c.pcx"])
def test_pictures_of_all_kinds_are_read_as_pictures(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    image = typed(850, 1100, 8)
    image.save(file, "GIF" if name.endswith(".dat") else None)
    found = read(file)
    assert found.pages[0].width == 850
    assert "TELEGRAM" in found.source.text


def test_a_binary_file_is_still_none(tmp_path: Path) -> None:
    file = tmp_path / "a.bin"
    file.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(InputError, match="binary"):
        read(file)


@pytest.mark.parametrize("sign", ["\u00ad", "\u2010", "\u2011", "\u00ac"])
def test_a_hyphen_at_a_lines_end_is_one_by_any_of_its_signs(tmp_path: Path, sign: str) -> None:
    file = tmp_path / "cable.txt"
    file.write_text(f"2. THE NEGO{sign}\nTIATIONS WENT ON {sign}\nUNTIL MAY.\n", encoding="utf-8")
    assert read(file).source.text == f"2. THE NEGO-\nTIATIONS WENT ON {sign}\nUNTIL MAY.\n"
    lines = "".join(
        f'<span class="ocr_line" title="bbox 10 {y} 900 {y + 40}">'
        f'<span class="ocrx_word" title="bbox 10 {y} 900 {y + 40}">{word}</span></span>'
        for y, word in ((10, f"NEGO{sign}"), (60, "TIATIONS"))
    )
    page = f'<html><body><div class="ocr_page" title="bbox 0 0 2000 3000">{lines}</div></body></html>'
    marked = tmp_path / "cable.hocr"
    marked.write_text(page, encoding="utf-8")
    assert read(marked).source.text.split() == ["NEGO-", "TIATIONS"]


def test_a_text_of_mainframes_is_refused_and_an_accented_one_is_read(tmp_path: Path) -> None:
    words = (
        "SMITH OPENED THE MEETING BY READING THE STATEMENT THAT WAS GIVEN IN THE CABLE OF THE DEPARTMENT.\n"
    )
    file = tmp_path / "tape.txt"
    file.write_bytes((words * 3).encode("cp500"))
    with pytest.raises(InputError, match="binary file, not text"):
        read(file)
    file.write_bytes("ÉTÉ À L'ÉLYSÉE, OÙ L'ON DÎNA DÈS SEPT HEURES AVEC LE PRÉSIDENT.\n".encode("cp1252"))
    assert "ÉLYSÉE" in read(file).source.text
