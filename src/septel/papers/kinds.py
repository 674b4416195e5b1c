"""What kind of paper a page begins, by its signs and its looks, with a probability.

Each kind has what the rules of `signs` weigh for it, and what fitted weights make of the signs by name, of
the page's looks and of the kind before it (a log-linear model; `data/kinds.tsv`). The weights were fitted on
pages judged by eye (`septel.measure.papers`), and so is how sure a kind is.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from septel.lexicon import letters
from septel.papers.cohesion import PageLook
from septel.papers.paper import PaperKind
from septel.papers.starts import BEGINS

DOUBTFUL = 0.6
"""Below this probability a kind is doubtful, and the others that it may be are told."""
_BY_LOOKS = (PaperKind.CABLE, PaperKind.REPORT, PaperKind.BUREAU, PaperKind.DISPATCH)
"""Papers of services with forms of their own: no other paper looks like them."""
_SURE = 0.8
"""From this probability on such a kind stands without a sign by name (of 250 plain papers none is so)."""
ALTERNATIVE = 0.15
"""From this probability a kind is told beside the likeliest."""
_CAPITALS, _MIXED = 0.75, 0.4
_DEPARTMENT = "departmentofstate"
_MOST = 8
"""More weight than this of a kind's signs tells no more."""
_CLOSE = re.compile(
    r"^\W*(?:(?:Very )?(?:Sincerely|Truly|Respectfully|Cordially|Faithfully)(?: yours)?|Yours \w+|"
    r"With (?:best|kind) \w+)\W*$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(TO|FROM|FM|SUBJECT|SUBJ|RE|REF|REFERENCE|DATE|VIA|THRU|THROUGH|ATTENTION|ATTN|"
    r"MEMORANDUM FOR)\s*[:;]",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\b[0-3]?\d[0-2]\d[0-5]\d\s?[Z2]\b")
_BOX = re.compile(r"[☐☑☒□■]|\[ ?[Xx ]? ?\]|_{4,}|\( ?\)")
_PRESS = re.compile(
    r"^\W*By [A-Z][A-Za-z'.]+ [A-Z]|\((?:AP|UPI|Reuters|AFP)\)|\bStaff (?:Writer|Reporter|Correspondent)|"
    r"\b(?:Daily|Sunday|Evening) (?:News|Post|Star|Times|Worker)\b|\bWashington (?:Post|Star)\b|"
    r"\bNew York Times\b"
)
_REPORT = re.compile(
    r"\bREPORT\s+N[O0]\b|^\W*COUNTRY\b|^\W*SOURCE\b|^\W*DATE OF INFO|^\W*PLACE\b.{0,12}\bACQ"
)
_SYMBOL = re.compile(r"\b[A-Z]{4}\s?-?\s?\d{3,6}\b")
_CELL = re.compile(r"^\W*\d{1,2}[A-Z]?[.)]\s*[A-Z][A-Z /()'-]{4,}")
_ADDRESS = re.compile(
    r"\b(?:Street|Avenue|Washington,? D\.? ?C|N\.? ?W\.?,|New York,? N)|^\W*(?:Mr|Mrs|Miss|Dr)\. [A-Z]"
)
_LONE_DATE = re.compile(
    r"^\W*(?:\d{1,2} [A-Z][A-Za-z]{2,8}\.?,? (?:19)?\d\d|[A-Z][a-z]{2,8}\.? \d{1,2},? 19\d\d)\W*$"
)
_CABLE_CELL = re.compile(
    r"^\W*(ORIG|UNIT|EXT|CONF|INFO|CITE|ACTION|OUT|DISTR|SLOTTED|ROUTINE|DEFERRED|PRIORITY|IMMEDIATE)\b"
)
_POST = re.compile(r"\b(?:SECSTATE|AM ?EMBASSY|AMCONSUL|AMCONGEN|USMISSION|USDEL)\b")
_SMALL = frozenset({"the", "of", "a", "an", "is", "was", "that", "which", "are", "were", "has", "had"})
_TOP, _FOOT = 14, 10


@dataclass(frozen=True, slots=True)
class KindShares:
    """How likely a page is of each kind, the likeliest first."""

    shares: tuple[tuple[PaperKind, float], ...]

    @property
    def best(self) -> PaperKind:
        """The likeliest."""
        return self.shares[0][0]

    def of(self, kind: PaperKind) -> float:
        """How likely one kind is."""
        return next(share for one, share in self.shares if one is kind)


def told_by_looks(kind: PaperKind, sure: float | None) -> bool:
    """Whether a paper is of a service's kind though none of the words printed on its form was read."""
    return kind in _BY_LOOKS and (sure or 0.0) >= _SURE


def kind_shares(
    found: Mapping[str, float], weighed: Mapping[PaperKind, tuple[int, int]], rule: PaperKind | None
) -> KindShares:
    """How likely a page is of each kind.

    Args:
        found: what it shows, by name (`kind_looks`).
        weighed: the weights that signs give to a kind and to its beginning (`weighed_kinds`).
        rule: the kind that signs alone show.
    """
    weights = _weights()
    scores = {kind: _score(kind, found, own_signs(kind, weighed, rule), weights) for kind in PaperKind}
    most = max(scores.values())
    shares = {kind: math.exp(score - most) for kind, score in scores.items()}
    whole = sum(shares.values())
    order = sorted(shares, key=lambda kind: -shares[kind])
    return KindShares(tuple((kind, shares[kind] / whole) for kind in order))


def _score(
    kind: PaperKind,
    found: Mapping[str, float],
    told: Mapping[str, float],
    weights: Mapping[str, Mapping[str, float]],
) -> float:
    own, tied = weights[kind.value], weights["*"]
    total = own.get("", 0.0)
    total += sum(tied[name] * value for name, value in told.items() if name in tied)
    return total + sum(own[name] * value for name, value in found.items() if name in own)


def own_signs(
    kind: PaperKind, weighed: Mapping[PaperKind, tuple[int, int]], rule: PaperKind | None
) -> dict[str, float]:
    """What signs tell of a kind, weighed alike for all kinds.

    Args:
        kind: which.
        weighed: the weights of signs for each kind that a page shows, and for its beginning.
        rule: the kind that signs alone show (`starts.shown_kind`).
    """
    shown, begun = weighed.get(kind, (0, 0))
    others = max((one for other, (one, _) in weighed.items() if other is not kind), default=0)
    return {
        "shown": float(min(shown, _MOST)),
        "begun": float(min(begun, _MOST)),
        "is shown": float(shown > 0),
        "is shown surely": float(shown >= 3),
        "shown most": float(shown > others and shown >= 2),
        "an editor's": float(begun >= 6),
        "shown by rule": float(kind is rule),
    }


def weighed_kinds(look: PageLook) -> dict[PaperKind, tuple[int, int]]:
    """The weights of signs for each kind that a page shows, and for its beginning."""
    signs = look.signs
    found = {
        kind: (shown + signs.begins.get(kind, 0), signs.begins.get(kind, 0))
        for kind, shown in signs.kinds.items()
    }
    if _is_named_only(look):
        del found[PaperKind.STATE_TELEGRAM]
    if signs.marked:
        # A page with nothing but a classification is a cover of classified papers.
        found[PaperKind.FORM] = max(found.get(PaperKind.FORM, (0, 0)), (3, 3))
    return found


def _is_named_only(look: PageLook) -> bool:
    """Whether a text of both cases bears the Department's name and nothing else of its forms."""
    signs = look.signs
    mixed = signs.capitals is not None and signs.capitals < _MIXED
    return mixed and 0 < signs.kinds.get(PaperKind.STATE_TELEGRAM, 0) < BEGINS


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    text = (resources.files("septel.papers") / "data" / "kinds.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    found: dict[str, dict[str, float]] = {name: {} for name in ("*", *(kind.value for kind in PaperKind))}
    for row in rows:
        found[row["kind"]][row["sign"]] = float(row["weight"])
    return found


def kind_looks(
    look: PageLook, witnesses: Iterable[str], agency: str, before: PaperKind | None, pages: int
) -> dict[str, float]:
    """What a page shows of its kind, by name.

    Args:
        look: the page by its best reading.
        witnesses: all readings of it.
        agency: whose papers the file holds (`cia`, `fbi`, or nobody known).
        before: the kind of the paper before it, None for a file's first.
        pages: how many pages the file has.
    """
    signs = look.signs
    capitals = signs.capitals
    found = {
        f"agency {agency or 'other'}": 1.0,
        f"behind {before.value if before else 'nothing'}": 1.0,
        "one page": float(pages == 1),
        "capitals": float(capitals is not None and capitals > _CAPITALS),
        "both cases": float(capitals is not None and capitals < _MIXED),
        "few words": float(capitals is None),
        "words": math.log(1 + signs.legible) / 5,
        "slip": float(signs.legible < 24),
        "prose": signs.prose,
        "little prose": float(signs.prose < 0.3),
        "long words": signs.long,
        "short words": float(signs.long < 0.25),
        "labelled": signs.labelled,
        "much labelled": float(signs.labelled >= 0.38),
        "marked": float(signs.marked),
        "first paragraph": float(signs.first),
        "paragraph or foot": float(signs.numbered),
        "enclosures named": float(signs.closed),
        "message ended": float(signs.ended),
        "addressed": float(signs.addressed),
        "goes on": float(signs.continues > 0),
        "surely goes on": float(signs.continues >= 3),
        "width": look.width / 60,
        "no sign": float(not signs.kinds),
    }
    told = [why for why in signs.why if not why.startswith("its paragraphs")]
    if _is_named_only(look):
        told = [why for why in told if why != _DEPARTMENT]  # it may head a paragraph
    found |= {f"sign: {why}": 1.0 for why in told}
    return found | _structure(look) | _of_any([_lines(text) for text in witnesses])


def _structure(look: PageLook) -> dict[str, float]:
    """What the words of a page's best reading show."""
    low = [word.lower() for word in look.words]
    small = sum(word in _SMALL for word in low) / max(1, len(low))
    lines = look.lines
    return {
        "small words": min(small, 0.25) * 4,
        "figures": sum(map(str.isdigit, look.text)) / max(1, len(look.text)),
        "table": sum("|" in line for line in lines) / max(1, len(lines)),
        "spanish": float(look.is_spanish),
        "capitals of all": look.capitals,
    }


def _of_any(readings: Sequence[Sequence[str]]) -> dict[str, float]:
    """What any reading of a page shows of the structure of a kind of paper."""
    counts = [_counted(lines) for lines in readings if lines]
    return {name: max((one[name] for one in counts), default=0.0) for name in _counted(())}


def _counted(lines: Sequence[str]) -> dict[str, float]:
    head, foot = lines[:_TOP], lines[-_FOOT:]
    labels = {match[1].upper()[:4] for line in head if (match := _LABEL.match(line))}
    many = max(1, len(lines))
    return {
        "letter's close": float(any(map(_CLOSE.match, lines[4:]))),
        "labels": min(len(labels), 4) / 2,
        "cable's cells": min(len({match[1] for line in lines if (match := _CABLE_CELL.match(line))}), 4) / 2,
        "posts": float(any(map(_POST.search, lines[:20]))),
        "to and from": float("FROM" in labels or "FM" in labels) * float("TO" in labels or "MEMO" in labels),
        "time group": float(any(map(_GROUP.search, lines[:20]))),
        "boxes": float(sum(len(_BOX.findall(line)) for line in lines) >= 4),
        "press": float(any(map(_PRESS.search, lines))),
        "report's labels": min(sum(map(bool, map(_REPORT.search, lines[:24]))), 3) / 2,
        "symbol": float(any(map(_SYMBOL.search, head))),
        "symbol at the foot": float(any(map(_SYMBOL.search, foot))),
        "numbered cells": sum(map(bool, map(_CELL.match, lines))) / many,
        "address": float(sum(map(bool, map(_ADDRESS.search, head))) >= 1),
        "date alone": float(any(map(_LONE_DATE.match, head))),
        "heading in the middle": float(
            any(8 < len(letters(line)) < 50 and line.isupper() for line in head[:6])
        ),
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if sum(map(str.isalnum, line)) >= 2)
