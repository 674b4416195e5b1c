"""Plots as PNG, for slides and word processors: drawn from the same SVG by resvg."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files

from septel.errors import MissingPart

SCALE = 2
"""Pixels for each unit of a plot."""
_EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{}</svg>'
_LETTER = '<text x="2" y="16" font-family="Georgia, serif" font-size="16">M</text>'


def png_of(svg: str, *, faces: bool = True) -> bytes:
    """A plot as PNG on white, twice as fine as a screen's.

    Text is set in a serif face of the machine, or in Courier Prime where it has none.

    Args:
        svg: the plot.
        faces: whether the machine's own faces are looked for.

    Raises:
        MissingPart: the library that draws is not installed.
    """
    return _drawn(svg, faces=faces, own=not _has_serif(faces=faces))


@lru_cache(maxsize=2)
def _has_serif(*, faces: bool) -> bool:
    """Whether a letter of the plots' face leaves any trace."""
    blank, letter = (_drawn(_EMPTY.format(one), faces=faces, own=False) for one in ("", _LETTER))
    return blank != letter


def _drawn(svg: str, *, faces: bool, own: bool) -> bytes:
    try:
        import resvg_py
    except ImportError as why:
        raise MissingPart(
            "drawing PNG needs the package resvg-py", remedy="Install it with `pip install resvg-py`."
        ) from why
    with as_file(files("septel.synthesis") / "faces" / "courier-prime.ttf") as face:
        drawn = resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=SCALE,
            background="#ffffff",
            skip_system_fonts=not faces,
            font_files=[str(face)] if own else None,
            serif_family="Courier Prime" if own else None,
        )
    return bytes(drawn)
