"""hOCR, ALTO and PAGE XML: words, boxes, confidences, the order of reading; hostile XML is one clear line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel import capture
from septel.capture import Box, Capture, Limits, Origin, PageOutcome
from septel.errors import EmptyInput, InputError, LimitExceeded, SeptelError
from tests.capture.documents import marked
from tests.capture.made_engines import Kind

HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title/>
<meta name="ocr-system" content="tesseract 4.1"/></head>
<body>
 <div class="ocr_page" id="p1" title='image "a.png"; bbox 0 0 850 1100; ppageno 0; scan_res 100 100'>
  <span class="ocr_line" title="bbox 10 20 200 40; baseline 0 -2">
   <span class="ocrx_word" title="bbox 10 20 60 40; x_wconf 91"><strong>FM</strong></span>
   <span class="ocrx_word" title="bbox 70.4 20 200 40; x_wconf 33.5"><span class="alternatives"><ins
    class="alt">HEL&amp;SINKI</ins><del class="alt">HEISINKI</del></span></span>
  </span>
  <span class="ocr_header" title="bbox 10 60 200 80">NOT&nbsp;TO BE <em>REPRO</em>DUCED</span>
  <span class="ocr_line" title="bbox 1 2 3 4"> </span>
 </div>
 <div class="ocr_page" title="bbox 0 0 850 1100; ppageno 1"></div>
</body></html>"""

ALTO = """<?xml version="1.0"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v%s#">
 <Description><MeasurementUnit>%s</MeasurementUnit><OCRProcessing ID="o">
  <ocrProcessingStep><processingSoftware><softwareName>ABBYY</softwareName>
  <softwareVersion>9</softwareVersion></processingSoftware></ocrProcessingStep>
 </OCRProcessing></Description>%s
 <Layout><Page ID="p" PHYSICAL_IMG_NR="1" WIDTH="850" HEIGHT="1100"><PrintSpace>
  <TextBlock ID="b2" %s><TextLine ID="l3"><String CONTENT="THREE" WC="0.5"/></TextLine></TextBlock>
  <TextBlock ID="b1" IDNEXT="b2">
   <TextLine ID="l1" HPOS="10" VPOS="20" WIDTH="100" HEIGHT="20">
    <String CONTENT="ONE" HPOS="10" VPOS="20" WIDTH="30" HEIGHT="20" WC="0.25">
     <ALTERNATIVE>0NE</ALTERNATIVE></String>
    <SP/><String CONTENT="RE" HPOS="50" VPOS="20" WIDTH="20" HEIGHT="20"/>
    <HYP CONTENT="-" HPOS="70" VPOS="20" WIDTH="8" HEIGHT="20"/></TextLine>
   <TextLine ID="l2"><String CONTENT="TURN"/></TextLine>
  </TextBlock></PrintSpace></Page></Layout></alto>"""

PAGE = """<?xml version="1.0"?>
<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
 <Metadata><Creator>Transkribus</Creator></Metadata>
 <Page imageFilename="a.jpg" imageWidth="850" imageHeight="1100">
  <ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="1" regionRef="r1"/>
   <OrderedGroupIndexed index="0" id="h"><RegionRefIndexed index="0" regionRef="r2"/></OrderedGroupIndexed>
  </OrderedGroup></ReadingOrder>
  <TextRegion id="r1"><TextLine id="a"><Coords points="10,20 110,20 110,44 10,40"/>
   <Word id="w"><Coords points="10,20 40,20 40,40 10,40"/>
    <TextEquiv index="1"><Unicode>0NE</Unicode></TextEquiv>
    <TextEquiv index="0" conf="0.75"><Unicode>ONE</Unicode></TextEquiv></Word>
   <TextEquiv><Unicode>ONE</Unicode></TextEquiv></TextLine></TextRegion>
  <TextRegion id="r2"><TextLine id="b"><Coords points="5,5 9,9"/>
   <Word id="x"><TextEquiv><Unicode>OLD</Unicode></TextEquiv></Word>
   <TextEquiv conf="0.5"><Unicode>NEW WORDS</Unicode></TextEquiv></TextLine></TextRegion>
  <TextRegion id="r3"><TextEquiv><Unicode>LAST</Unicode></TextEquiv></TextRegion>
 </Page></PcGts>"""


