"""A change that a guess proposes, for tests that look at one thing of it."""

from __future__ import annotations

from dataclasses import replace

from septel.restore.confidence import ProposedChange
from septel.restore.tokens import TokenClass


def proposed(**changed: object) -> ProposedChange:
    """BEEN in place of BFEN, with other fields as they are given."""
    plain = ProposedChange(
        guess="BEEN",
        before="BFEN",
        posterior=0.9,
        standing=0.01,
        known=12,
        known_before=None,
        look=TokenClass.PLAIN,
        rate=0.05,
        document=0.05,
        mixed=False,
        repeated=False,
        first=False,
        last=False,
    )
    return replace(plain, **changed)  # type: ignore[arg-type]  # a test names any field
