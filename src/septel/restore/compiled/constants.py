"""Numbers that the inner loops and what prepares their arrays must agree on."""

from __future__ import annotations

import numpy as np

SPACE = 1
SIZE = 64
"""Codes fit into six bits."""

OTHER_WORD, NUMBER = 0, 1
"""The words that stand for all that are not in the vocabulary, and for figures."""
FIRST = 2
"""The number of the vocabulary's first word."""
BITS = 17
PRIME = np.uint64(1099511628211)
"""Of the hash of a word's letters (Fowler, Noll and Vo)."""
MOST = 6.0
"""The score of a word in its company lies between minus and plus this."""

MAX_SEGMENT = 4
"""Seen characters that one true character may have become."""
JUNK = 255
"""The code of an arc that skips a seen character."""
PINNED = np.float32(-29.5)
"""Below this cost of being junk a place is pinned: read as it stands, with nothing missing inside."""
ROWS = MAX_SEGMENT + 1
SLOTS = 1 << 13
PENDING = 1 << 15

MOST_CANDIDATES = 4096
"""Ways into one node that are looked at."""
FIGURES = np.uint64(1)
"""Stands in place of the hash while only figures have been read."""
