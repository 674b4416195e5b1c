"""How sure each field of a form is: by which readings of its page agree on it.

The readings of one page are of families: an engine's (as read, and as restored), a file's own layer, a plain
text. How often a field was right where families agree, where one alone has it, and where they differ, was
counted on pages judged by eye (`data/field_counts.tsv`). Below a half a field is empty, with its candidates.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources

from septel.papers.forms.address import is_post
from septel.papers.forms.fields import FormFields, agreed
from septel.papers.forms.patterns import has_gap

WEIGHED = (
    "originator", "number", "date", "to", "info", "classification", "references", "paragraphs", "signature",
    "subject",
)  # fmt: skip
"""The fields of which confidences were fitted."""
LEAST = 0.5
"""Below this probability a field counts as not read."""
EVEN = 0.5
"""The probability of one of two things that pages say alike."""
MANY, _LIST, _FEW = "many", ("to", "info"), 3
"""The pattern of addressees of whom there are more than a few, whatever readings have them: one of a long
list is easily misread, and all must be right."""
SHAPE = "shape"
"""The pattern of a field that is known by its shape alone, whatever readings have it."""
POST = "post"
"""The pattern of receivers who are named by their posts under a label, by an engine or a text alone: what is
misread there is mostly a name. Old layers have no doubtful words that would show it."""
_PLAIN = ("alone engine", "alone text")
_DRAWN = 4.0
"""So many pages' weight the pattern of all fields has beside a field's own."""


@dataclass(frozen=True, slots=True)
class WeighedFields:
    """The fields of a message, how sure each is, and what could not be decided.

    Attributes:
        fields: the fields; one that is not sure enough is empty.
        confidence: the probability that a field is right, by its name; none where it was never counted.
        unread: the candidates of the fields that were left empty.
    """

    fields: FormFields
    confidence: Mapping[str, float] = field(default_factory=dict)
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def weighed(found: Sequence[tuple[str, FormFields]]) -> WeighedFields:
    """One set of fields with confidences from those that the readings of a page give.

    Args:
        found: for each reading its family and its fields, the best first.
    """
    chosen = agreed([fields for _, fields in found])
    families = _families(found)
    confidence: dict[str, float] = {}
    unread: dict[str, tuple[str, ...]] = {}
    for name in WEIGHED:
        if not getattr(chosen, name):
            continue
        pattern = pattern_of(name, chosen, families)
        if name == "to" and pattern in _PLAIN and all(map(is_post, chosen.to)):
            pattern = POST
        if _is_guessed(name, chosen, found):
            pattern = SHAPE
        if name in _LIST and len(getattr(chosen, name)) > _FEW:
            pattern = MANY
        sure = confidence_of(name, pattern)
        if name in chosen.contested or _is_broken(name, getattr(chosen, name)):
            sure = min(sure or EVEN, EVEN)
        if name in chosen.refuted:
            sure = 0.0
        if sure is None:
            continue
        if sure < LEAST:
            told = (shown(getattr(fields, name)) for fields in families.values())
            unread[name] = tuple(dict.fromkeys((shown(getattr(chosen, name)), *filter(None, told))))
        else:
            confidence[name] = sure
    empty = {name: () if isinstance(getattr(chosen, name), tuple) else "" for name in unread}
    kept = replace(chosen, **empty)  # type: ignore[arg-type]
    return WeighedFields(replace(kept, numbers=()) if "number" in unread else kept, confidence, unread)


_CUT = re.compile(r"(?:[,&/-]|\b(?:OF|AND|FOR|THE|AT))\W*$", re.IGNORECASE)
"""The end of a value that goes on where nothing was read."""


def _is_broken(name: str, value: object) -> bool:
    """Whether a value shows by itself that some of it is missing: a list with a gap, a receiver cut off."""
    if name == "paragraphs" and isinstance(value, tuple):
        return has_gap(value)
    parts = value if isinstance(value, tuple) else (value,)
    return name in ("to", "info", "originator") and any(_CUT.search(str(part)) for part in parts)


def _is_guessed(name: str, chosen: FormFields, found: Sequence[tuple[str, FormFields]]) -> bool:
    """Whether no reading has a field by a label or a place, only by its shape."""
    value = getattr(chosen, name)
    return all(name in fields.guessed for _, fields in found if getattr(fields, name) == value)


def _families(found: Sequence[tuple[str, FormFields]]) -> dict[str, FormFields]:
    """What each family of readings says: its members are no witnesses for each other."""
    names = dict.fromkeys(family for family, _ in found)
    return {name: agreed([fields for family, fields in found if family == name]) for name in names}


def pattern_of(name: str, chosen: FormFields, families: Mapping[str, FormFields]) -> str:
    """How the families of readings stand to a field: `agree`, `only` (one has it), `differ`, or one alone."""
    if len(families) == 1:
        return f"alone {next(iter(families))}"
    value = _bare(getattr(chosen, name))
    told = [_bare(getattr(fields, name)) for fields in families.values()]
    if told.count(value) > 1:
        return "agree"
    return "differ" if sum(bool(one) for one in told) > 1 else "only"


def confidence_of(name: str, pattern: str) -> float | None:
    """The share of such fields that was right, drawn towards that of all fields; None where none was seen."""
    counts = _counted()
    right, seen = counts.get((name, pattern), (0, 0))
    all_right = sum(one for (_, other), (one, _) in counts.items() if other == pattern)
    all_seen = sum(one for (_, other), (_, one) in counts.items() if other == pattern)
    if not all_seen:
        return None
    return (right + _DRAWN * all_right / all_seen) / (seen + _DRAWN)


@lru_cache(maxsize=1)
def _counted() -> dict[tuple[str, str], tuple[int, int]]:
    text = (resources.files("septel.papers") / "data" / "field_counts.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {(row["field"], row["pattern"]): (int(row["right"]), int(row["seen"])) for row in rows}


def shown(value: object) -> str:
    """A field's value in one line."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _bare(value: object) -> str:
    parts = sorted(map(str, value)) if isinstance(value, tuple) else [str(value)]
    return " ".join(re.sub(r"[^A-Z0-9]", "", part.upper().replace("Ø", "0")) for part in parts)
