"""Measures what each step of preparing a page does to Tesseract's errors: the table of docs/decisions/0005.

Five pages of the shipped sample's text in two type faces, worn at four levels; ten minutes on one core.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from rapidfuzz.distance import Levenshtein

from septel.capture import TesserocrEngine
from septel.capture.engines.preparation import TALL, even, skew
from septel.synthesis.typescript import FACES, print_pages
from septel.synthesis.wear import LEVELS, degrade

# Name: scale, straighten, even out, blur, page mode, capitals only.
VARIANTS: dict[str, tuple[bool, bool, bool, float, int, bool]] = {
    "as it is, mode 6": (False, False, False, 0, 6, False),
    "as it is, mode 4": (False, False, False, 0, 4, False),
    "scaled": (True, False, False, 0, 4, False),
    "scaled, straight": (True, True, False, 0, 4, False),
    "scaled, straight, even": (True, True, True, 0, 4, False),
    "the same, blur 1.0 (shipped)": (True, True, True, 1.0, 4, False),
    "the same, blur 1.5": (True, True, True, 1.5, 4, False),
    "the same, blur 2.0": (True, True, True, 2.0, 4, False),
    "blur 1.0, not even": (True, True, False, 1.0, 4, False),
    "blur 1.5, capitals only": (True, True, True, 1.5, 4, True),
}


def prepared(page: Image.Image, *, scale: bool, straight: bool, level: bool, blur: float) -> Image.Image:
    if scale:
        by = TALL / max(page.size)
        page = page.resize((round(page.width * by), round(page.height * by)), Image.Resampling.LANCZOS)
    if straight:
        page = page.rotate(skew(page), resample=Image.Resampling.BICUBIC, fillcolor=250)
    if level:
        page = even(page)
    return page.filter(ImageFilter.GaussianBlur(blur)) if blur else page


def rates(truth: str, read: str) -> tuple[float, float]:
    one, other = truth.split(), read.split()
    letters = Levenshtein.distance(" ".join(one), " ".join(other)) / len(" ".join(one))
    return 100 * letters, 100 * Levenshtein.distance(one, other) / len(one)


def main() -> None:
    texts = Path("sample/telegram.truth.txt").read_text(encoding="utf-8").split("\f")
    typed = [(FACES[0], number, texts[number]) for number in range(3)]
    typed += [(FACES[1], number, texts[number]) for number in range(2)]
    print("CER / WER".ljust(30), *(name.rjust(13) for name in LEVELS))
    for name, (scale, straight, level, blur, mode, capitals) in VARIANTS.items():
        engine = TesserocrEngine(mode=mode, prepared=False, capitals=capitals)
        cells = []
        for wear in LEVELS:
            found = []
            for face, number, text in typed:
                seed = 100 + number
                page = degrade(next(iter(print_pages(text, face=face, seed=seed))), wear, seed=seed * 7)
                ready = prepared(page, scale=scale, straight=straight, level=level, blur=blur)
                read = "\n".join(" ".join(word.text for word in line) for line in engine.read(ready))
                found.append(rates(text, read))
            cells.append("{:5.1f} / {:5.1f}".format(*np.mean(found, axis=0)))
        print(name.ljust(30), *cells, flush=True)


if __name__ == "__main__":
    main()
