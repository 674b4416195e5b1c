"""A searchable PDF: the pages as they were scanned, and on them the restored text at the words' boxes.

Pages of a PDF stay as they are, in their own compression and colours; the invisible text that an earlier
engine left on them is taken off the copy (the original and its layer stay in the archive), so that a search
finds one text and not two. Page images become pages of their own size. The text is invisible, selectable,
and in reading order; what is unreadable stands as `[…4]`, and nothing else is claimed. Pages that were made
by a program keep their own printed text. A page that could not be read keeps what it had.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from septel.archive import Holding
from septel.capture import IMAGES
from septel.errors import UsageError
from septel.export.protocol import LossNote, Originals


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchablePdf:
    """One PDF with every page of the originals.

    Attributes:
        originals: where the page images are to be found; without them there is no PDF.
    """

    originals: Originals | None = None
    name: str = "pdf"
    ending: str = ".pdf"
    media_type: str = "application/pdf"
    losses: tuple[LossNote, ...] = (
        LossNote(what="how sure each reading is, and what else it may be", where="hocr, alto, json, tei"),
        LossNote(what="the source's own characters and the reasons of the changes", where="json, tei"),
        LossNote(what="restored readings of pages that a program made", where="text, json, tei"),
    )

    def write(self, holding: Holding) -> bytes:
        """The holding as a PDF.

        Raises:
            UsageError: it has no page images.
            NotHeld: an original is not in the archive.
            InputError: an original can't be opened any more.
        """
        pictures = [o for o in holding.originals if Path(o.name).suffix.lower() in (*IMAGES, ".pdf")]
        if not pictures or self.originals is None:
            raise UsageError(
                "there are no page images, so there is no PDF of them",
                where=holding.title,
                remedy="Export it as text, TEI, hOCR or ALTO.",
            )
        # Loaded only when a PDF is asked for.
        from septel.export.pages.overlay import searchable

        files = [(original.name, self.originals(original.digest)) for original in pictures]
        return searchable(holding, files)
