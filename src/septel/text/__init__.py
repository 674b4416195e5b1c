"""The floor that all rooms stand on: source text as evidence, and readings of it as invertible edits."""

from septel.text.anchoring import Anchoring, Conflict, ConflictKind, Legible, reanchor, relocate
from septel.text.edit import Alternative, Confidence, Edit, Ground, Reason
from septel.text.log import EditLog, Entry
from septel.text.offsets import OffsetMap
from septel.text.reading import Reading
from septel.text.source import Source, Step, digest_of
from septel.text.span import Locus, Span

__all__ = [
    "Alternative",
    "Anchoring",
    "Confidence",
    "Conflict",
    "ConflictKind",
    "Edit",
    "EditLog",
    "Entry",
    "Ground",
    "Legible",
    "Locus",
    "OffsetMap",
    "Reading",
    "Reason",
    "Source",
    "Span",
    "Step",
    "digest_of",
    "reanchor",
    "relocate",
]
