"""Sets of documents whose true text is known, read from the shared folder by name.

| name | what | scored |
|---|---|---|
| `seed` | the real telegram of 1969, restored whole | its lines that have truth and `score` true |
| `noisy` | pages of cables 1962-74 as Tesseract read them | lines of the second reading without `[?]` |
| `aad` | clean telegrams of 1974-79 as the archives released them | the message; it is its own truth |
| `aad-bodies` | bodies of other clean telegrams, a paragraph a line | the same |
| `frus` | clean documents that are held out of all models | every line; the source is its own truth |
| `jfk` | real pages as Tesseract 4.1 read them, fold 0 | whole lines that two readings share; agreed words |
| `apollo8`, `gemini4` | air-to-ground typescript of 1968 and 1965 | whole documents |
| `overproof-d3` | newspapers, with overProof's published output | whole documents |
| `synthetic:FOLDER` | pairs `NAME.ocr.txt`, `NAME.truth.txt` of a folder | whole documents |
| `synthetic:LEVEL` | our own worn pages, levels 1 to 4 (`septel.measure.truth.worn_pages`) | whole pages |
| `synthetic:LEVEL@ENGINE` | the same read by another engine, or by `both` with a vote | whole pages |

A *document* is restored as one. A *unit* is what is drawn in the bootstrap and preferred in the HIPE
preference
score: the document, or the line where a set is one document. A *passage* is what is aligned: some lines of
the source and their truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from septel.capture import Capture
from septel.text import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthPassage:
    """Lines `first` to `last` of a source, counted from one, both included, and what they really say."""

    first: int
    last: int
    truth: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredUnit:
    """What is drawn in the bootstrap, with the passages that are scored in it."""

    id: str
    passages: tuple[TruthPassage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthDocument:
    """A document to restore, with truth for some or all of it.

    Attributes:
        id: what the set calls it.
        source: what a corrector is given, and all that it is given.
        units: the truth.
        published: what others made of it, by the name of the system: their lines, one per source line.
        captured: the source as engines read it, with what they told of it; None where it came as text.
        agreed: words that two independent readings of the page have, where there are some.
    """

    id: str
    source: Source
    units: tuple[ScoredUnit, ...]
    published: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    captured: Capture | None = None
    agreed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthSet:
    """Documents with truth.

    Attributes:
        name: as asked for.
        profile: whose noise it is.
        unit: what the bootstrap draws: `document` or `line`.
        clean: whether the source is the truth, so that every change is harm.
        documents: in a fixed order.
        telegrams: whether these are telegrams, the text that Septel is made for.
    """

    name: str
    profile: str
    unit: str
    clean: bool
    documents: tuple[TruthDocument, ...]
    telegrams: bool = False


SYNTHETIC = "synthetic:"
