"""Dated knowledge as data: posts, captions, classifications, series, offices, TAGS, months, signers."""

from septel.lexicon.entries import (
    Caption,
    Chief,
    Classification,
    Month,
    Near,
    Office,
    Post,
    Precedence,
    Series,
    Tag,
)
from septel.lexicon.folding import Folded, figure_like, fold, letters, numerals, shapes
from septel.lexicon.lexicon import Lexicon

__all__ = [
    "Caption",
    "Chief",
    "Classification",
    "Folded",
    "Lexicon",
    "Month",
    "Near",
    "Office",
    "Post",
    "Precedence",
    "Series",
    "Tag",
    "figure_like",
    "fold",
    "letters",
    "numerals",
    "shapes",
]
