"""Several readings or copies of one text side by side: where they agree, and where they differ.

So far two witnesses at a time are aligned, word by word. Nothing is chosen here: a choice between witnesses
is an edit with a reason and belongs to restoration.
"""

from septel.witness.aligning import Column, align
from septel.witness.layers import compared

__all__ = ["Column", "align", "compared"]
