"""What is on a page besides its text, as layouts tell of it: ALTO, hOCR and PAGE have it alike."""

from __future__ import annotations

from collections.abc import Sequence

from septel.capture import Box, Page, Region, RegionKind

TEXT = (RegionKind.BANNER, RegionKind.NOTICE, RegionKind.PRINT)
"""Kinds of regions that are lines of the page's text."""


def beside_text(page: Page) -> list[tuple[str, Region]]:
    """The regions that are no lines of text, each with an id that no other page has."""
    found = [one for one in page.regions if one.kind not in TEXT]
    return [(f"region_{page.number}_{number}", one) for number, one in enumerate(found, 1)]


def of_text(page: Page) -> list[Region]:
    """The regions whose lines are banners, notices or print."""
    return [one for one in page.regions if one.kind in TEXT]


def kind_of(box: Box | None, regions: Sequence[Region]) -> RegionKind | None:
    """What kind of text a line is by the first region that covers it; None for plain text."""
    if box is None:
        return None
    return next((one.kind for one in regions if _covers(one.box, box)), None)


def _covers(outer: Box, inner: Box) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
    )
