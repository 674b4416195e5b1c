"""Several readings or copies of one text side by side: where they agree, and where they differ.

Two witnesses at a time are aligned word by word. Of two engines' readings of one page a first text is chosen
by vote; what lost is kept with each word, and both readings stay beside it.
"""

from septel.witness.aligning import Column, align
from septel.witness.engines import CHOICES, read_with
from septel.witness.layers import compared
from septel.witness.voting import vote

__all__ = ["CHOICES", "Column", "align", "compared", "read_with", "vote"]
