"""What happened to a page besides copying: stamps, excisions, handwriting, faded ink, fax lines, punch holes.

Stamp and excise before wearing a page (`degrade`), since the copies show them too; fax lines and fading may
come at any time.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from septel.synthesis.typescript import DPI, LEADING, MARGIN_LEFT, MARGIN_TOP, PITCH, face_of

BoxOf = tuple[int, int, int, int]


def place_of(row: int, first: int, last: int) -> BoxOf:
    """The pixels (left, top, right, bottom) that columns `first` to `last` of a typed row take, from zero."""
    top = MARGIN_TOP + row * LEADING
    left, right = MARGIN_LEFT + first * PITCH, MARGIN_LEFT + (last + 1) * PITCH
    return round(left), round(top), round(right), round(top + LEADING)


def excise(image: Image.Image, box: BoxOf, *, manner: str = "black", authority: str = "") -> Image.Image:
    """The page with a stretch taken out as reviewers did: blacked out, or whited out between brackets.

    Args:
        image: the page.
        box: what is taken out, in pixels (`place_of` gives it for typed text).
        manner: `black` or `white`.
        authority: the ground written into a white one, such as `(b)(1)`.

    Raises:
        ValueError: there is no such manner.
    """
    page = image.convert("L").copy()
    draw = ImageDraw.Draw(page)
    left, top, right, bottom = box
    if manner == "black":
        draw.rectangle((left, top, right - 1, bottom - 1), fill=8)
    elif manner == "white":
        draw.rectangle((left, top, right - 1, bottom - 1), fill=255)
        arm = max(4, round(PITCH / 3))
        for x, way in ((left, 1), (right - 1, -1)):
            draw.line(
                [(x + way * arm, top), (x, top), (x, bottom - 1), (x + way * arm, bottom - 1)],
                fill=20,
                width=2,
            )
        if authority:
            draw.text(
                (left + 2 * arm, top + 4), authority, font=face_of("special-elite", round(DPI / 9)), fill=40
            )
    else:
        raise ValueError(f"an excision is black or white, not {manner!r}")
    return page


def stamp(
    image: Image.Image,
    lines: str,
    *,
    middle: tuple[float, float] = (0.5, 0.93),
    seed: int = 0,
    framed: bool = True,
) -> Image.Image:
    """The page under a rubber stamp: a little crooked, unevenly inked, most often framed.

    Args:
        image: the page.
        lines: the words of the stamp; line feeds part its lines.
        middle: where it falls, in shares of the page's width and height.
        seed: the same seed gives the same stamp.
        framed: whether it has a frame.
    """
    random = np.random.default_rng(seed)
    font = face_of("special-elite", round(DPI / 5))
    ruler = ImageDraw.Draw(Image.new("L", (1, 1)))
    left, top, right, bottom = ruler.multiline_textbbox((0, 0), lines, font=font, align="center")
    margin = DPI // 10
    size = (round(right - left) + 4 * margin, round(bottom - top) + 4 * margin)
    rubber = Image.new("L", size, 255)
    draw = ImageDraw.Draw(rubber)
    if framed:
        draw.rectangle((margin, margin, size[0] - margin, size[1] - margin), outline=0, width=3)
    draw.multiline_text((2 * margin - left, 2 * margin - top), lines, font=font, fill=0, align="center")
    cells = (size[1] // 12 + 2, size[0] // 12 + 2)
    uneven = Image.fromarray((random.random(cells) * 255).astype(np.uint8))
    ink = np.asarray(uneven.resize(size, Image.Resampling.BICUBIC), np.float32) / 255
    shades = np.asarray(rubber, np.float32)
    faint = 255 - (255 - shades) * np.clip(0.35 + 0.9 * ink, 0, 1)
    turned = Image.fromarray(faint.astype(np.uint8)).rotate(
        random.uniform(-5, 5), resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255
    )
    layer = Image.new("L", image.size, 255)
    at = (
        round(middle[0] * image.width - turned.width / 2),
        round(middle[1] * image.height - turned.height / 2),
    )
    layer.paste(turned, at)
    return ImageChops.multiply(image.convert("L"), layer)


def scrawl(image: Image.Image, box: BoxOf, *, seed: int = 0) -> Image.Image:
    """The page with a few words in a running hand.

    Strokes go up and down and back over themselves as a hand does, thin, of uneven pressure; some rise high,
    some hang low, and a word may be underlined.

    Args:
        image: the page.
        box: about where the writing goes, in pixels.
        seed: the same seed gives the same hand.
    """
    random = np.random.default_rng(seed)
    page = image.convert("L").copy()
    draw = ImageDraw.Draw(page)
    left, top, right, bottom = box
    small = (bottom - top) * 0.28
    line = top + (bottom - top) * random.uniform(0.6, 0.7)
    at = float(left)
    slant, climb = random.uniform(0.2, 0.6), random.uniform(-0.06, 0.04)
    while at < right - 3 * small:
        begin, points = at, [(at, line)]
        for _ in range(int(random.integers(4, 9))):
            rise = small * (random.uniform(2.0, 2.6) if random.random() < 0.25 else random.uniform(0.7, 1.2))
            fall = small * random.uniform(0.8, 1.4) if random.random() < 0.15 else 0.0
            wide = small * random.uniform(0.5, 1.0)
            for turn in np.linspace(0, 2 * np.pi, 12):
                height = rise * (1 - np.cos(turn)) / 2 - fall * max(0.0, -np.sin(turn))
                across = at + wide * turn / (2 * np.pi) + 0.45 * wide * np.sin(turn) + slant * height
                points.append((across, line - height + climb * (across - left)))
            at += wide
        for start, end in pairwise(points):
            draw.line((*start, *end), fill=int(random.integers(25, 75)), width=int(random.integers(3, 5)))
        if random.random() < 0.3:
            under = line + small * 0.7
            draw.line((begin, under, at, under + climb * (at - begin)), fill=50, width=3)
        at += small * random.uniform(0.8, 1.4)
    return page


def fade(image: Image.Image, *, depth: float = 0.7, seed: int = 0) -> Image.Image:
    """The page with one region gone pale, as where a ribbon ran dry or a copier's lamp was weak.

    Args:
        image: the page.
        depth: how much of the ink is gone at the worst place, from zero to one.
        seed: the same seed gives the same region.
    """
    random = np.random.default_rng(seed)
    page = np.asarray(image.convert("L"), np.float32)
    rows, columns = page.shape
    down = (np.arange(rows) / rows - random.uniform(0.2, 0.8)) / random.uniform(0.08, 0.25)
    across = (np.arange(columns) / columns - random.uniform(0.2, 0.8)) / random.uniform(0.15, 0.45)
    lost = depth * np.exp(-(np.square(down)[:, None] + np.square(across)[None, :]))
    return Image.fromarray((255 - (255 - page) * (1 - lost)).astype(np.uint8))


def fax_lines(image: Image.Image, *, count: int = 6, seed: int = 0) -> Image.Image:
    """The page with scan lines of a telecopier lost: white, black, or the row above once more."""
    random = np.random.default_rng(seed)
    page = np.asarray(image.convert("L")).copy()
    rows, columns = page.shape
    for _ in range(count):
        row, height = int(random.integers(4, rows - 4)), int(random.integers(1, 4))
        kind = random.random()
        begin = 0 if random.random() < 0.5 else int(random.integers(0, columns))
        if kind < 0.45:
            page[row : row + height, begin:] = 255
        elif kind < 0.6:
            page[row, begin:] = 20
        else:
            page[row : row + height, begin:] = page[row - 1, begin:]
    return Image.fromarray(page)


def punch(image: Image.Image) -> Image.Image:
    """The page with two holes at its head, which scanners show black."""
    page = image.convert("L").copy()
    draw = ImageDraw.Draw(page)
    for share in (0.5 - 2.75 / 2 / 8.5, 0.5 + 2.75 / 2 / 8.5):
        x, y, radius = share * page.width, 0.35 * DPI, 0.13 * DPI
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=15)
    return page
