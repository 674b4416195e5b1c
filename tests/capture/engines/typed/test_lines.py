"""Finding lines on pages."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from septel.capture.engines.preparation import prepare
from septel.capture.engines.typed.baseline import Curve, followed, without_rules
from septel.capture.engines.typed.engine import TALL
from septel.capture.engines.typed.lines import HIGH, LineStrip, strips_on
from septel.synthesis.typescript import LEADING, MARGIN_TOP, print_pages
from septel.synthesis.wear import degrade

LINES = [
    "FM AMEMBASSY HELSINKI",
    "TO SECSTATE WASHDC",
    "",
    "BT",
    "S E C R E T SECTION 1 OF 2",
    "",
    "1. SEMENOV",
]


def found(image: Image.Image) -> list[LineStrip]:
    return strips_on(prepare(image, blur=0.0, tall=TALL).image)


def page(lines: list[str]) -> Image.Image:
    return next(iter(print_pages("\n".join(lines), seed=3)))


def test_every_typed_line_is_found_where_it_stands() -> None:
    strips = found(page(LINES))
    places = [MARGIN_TOP + LEADING * row for row, line in enumerate(LINES) if line]
    assert len(strips) == len(places)
    for strip, place in zip(strips, places, strict=True):
        assert place < strip.curve.middle < place + LEADING
        assert strip.pixels.shape[0] == HIGH
        assert 0 <= strip.pixels.min() <= strip.pixels.max() <= 1


def test_no_line_is_lost_on_a_bad_photocopy() -> None:
    lines = [f"{number}. THE SOVIET DELEGATION STATED THAT" for number in range(1, 50)]
    strips = found(degrade(page(lines), "bad photocopy", seed=5))
    assert len(strips) >= len(lines)


def test_a_crease_between_two_lines_is_no_line_and_takes_none_away() -> None:
    image = page(LINES)
    between = round(MARGIN_TOP + LEADING) - 2
    ImageDraw.Draw(image).line((0, between, image.width, between + 12), fill=0, width=4)
    strips = found(image)
    places = [MARGIN_TOP + LEADING * row for row, line in enumerate(LINES) if line]
    assert len(strips) == len(places)
    for strip, place in zip(strips, places, strict=True):
        assert place < strip.curve.middle < place + LEADING


def test_a_short_line_between_widely_spaced_ones_is_found() -> None:
    long = "THE SOVIET DELEGATION STATED THAT IT WOULD CONSIDER THIS MATTER FURTHER"
    lines = [line for number in range(10) for line in (f"{number}. {long}", "")]
    lines[9:9] = ["BT."]
    assert [len(found(degrade(page(lines), "clean", seed=seed))) for seed in range(6)] == [11] * 6


def test_a_line_is_followed_over_a_page_that_is_not_flat() -> None:
    lines = [f"{number}. THE SOVIET DELEGATION STATED THAT IT WOULD CONSIDER THIS" for number in range(1, 30)]
    flat = np.asarray(page(lines))
    # Both edges of the sheet hang down by eight rows.
    away = (np.arange(flat.shape[1]) / flat.shape[1] * 2 - 1) ** 2
    bent = np.stack([np.roll(column, round(8 * a)) for column, a in zip(flat.T, away, strict=True)], axis=1)
    strips = found(Image.fromarray(bent))
    assert len(strips) == len(lines)
    bends = sorted(strip.curve.bend for strip in strips)
    assert 5 < bends[len(bends) // 2] < 10
    inked = [np.flatnonzero((strip.pixels > 0.5).any(axis=1)) for strip in strips]
    # Letters of eleven rows or so stand level in their strip.
    assert max(rows[-1] - rows[0] for rows in inked) < 24


@given(st.integers(0, 2**32), st.integers(1, 40), st.integers(1, 200))
def test_any_ink_can_be_followed(seed: int, rows: int, columns: int) -> None:
    ink = np.random.default_rng(seed).integers(0, 255, (rows, columns)).astype(np.float32)
    ink[ink < 180] = 0
    bare = without_rules(ink)
    assert ((bare == ink) | (bare == 0)).all()
    curve = Curve(rows / 2, 0.0, 0.0, columns / 2)
    strayed = followed(bare, curve, 20.0)
    assert all(abs(strayed.at(x) - curve.at(x)) < 40 for x in (0, columns))


def test_an_empty_page_has_no_lines() -> None:
    assert found(Image.new("L", (850, 1100), 250)) == []


def test_a_tiny_black_image_does_no_harm() -> None:
    assert len(found(Image.new("L", (3, 2), 0))) <= 1
