"""What released pages have on them besides type that copying has worn.

Seen on pages that archives gave out as scans of one bit: the back of the sheet in mirror writing, shading of
which a scanner's threshold made dots, rules and printed labels of forms, brackets and rings that a reviewer
drew around names, writing by hand, dirt at the edges. As in `mishaps`, each is crude and of a strength drawn
anew. Page images are grey, dark on white, at 200 dpi.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

Mark = Callable[[Image.Image, np.random.Generator], Image.Image]

LABELS = (
    "CLASSIFIED MESSAGE", "REPRODUCTION PROHIBITED", "FROM", "TO", "INFO", "ACTION", "CITE", "ROUTING",
    "No. of copies", "FORM", "USE PREVIOUS EDITION", "DATE", "FILE NO.", "SUBJECT", "RELEASING OFFICER",
    "COORDINATING OFFICERS", "Copy No.",
)  # fmt: skip
"""What forms have printed on them."""


def as_released(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """The page with one to three of these marks."""
    for at in random.permutation(len(_MARKS))[: int(random.integers(1, 4))]:
        page = _MARKS[int(at)](page, random)
    return page


def show_in_mirror(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """The type of the back, mirrored, thin and broken, between lines or on them, in some part of the page."""
    aside, down = int(random.integers(-80, 80)), int(random.integers(-300, 300))
    back = ImageChops.offset(ImageOps.mirror(page), aside, down)
    if random.random() < 0.6:
        back = back.filter(ImageFilter.MaxFilter(3))
    ink = 255 - np.asarray(back.filter(ImageFilter.GaussianBlur(random.uniform(0.5, 1.5))), np.float32)
    lost = _clouds(ink.shape, int(random.integers(3, 9)), random) > random.uniform(0.35, 0.7)
    where = _clouds(ink.shape, int(random.integers(150, 700)), random) > random.uniform(0.2, 0.6)
    shown = np.where(lost | ~where, 0, ink * random.uniform(0.5, 1.0))
    return ImageChops.darker(page, Image.fromarray((255 - shown).astype(np.uint8)))


def shade_in_dots(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """A grey shadow of which a threshold made dots, denser towards its middle; dust where it is thin."""
    grey = _clouds((page.height, page.width), int(random.integers(60, 500)), random)
    dense = np.clip((grey - random.uniform(0.4, 0.75)) * 2, 0, 1) * random.uniform(0.1, 0.5)
    size = int(random.integers(1, 4))
    fine = random.random((page.height // size + 1, page.width // size + 1))
    large = np.kron(fine, np.ones((size, size)))[: page.height, : page.width]
    dots = Image.fromarray(np.where(large < dense, 0, 255).astype(np.uint8))
    if random.random() < 0.3:
        # Some copiers lose the type where they print a shadow, others keep it white.
        return ImageChops.invert(ImageChops.difference(page, dots))
    return ImageChops.darker(page, dots)


def lay_on_form(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Rules of a form, level and upright, with small printed labels beside them."""
    marked = page.copy()
    draw = ImageDraw.Draw(marked)
    for _ in range(int(random.integers(2, 9))):
        y = int(random.integers(0, page.height))
        left, right = sorted(random.integers(0, page.width, 2).tolist())
        draw.line(
            (left, y, right, y + random.normal(0, 2)),
            fill=int(random.integers(0, 90)),
            width=int(random.integers(1, 5)),
        )
        for _ in range(int(random.integers(0, 4))):
            font = ImageFont.load_default(size=int(random.integers(12, 24)))
            place = (random.uniform(left, right), y + random.choice([3, -24]))
            draw.text(place, str(random.choice(LABELS)), font=font, fill=int(random.integers(0, 90)))
    for _ in range(int(random.integers(0, 5))):
        x = int(random.integers(0, page.width))
        top, foot = sorted(random.integers(0, page.height, 2).tolist())
        draw.line(
            (x, top, x + random.normal(0, 3), foot),
            fill=int(random.integers(0, 90)),
            width=int(random.integers(1, 5)),
        )
    return marked


def pen(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Brackets, rings, ticks and underlines by hand, about as large as words."""
    marked = page.copy()
    draw = ImageDraw.Draw(marked)
    for _ in range(int(random.integers(4, 30))):
        x, y = random.uniform(0, page.width), random.uniform(0, page.height)
        wide, high = random.uniform(40, 330), random.uniform(26, 44)
        ink, thick = int(random.integers(0, 120)), int(random.integers(1, 4))
        kind = int(random.integers(5))
        if kind == 0:
            draw.rounded_rectangle((x, y, x + wide, y + high), radius=high / 2, outline=ink, width=thick)
        elif kind == 1:
            for side, out in ((x, 9), (x + wide, -9)):
                draw.line(
                    ((side + out, y), (side, y + 2), (side, y + high), (side + out, y + high)),
                    fill=ink,
                    width=thick,
                )
        elif kind == 2:
            draw.arc((x, y, x + 18, y + high), 90, 270, fill=ink, width=thick)
            draw.arc((x + wide, y, x + wide + 18, y + high), 270, 90, fill=ink, width=thick)
        elif kind == 3:
            draw.line((x, y, x + wide, y + random.normal(0, 4)), fill=ink, width=thick)
        else:
            draw.line(((x, y), (x + 8, y + 14), (x + 30, y - 26)), fill=ink, width=thick)
    return marked


def scribble(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Words by hand, over lines, between them and in the margins."""
    marked = page.copy()
    draw = ImageDraw.Draw(marked)
    for _ in range(int(random.integers(1, 9))):
        x, y = random.uniform(0, page.width - 200), random.uniform(20, page.height - 20)
        high, turns = random.uniform(9, 40), int(random.integers(6, 60))
        along = np.cumsum(random.uniform(1, 9, turns))
        points = [(x + dx, y + high * float(random.normal(0, 0.5))) for dx in along]
        draw.line(points, fill=int(random.integers(0, 110)), width=int(random.integers(1, 4)), joint="curve")
    return marked


def soil_edges(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Black bars, ragged edges and punched holes that a copier's lid leaves at the margins."""
    marked = page.copy()
    draw = ImageDraw.Draw(marked)
    for _ in range(int(random.integers(1, 4))):
        wide = random.uniform(3, 60)
        x = random.choice([0.0, page.width - wide, random.uniform(0, page.width * 0.12)])
        top, foot = sorted(random.uniform(0, page.height, 2))
        draw.rectangle((x, top, x + wide, foot), fill=int(random.integers(0, 70)))
    for _ in range(int(random.integers(0, 40))):
        x, y = random.exponential(60), random.uniform(0, page.height)
        x = x if random.random() < 0.5 else page.width - x
        size = random.uniform(1, 9)
        draw.ellipse((x - size, y - size, x + size, y + size), fill=int(random.integers(0, 90)))
    return marked


_MARKS: tuple[Mark, ...] = (show_in_mirror, shade_in_dots, lay_on_form, pen, scribble, soil_edges)


def _clouds(shape: tuple[int, ...], size: int, random: np.random.Generator) -> np.ndarray:
    rows, columns = shape[0] // size + 2, shape[1] // size + 2
    small = Image.fromarray((random.random((rows, columns)) * 255).astype(np.uint8))
    return np.asarray(small.resize((shape[1], shape[0]), Image.Resampling.BICUBIC), np.float32) / 255