def taken(folder: Path, content: str | bytes, name: str = "page.xml") -> Capture:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return capture.read(file)


def words(taken: Capture) -> list[tuple[str, Box | None, float | None]]:
    return [(w.text, w.box, w.engine_confidence) for p in taken.pages for line in p.lines for w in line.words]


def test_hocr(tmp_path: Path) -> None:
    read = taken(tmp_path, HOCR, "page.hocr")
    assert read.source.text == "FM HEL&SINKI\nNOT TO BE REPRODUCED\n"
    assert words(read)[:3] == [
        ("FM", Box(left=10, top=20, right=60, bottom=40), 91.0),
        ("HEL&SINKI", Box(left=70, top=20, right=200, bottom=40), 33.5),
        ("NOT", None, None),
    ]
    (page,) = read.pages
    assert (page.width, page.height, page.dpi, page.origin) == (850, 1100, 100, Origin.FILE)
    assert page.lines[1].box == Box(left=10, top=60, right=200, bottom=80)
    assert [a.outcome for a in read.accounts] == [PageOutcome.READ, PageOutcome.BLANK]
    assert read.source.step is not None
    assert read.source.step.tool == "tesseract 4.1"


def test_hocr_that_is_html_and_no_xml(tmp_path: Path) -> None:
    html = re.sub(r"<\?xml.*?\?>\n|xmlns=\S+(?=>)", "", HOCR).replace("<title/>", "<title></title><br>")
    assert taken(tmp_path, html, "page.html").source.text == "FM HEL&SINKI\nNOT TO BE REPRODUCED\n"


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_alto(tmp_path: Path, version: str) -> None:
    read = taken(tmp_path, ALTO % (version, "pixel", "", ""))
    assert read.source.text == "ONE RE-\nTURN\nTHREE\n", "IDNEXT is the order of reading"
    assert words(read) == [
        ("ONE", Box(left=10, top=20, right=40, bottom=40), 25.0),
        ("RE-", Box(left=50, top=20, right=78, bottom=40), None),
        ("TURN", None, None),
        ("THREE", None, 50.0),
    ]
    assert read.source.step is not None
    assert (read.source.step.tool, read.source.step.version) == ("ABBYY", "9")


def test_alto_orders_by_its_reading_order(tmp_path: Path) -> None:
    order = (
        '<ReadingOrder><OrderedGroup ID="g"><ElementRef ID="e1" REF="b2"/><ElementRef ID="e2" REF="l2"/>'
        "</OrderedGroup></ReadingOrder>"
    )
    read = taken(tmp_path, ALTO % ("4", "pixel", order, ""))
    assert read.source.text == "THREE\nTURN\nONE RE-\n", "what the order leaves out comes last"


def test_alto_whose_blocks_follow_each_other_in_a_circle(tmp_path: Path) -> None:
    read = taken(tmp_path, ALTO % ("4", "pixel", "", 'IDNEXT="b1"'))
    assert sorted(read.source.text.split()) == ["ONE", "RE-", "THREE", "TURN"]


@pytest.mark.parametrize(("unit", "dpi"), [("pixel", None), ("mm10", 254), ("inch1200", 1200)])
def test_alto_in_other_units_has_their_resolution(tmp_path: Path, unit: str, dpi: int | None) -> None:
    assert taken(tmp_path, ALTO % ("3", unit, "", "")).pages[0].dpi == dpi


def test_page_xml(tmp_path: Path) -> None:
    read = taken(tmp_path, PAGE)
    assert read.source.text == "NEW WORDS\nONE\nLAST\n"
    assert words(read) == [
        ("NEW", None, 50.0),
        ("WORDS", None, 50.0),
        ("ONE", Box(left=10, top=20, right=40, bottom=40), 75.0),
        ("LAST", None, None),
    ]
    assert read.pages[0].lines[0].box == Box(left=5, top=5, right=9, bottom=9)
    assert (read.pages[0].width, read.pages[0].height) == (850, 1100)


