"""Plots as PNG, for slides and word processors: drawn from the same SVG by resvg."""

from __future__ import annotations

from importlib.resources import as_file, files

from septel.errors import MissingPart

SCALE = 2
"""Pixels for each unit of a plot."""


def png_of(svg: str) -> bytes:
    """A plot as PNG on white, twice as fine as a screen's.

    Text is set in a serif face of the machine, or in Courier Prime where it has none.

    Raises:
        MissingPart: the library that draws is not installed.
    """
    try:
        import resvg_py
    except ImportError as why:
        raise MissingPart(
            "drawing PNG needs the package resvg-py", remedy="Install it with `pip install resvg-py`."
        ) from why
    with as_file(files("septel.synthesis") / "faces" / "courier-prime.ttf") as face:
        drawn = resvg_py.svg_to_bytes(
            svg_string=svg, zoom=SCALE, background="#ffffff", font_files=[str(face)], font_family="Georgia"
        )
    return bytes(drawn)
