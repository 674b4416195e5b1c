"""How large an input may be before it is refused; each limit can be raised on purpose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits that keep a hostile or broken file from exhausting a machine.

    Attributes:
        file_bytes: the largest file that is opened.
        image_pixels: the largest page image; a letter page at 600 dpi has 34 million pixels.
        pages: the most pages of one document.
        page_seconds: how long an engine may work on a page.
        engine_bytes: how much memory an engine's process may take.
    """

    file_bytes: int = 2_000_000_000
    image_pixels: int = 120_000_000
    pages: int = 20_000
    page_seconds: float = 120.0
    engine_bytes: int = 4_000_000_000