BOMB = "<!DOCTYPE x [" + "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "LOL" * 100}">' for n in range(10)
)
HOSTILE: dict[str, str | bytes] = {
    "bomb": BOMB + "]><alto><Layout><Page>&e9;</Page></Layout></alto>",
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"A" * 100_000}">]><alto><Page>{"&a;" * 10_000}</Page></alto>',
    "outside": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><alto><Page>&a;</Page></alto>',
    "parameter": '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://localhost:9/x">%a;]><alto><Page/></alto>',
    "deep": "<alto>" + "<Page>" * 5000 + "</Page>" * 5000 + "</alto>",
    "cut": ALTO[:500],
    "tei": "<?xml version='1.0'?><TEI xmlns='http://www.tei-c.org/ns/1.0'><text/></TEI>",
    "html": "<!DOCTYPE html><html><body><p>A WEB PAGE</p></body></html>",
    "odd bytes": b"<?xml version='1.0' encoding='utf-8'?><alto>\xff\xfe</alto>",
    "odd encoding": b"<?xml version='1.0' encoding='martian'?><alto></alto>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_or_foreign_markup_is_one_clear_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"page\.xml") as caught:
        taken(tmp_path, HOSTILE[name])
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_no_entity_is_ever_filled_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    text = f'<!DOCTYPE html SYSTEM "{secret.as_uri()}">' + HOCR.split('transitional.dtd">', 1)[1].replace(
        "<em>REPRO</em>", "&secret;"
    )
    assert "SECRET" not in taken(tmp_path, text).source.text


def test_limits_hold_for_markup(tmp_path: Path) -> None:
    file = tmp_path / "page.hocr"
    file.write_text(HOCR)
    with pytest.raises(LimitExceeded, match="--max-pages"):
        capture.read(file, limits=Limits(pages=1))
    with pytest.raises(LimitExceeded, match="--max-text-megabytes"):
        capture.read(file, limits=Limits(text_bytes=500))
    with pytest.raises(EmptyInput, match="no pages"):
        taken(tmp_path, "<alto><Layout/></alto>")


def test_a_folder_of_page_files_is_one_document(tmp_path: Path) -> None:
    (tmp_path / "p2.xml").write_text(PAGE)
    (tmp_path / "p10.xml").write_text("<alto>")
    (tmp_path / "p1.hocr").write_text(HOCR)
    read = capture.read(tmp_path)
    outcomes = [a.outcome for a in read.accounts]
    assert outcomes == [PageOutcome.READ, PageOutcome.BLANK, PageOutcome.READ, PageOutcome.FAILED]
    assert [page.number for page in read.pages] == [1, 3]
    assert read.source.text.startswith("FM HEL&SINKI\n")
    assert [a.number for a in read.accounts] == [1, 2, 3, 4]


def test_files_beside_page_images_are_witnesses(tmp_path: Path) -> None:
    """Libraries deliver an image and what their engine read from it; the two are never mixed."""
    for number in (1, 2, 3):
        marked(number).save(tmp_path / f"p{number}.png")
    (tmp_path / "p1.xml").write_text(ALTO % ("4", "pixel", "", ""))
    (tmp_path / "p2.xml").write_text("<alto>")
    (tmp_path / "mets.xml").write_text("<mets/>")
    read = capture.read(tmp_path, engine=Kind(), engines=1)
    assert read.source.text == "EXDIS\n" * 3
    (layer,) = read.layers
    assert [page.of(layer.text) for page in layer.pages] == ["ONE RE-\nTURN\nTHREE\n", "", ""]


def test_text_with_angles_is_still_text(tmp_path: Path) -> None:
    assert taken(tmp_path, "<<<SECRET>>>\nTEXT\n", "cable.txt").source.text == "<<<SECRET>>>\nTEXT\n"


@given(st.text(alphabet="<>/ =\"'abcAltoPageString&;!-?0123456789[]", max_size=200))
def test_any_markup_is_read_or_a_clear_fault(text: str) -> None:
    from septel.capture.formats.markup import marked_pages

    for start in ("<alto>", '<html><div class="ocr_page" title="bbox ', "<PcGts><Page>"):
        try:
            marked_pages((start + text).encode(), "x", Limits())
        except SeptelError as fault:
            assert fault.where.startswith("x")
            assert fault.remedy
