"""Our own engine: a small network that reads lines of type of one pitch.

Tesseract and its like learnt from print. A teletype's letters stand in even cells, and worn copies break them
in ways of their own; a network that saw nothing else reads them better and faster.
"""

from septel.capture.typed.engine import TypedEngine
from septel.capture.typed.reading import Reader, reader

__all__ = ["Reader", "TypedEngine", "reader"]
