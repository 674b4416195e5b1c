"""How steep lines fall and where they lie, found in few steps: the same as column by column."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from septel.capture.engines.preparation import skew
from septel.capture.engines.typed.baseline import Curve, followed
from septel.capture.engines.typed.lines import strips_on


def page(degrees: float, size: tuple[int, int] = (1700, 2200)) -> Image.Image:
    """A page of lines of type at 200 dpi that lies crooked."""
    out = Image.new("L", size, 255)
    pen, face = ImageDraw.Draw(out), ImageFont.load_default(24)
    for row in range(200, size[1] - 200, 66):
        pen.text((200, row), "REQUEST TRACES AND ADVISE STATION OF RESULTS SOONEST", font=face, fill=0)
    return out.rotate(degrees, fillcolor=255, resample=Image.Resampling.BICUBIC)


@pytest.mark.parametrize("size", [(1700, 2200), (1699, 2199)])
@pytest.mark.parametrize("degrees", [-3.2, -0.5, 0.0, 1.4])
def test_a_crooked_page_is_found_to_be_as_crooked(degrees: float, size: tuple[int, int]) -> None:
    assert skew(page(degrees, size)) == pytest.approx(-degrees, abs=0.15)


@pytest.mark.parametrize("degrees", [0.0, 0.25])
def test_every_line_is_found_where_it_is(degrees: float) -> None:
    strips = strips_on(page(degrees))
    assert len(strips) == 28
    apart = np.diff([strip.curve.middle for strip in strips])
    assert np.abs(apart - 66).max() < 2
    slope = -np.tan(np.radians(degrees))
    assert all(abs(strip.curve.slope - slope) < 0.002 for strip in strips)


@pytest.mark.parametrize("middle", [-400.0, -5.0, 2.0, 2198.0, 9000.0])
def test_a_line_at_the_edge_of_the_page_or_beside_it_is_followed_without_harm(middle: float) -> None:
    ink = 255.0 - np.asarray(page(0.0), np.float32)
    curve = followed(ink, Curve(middle, 0.0, 0.0, 850.0), 33.0)
    assert abs(curve.middle - middle) < 40


@pytest.mark.parametrize("degrees", [-2.0, 1.2])
def test_the_level_edge_of_a_scan_does_not_hide_that_its_sheet_is_crooked(degrees: float) -> None:
    image = page(degrees, (1700, 2200))
    edged = image.copy()
    edged.paste(0, (0, 2180, 1700, 2192))
    edged.paste(0, (150, 40, 1500, 44))
    assert skew(edged) == pytest.approx(-degrees, abs=0.3)
    level = page(0.0, (1700, 2200))
    level.paste(0, (0, 2180, 1700, 2192))
    assert skew(level) == 0.0
