"""Puts a telegram together from its parts: sections and pages, shuffled, in several files, lost, twice."""

from septel.telegram.assembly.assembled import Assembly, Missing, Part, Witness
from septel.telegram.assembly.joining import assemble
from septel.telegram.assembly.pieces import Piece, pieces_of

__all__ = ["Assembly", "Missing", "Part", "Piece", "Witness", "assemble", "pieces_of"]
