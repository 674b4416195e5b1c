"""Finding lines on pages."""

from __future__ import annotations

from PIL import Image

from septel.capture.degrade import degrade, print_pages
from septel.capture.degrade.printing import LEADING, MARGIN_TOP
from septel.capture.preparing import prepare
from septel.capture.typed.engine import TALL
from septel.capture.typed.finding import HIGH, Strip, strips_on

LINES = [
    "FM AMEMBASSY HELSINKI",
    "TO SECSTATE WASHDC",
    "",
    "BT",
    "S E C R E T SECTION 1 OF 2",
    "",
    "1. SEMENOV",
]


def found(image: Image.Image) -> list[Strip]:
    return strips_on(prepare(image, blur=0.0, tall=TALL).image)


def page(lines: list[str]) -> Image.Image:
    return next(iter(print_pages("\n".join(lines), seed=3)))


def test_every_typed_line_is_found_where_it_stands() -> None:
    strips = found(page(LINES))
    places = [MARGIN_TOP + LEADING * row for row, line in enumerate(LINES) if line]
    assert len(strips) == len(places)
    for strip, place in zip(strips, places, strict=True):
        assert place < strip.middle < place + LEADING
        assert strip.pixels.shape[0] == HIGH
        assert 0 <= strip.pixels.min() <= strip.pixels.max() <= 1


def test_no_line_is_lost_on_a_bad_photocopy() -> None:
    lines = [f"{number}. THE SOVIET DELEGATION STATED THAT" for number in range(1, 50)]
    strips = found(degrade(page(lines), "bad photocopy", seed=5))
    assert len(strips) >= len(lines)


def test_an_empty_page_has_no_lines() -> None:
    assert found(Image.new("L", (850, 1100), 250)) == []


def test_a_tiny_black_image_does_no_harm() -> None:
    assert len(found(Image.new("L", (3, 2), 0))) <= 1
