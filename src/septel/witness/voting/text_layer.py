"""A document's reading held against the text layer that its file brought along."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from septel.capture import UNREAD, Capture, LayerAgreement
from septel.witness.alignment import align


def compared(capture: Capture) -> Capture:
    """The capture with each page's agreement with its text layer; the layer itself stays as it is.

    Pages without a layer have none. Nothing is chosen here and nothing mixed: the layer is one witness and
    the reading another.
    """
    if not capture.layers:
        return capture
    agreements = dict[int, LayerAgreement]()
    for layer in capture.layers:
        if len(layer.pages) != len(capture.source.pages):
            continue
        counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
        for column in align(capture.source, layer):
            if column.first is not None:
                number = capture.source.page_at(column.first.start)
            else:
                assert column.second is not None
                number = layer.page_at(column.second.start)
            count = counts[number]
            count[0] += _words(column.first.of(capture.source.text)) if column.first else 0
            count[1] += len(column.second.of(layer.text).split()) if column.second else 0
            count[2] += column.agrees
        for number, span in enumerate(layer.pages, 1):
            if len(span):
                reading, words, alike = counts[number]
                agreements[number] = LayerAgreement(reading=reading, layer=words, alike=alike)
    numbers = [account.number for account in capture.accounts]
    places = {number: at for at, number in enumerate(numbers, 1)}
    pages = tuple(
        replace(page, agreement=agreements.get(places.get(page.number, 0), page.agreement))
        for page in capture.pages
    )
    return replace(capture, pages=pages)


def _words(text: str) -> int:
    """How many words were read in a stretch."""
    return sum(UNREAD not in word for word in text.split())
