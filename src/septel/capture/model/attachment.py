"""A file within a PDF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file within a PDF: its name, without any folder, and its bytes; or why it can't be taken out."""

    name: str
    data: bytes
    fault: str = ""
