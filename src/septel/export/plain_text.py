"""Text: the reading to read, with its doubts marked or without.

Marks: a doubtful word is followed by `[?]`; an unreadable place stands as `[...n]`, where n is how many
characters seem to be there. Page breaks are form feeds.
"""

from __future__ import annotations

from dataclasses import dataclass

from septel.archive import Holding
from septel.export.protocol import LossNote
from septel.text import Edit, Ground

_LOST = (
    LossNote(what="the source's own characters and the reasons of the changes", where="json, tei"),
    LossNote(what="how sure each reading is, and what else it may be", where="json, tei"),
)
_SURE = 0.91
"""The restorer's own threshold; `septel.restore` is not loaded for it, and a test holds it."""


def doubtful(edit: Edit, sure: float = _SURE) -> bool:
    """Whether an edit's reading should be shown as doubtful: a person's and a hint's are not."""
    if edit.unreadable or edit.reason.ground in (Ground.DECISION, Ground.HINT):
        return False
    return edit.confidence is not None and edit.confidence.probability < sure


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
        at = 0
        # The pages of its file that stand before a paper are not its own.
        paper = holding.telegram.get("paper")
        breaks = [page.end for page in source.pages[:-1] if page.end or not paper]
        for edit in reading.edits:
            at = self._plain(out, source.text, at, edit.span.start, breaks)
            out.append(self._shown(edit))
            at = edit.span.end
        self._plain(out, source.text, at, len(source.text), breaks)
        return "".join(out).encode()

    def _shown(self, edit: Edit) -> str:
        if edit.unreadable:
            return f"[...{edit.extent or ''}]"
        if self.marked and doubtful(edit) and edit.after.strip():
            return f"{edit.after}[?]"
        return edit.after

    @staticmethod
    def _plain(out: list[str], text: str, start: int, end: int, breaks: list[int]) -> int:
        while breaks and breaks[0] <= end:
            cut = max(breaks.pop(0), start)
            out += (text[start:cut], "\f")
            start = cut
        out.append(text[start:end])
        return end
