"""The time that results are stamped with.

Two runs over the same papers differ in nothing but their stamps. Where the same bytes are wanted from both,
`SOURCE_DATE_EPOCH` (https://reproducible-builds.org/specs/source-date-epoch/) sets the time of all stamps, in
seconds since 1970; the ledger alone keeps the true time.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from septel.errors import UsageError

VARIABLE = "SOURCE_DATE_EPOCH"


def stamp() -> datetime:
    """The time to stamp a result with.

    Raises:
        UsageError: `SOURCE_DATE_EPOCH` is set to something that is no time.
    """
    set_to = os.environ.get(VARIABLE)
    if not set_to:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(set_to), UTC)
    except (ValueError, OverflowError, OSError) as why:
        remedy = "Give seconds since 1970, as 1700000000, or unset it."
        raise UsageError(f"{VARIABLE} is no time: {set_to!r}", remedy=remedy) from why
