"""Text: the reading to read, with its doubts marked or without.

Marks: `[?]` follows what is doubtful; an unreadable place stands as `[…n]`, where n is how many characters
seem to be there (`septel.text.doubt`). Page breaks are form feeds.
"""

from __future__ import annotations

from dataclasses import dataclass

from septel.archive import Holding
from septel.export.protocol import LossNote
from septel.text import stretches

_LOST = (
    LossNote(what="the source's own characters and the reasons of the changes", where="json, tei"),
    LossNote(what="how sure each reading is, and what else it may be", where="json, tei"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """UTF-8 text with form feeds between pages."""

    marked: bool
    ending: str = ".txt"
    media_type: str = "text/plain; charset=utf-8"
    losses: tuple[LossNote, ...] = _LOST

    @property
    def name(self) -> str:
        """`text` marks doubts, `plain` does not."""
        return "text" if self.marked else "plain"

    def write(self, holding: Holding) -> bytes:
        """The reading, page by page."""
        reading, source = holding.reading, holding.source
        out: list[str] = []
        # The pages of its file that stand before a paper are not its own.
        paper = holding.telegram.get("paper")
        breaks = [page.end for page in source.pages[:-1] if page.end or not paper]
        for one in stretches(reading):
            if one.edit is None:
                self._plain(out, source.text, one.span.start, one.span.end, breaks)
                continue
            self._plain(out, source.text, one.span.start, one.span.start, breaks)
            out.append(one.shown if self.marked or one.edit.unreadable else one.text)
        self._plain(out, source.text, len(source.text), len(source.text), breaks)
        return "".join(out).encode()

    @staticmethod
    def _plain(out: list[str], text: str, start: int, end: int, breaks: list[int]) -> None:
        """A stretch that stands as it came, with the page breaks in it."""
        while breaks and breaks[0] <= end:
            cut = max(breaks.pop(0), start)
            out += (text[start:cut], "\f")
            start = cut
        out.append(text[start:end])
