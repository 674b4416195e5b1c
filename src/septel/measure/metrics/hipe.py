"""The measures of the HIPE-OCRepair 2026 shared task, so that our figures stand beside published ones.

Written after the task's scorer (github.com/hipe-eval/HIPE-OCRepair-scorer, `ocrepair_eval.py`) and the
README of github.com/hipe-eval/HIPE-OCRepair-2026-eval:

- both texts are normalised (`normalise`), so case and punctuation do not count;
- cMER of a unit is (S+D+I) / (H+S+D+I) over characters; the micro figure sums the counts of all units first;
- the preference of a unit is the sign of its improvement: 1 when the output's cMER is lower than the
  source's, -1 when it is higher, 0 when both are equal; the preference score is the mean over units.
"""

from __future__ import annotations

import re

from septel.measure.metrics.alignment import EditCounts, count

# The scorer spells these out before it compares; they are spellings of the same letters.
SPELLED_OUT = (
    ("ß", "ss"),
    ("\N{LATIN SMALL LETTER R ROTUNDA}", "r"),
    ("œ", "oe"),
    ("æ", "ae"),
    ("a\N{COMBINING LATIN SMALL LETTER E}", "ä"),
    ("o\N{COMBINING LATIN SMALL LETTER E}", "ö"),
    ("u\N{COMBINING LATIN SMALL LETTER E}", "ü"),
    ("¬\n", ""),
)
NOT_WORD = re.compile(r"[\W_]+")


def normalise(text: str) -> str:
    """Lower case, letters and digits only, single spaces between words, nothing at the ends."""
    text = text.lower()
    for old, new in SPELLED_OUT:
        text = text.replace(old, new)
    return NOT_WORD.sub(" ", text).strip()


def character_counts(truth: str, output: str) -> EditCounts:
    """Hits and edits between the normalised texts, by character."""
    return count(normalise(truth), normalise(output))


def preference(source: EditCounts, output: EditCounts) -> int:
    """1 when the output is nearer to the truth than the source was, -1 when it is further away, else 0."""
    before, after = source.match_error_rate, output.match_error_rate
    return (after < before) - (after > before)
