"""Several readings or copies of one text side by side: where they agree, and where they differ.

Two witnesses at a time are aligned word by word. Of two engines' readings of one page a first text is chosen
by vote; what lost is kept with each word, and both readings stay beside it. Several copies of one telegram
are read together, with an apparatus of their variants; two texts of one statement are compared word by word.
"""

from septel.witness.aligning import Column, align
from septel.witness.apparatus import (
    Difference,
    Entry,
    Variant,
    apparatus_json,
    apparatus_lines,
    apparatus_tei,
)
from septel.witness.collating import (
    Change,
    Collation,
    collate,
    collation_json,
    collation_lines,
    collation_text,
)
from septel.witness.copies import UNTOLD, Agreed, Consensus, Copy, consensus, told_sure
from septel.witness.copies_finding import Family, find_copies
from septel.witness.copies_voting import voted
from septel.witness.engines import CHOICES, VOTERS, read_with, step_of
from septel.witness.layers import compared
from septel.witness.preferring import Preference
from septel.witness.voting import rivals, vote

__all__ = [
    "CHOICES",
    "UNTOLD",
    "VOTERS",
    "Agreed",
    "Change",
    "Collation",
    "Column",
    "Consensus",
    "Copy",
    "Difference",
    "Entry",
    "Family",
    "Preference",
    "Variant",
    "align",
    "apparatus_json",
    "apparatus_lines",
    "apparatus_tei",
    "collate",
    "collation_json",
    "collation_lines",
    "collation_text",
    "compared",
    "consensus",
    "find_copies",
    "read_with",
    "rivals",
    "step_of",
    "told_sure",
    "vote",
    "voted",
]
