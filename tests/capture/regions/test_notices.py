"""Lines that are not body by their words, and writing by its shape; what stands there stays in the lines."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from septel.capture import (
    Box,
    LayerLine,
    LayerWord,
    RecognisedLine,
    RecognisedWord,
    RecordedEngine,
    Region,
    RegionKind,
    find_notices,
    find_regions,
    read,
)
from septel.capture.regions.components import joined
from septel.synthesis.marks import place_of, scrawl, stamp
from septel.synthesis.typescript import print_pages
from septel.synthesis.wear import degrade

NOTICE = "NOT TO BE REPRODUCED WITHOUT THE AUTHORIZATION OF THE EXECUTIVE SECRETARY"
TEXT = "THE NEXT MEETING WILL BE HELD AT THE SOVIET EMBASSY ON THURSDAY.\n" * 40


def laid(text: str, row: int = 0, *, boxed: bool = True) -> LayerLine:
    """A typed line, ten pixels to the character and thirty to the row."""
    words, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        box = Box(left=at * 10, top=row * 30, right=(at + len(word)) * 10, bottom=row * 30 + 20)
        words.append(LayerWord(text=word, box=box if boxed else None))
        at += len(word)
    return LayerLine(words=tuple(words))


def kinds(*lines: str) -> list[RegionKind]:
    return [one.kind for one in find_notices([laid(line, row) for row, line in enumerate(lines)])]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (
            "10234-10102 2025 RELEASE UNDER THE PRESIDENT JOHN F. KENNEDY ASSASSINATION RECORDS ACT OF 1992",
            RegionKind.NOTICE,
        ),
        (
            "2023 RELEASE UNOER THE PRESIDENT JOHN F. KENNEDY ASSASSINATlON RECORD8 ACT OF 1992",
            RegionKind.NOTICE,
        ),
        ("NW 50955 DocId:32424934 Page 1", RegionKind.NOTICE),
        ("NW 50955 Docld:32204614 Pago 2", RegionKind.NOTICE),
        ("PHOTOCOPY FROM THE GERALD R. FORD LIBRARY", RegionKind.NOTICE),
        ("REPRODUCTION PROHIBITED", RegionKind.STAMP),
    ],
)
def test_bars_and_stamps_of_a_release_are_known(line: str, kind: RegionKind) -> None:
    assert kinds(line) == [kind]


@pytest.mark.parametrize(
    "line",
    [
        "NW CORNER OF THE DOCK PAGED TWICE",
        "PRESIDENT JOHN F. KENNEDY SPOKE ON THE RECORDS OF THE ASSEMBLY AND ITS ACTS OF 1961",
        "RETURN TO CUBA WAS REFUSED, AND THE PRODUCE NOT SOLD",
    ],
)
def test_sentences_with_words_of_a_release_are_none(line: str) -> None:
    assert kinds(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "CONFIDENTIAL",
        "C O N F I D E N T I A L",
        "TOP SECRET",
        "SECRET",
        "SECR3T",
        "LIMITED 0FFICIAL USE",
        "UNCLASSIPIED",
    ],
)
def test_a_classification_alone_on_its_line_is_a_banner(line: str) -> None:
    assert kinds(line) == [RegionKind.BANNER]


@pytest.mark.parametrize(
    "line",
    [
        "S E C R E T SECTION 2 OF 2 HELSINKI 1321",
        "CONFIDENTIAL LA PAZ 2347",
        "LIMITED OFFICIAL USE 2284",
        "THE SECRETARY SAID THAT THE TALKS WERE SECRET.",
        "SECRETARY",
        "E.O. 11652: DECLASSIFIED",
        "THE REPORT WAS REPRODUCED WITHOUT THE AUTHORIZATION OF ANYBODY HERE AND SENT ON",
        "THE EXECUTIVE SECRETARY",
        "PAGE 02 LA PAZ 00146 091410Z",
    ],
)
def test_lines_of_the_body_are_none(line: str) -> None:
    assert RegionKind.BANNER not in kinds(line)
    assert RegionKind.NOTICE not in kinds(line)


@given(st.integers(0, 999), st.integers(0, 7))
def test_a_notice_is_known_with_a_tenth_of_its_letters_wrong(seed: int, wrong: int) -> None:
    letters = list(NOTICE)
    for at in random.Random(seed).sample(range(len(letters)), wrong):
        letters[at] = "X"
    assert kinds("".join(letters)) == [RegionKind.NOTICE]


def test_a_notice_over_two_lines_is_found_on_both() -> None:
    assert kinds(NOTICE[:37], NOTICE[38:]) == [RegionKind.NOTICE] * 2


def test_lines_of_a_stamp_are_one_region_also_beside_other_words() -> None:
    lines = [laid("PAGE 2  DECLASSIFIED  JKL"), laid("        AUTHORITY NND 9", 1), laid("DECLASSIFIED", 9)]
    assert find_notices(lines) == (
        Region(kind=RegionKind.STAMP, box=Box(left=80, top=0, right=210, bottom=50)),
        Region(kind=RegionKind.STAMP, box=Box(left=0, top=270, right=120, bottom=290)),
    )


def test_unclassified_beside_other_words_is_no_stamp() -> None:
    assert kinds("UNCLASSIFIED POSS DUPE") == []
    assert kinds("DECLASSIFIED POSS DUPE") == [RegionKind.STAMP]


def test_lines_without_boxes_give_no_regions() -> None:
    assert find_notices([laid("SECRET", boxed=False)]) == ()


def seen(line: LayerLine) -> RecognisedLine:
    return tuple(
        RecognisedWord(text=word.text, box=word.box, confidence=90.0) for word in line.words if word.box
    )


def test_what_is_a_region_stays_in_the_text(tmp_path: Path) -> None:
    lines = [laid("SECRET"), laid("THE TALKS BEGAN.", 1), laid(NOTICE, 2)]
    image = Image.new("L", (900, 120), 255)
    image.save(tmp_path / "page.png")
    engine = RecordedEngine(recorded={image.size: tuple(map(seen, lines))})
    (page,) = (taken := read(tmp_path / "page.png", engine=engine, engines=1)).pages
    assert [one.kind for one in page.regions] == [RegionKind.BANNER, RegionKind.NOTICE]
    assert taken.source.text == f"SECRET\nTHE TALKS BEGAN.\n{NOTICE}\n"
    assert page.excisions == ()


def typed_places() -> list[Box]:
    boxes = []
    for row in range(40):
        left, top, right, bottom = place_of(row, 0, 63)
        boxes.append(Box(left=left, top=top, right=right, bottom=bottom))
    return boxes


@pytest.mark.parametrize("level", ["clean", "photocopy", "bad photocopy"])
def test_handwriting_is_found_and_typing_is_none(level: str) -> None:
    hand = (300, 1700, 900, 1800)
    page = degrade(scrawl(next(iter(print_pages(TEXT, seed=1))), hand, seed=5), level, seed=1)
    (found,) = (one for one in find_regions(page, typed_places()) if one.kind is RegionKind.HANDWRITING)
    assert abs(found.box.left - hand[0]) < 80
    assert hand[1] - 40 < found.box.top < found.box.bottom < hand[3] + 40


def test_handwriting_is_looked_for_only_where_words_are_known() -> None:
    page = scrawl(next(iter(print_pages(TEXT, seed=1))), (300, 1700, 900, 1800), seed=5)
    assert find_regions(page) == ()


def test_a_hand_and_a_stamp_follow_from_their_seed() -> None:
    page, box = Image.new("L", (900, 300), 255), (50, 100, 700, 200)
    assert scrawl(page, box, seed=2).tobytes() == scrawl(page, box, seed=2).tobytes()
    assert scrawl(page, box, seed=2).tobytes() != scrawl(page, box, seed=3).tobytes()
    framed, bare = (stamp(page, "COPY", middle=(0.5, 0.5), framed=one) for one in (True, False))
    assert sum(framed.histogram()[:128]) > sum(bare.histogram()[:128]) > 0


rectangles = st.builds(
    lambda left, top, wide, high: (left, top, left + wide, top + high),
    st.integers(0, 500),
    st.integers(0, 500),
    st.integers(1, 90),
    st.integers(1, 90),
)


@given(st.lists(rectangles, max_size=12), st.randoms(use_true_random=False))
def test_near_rectangles_come_together_whatever_their_order(
    places: list[tuple[int, int, int, int]], order: random.Random
) -> None:
    once = joined(places, 20)
    shuffled = list(places)
    order.shuffle(shuffled)
    assert sorted(joined(shuffled, 20)) == sorted(once)
    assert sorted(joined(once, 20)) == sorted(once)
    for left, top, right, bottom in places:
        assert any(o[0] <= left and o[1] <= top and right <= o[2] and bottom <= o[3] for o in once)
