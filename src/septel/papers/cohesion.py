"""How a page looks beside the pages before it: what tells whether it goes on with them or is by itself.

Loose folders hold cards, receipts, forms, clippings and letters that bear none of the signs of `signs`. What
tells is how a page looks beside the one before: its case, its figures and tables, its words, a sentence that
goes over. `starts` weighs it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property

from septel.papers.paper import PaperKind
from septel.papers.signs import PageSigns

_BAR = re.compile(r"RELEASE UNDER|^\W*1[34]-0{5}")
_TITLE_WORDS = re.compile(
    r"RECEIPT|RECEIVED FROM|INVOICE|VOUCHER|CERTIFICATE|APPLICATION|AFFIDAVIT|QUESTIONNAIRE|REQUEST FOR|"
    r"RECORD|REPORT|SHEET|NOTIFICATION|LIST OF|ATTACHMENT|ENCLOSURE|ANNEX|TRANSLATION|SUMMARY|EXTRACT"
)
"""What the heads of loose papers call them."""
_FILLED = re.compile(r"when\s+filled\s+in", re.IGNORECASE)
_FORM_NUMBER = re.compile(r"\bFORM\b\s*(?:NO\.?\s*)?\d{2,4}|\(\d{1,2}-\d{2}\)", re.IGNORECASE)
_DATED = re.compile(r"\b\d{1,2} [A-Z][a-z]{2,8}\.? (?:19)?[3-9]\d\b|\b[A-Z][a-z]{2,8}\.? \d{1,2}, 19\d\d")
_LATER = re.compile(r"\W*(?:page\s*)?[2-9]\d?\W*", re.IGNORECASE)
_OPEN = re.compile(r"[.!?:\")]\W*$")
_SPANISH = frozenset(
    {
        "de",
        "la",
        "que",
        "el",
        "en",
        "los",
        "las",
        "del",
        "por",
        "con",
        "una",
        "para",
        "se",
        "como",
        "pero",
        "mas",
        "sus",
        "este",
        "esta",
    }
)
_ENGLISH = frozenset(
    {
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "is",
        "was",
        "for",
        "on",
        "with",
        "as",
        "by",
        "at",
        "be",
        "this",
        "which",
    }
)
_FOLDER = 20
"""A file of so many pages is a folder; more tell no more."""
_CLOSING_WORDS = 4


@dataclass(frozen=True)
class PageLook:
    """How one page looks, by its best reading.

    Attributes:
        text: the page.
        signs: what it shows.
    """

    text: str
    signs: PageSigns

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Its lines with signs, without the bar of the release."""
        lines = (line.strip() for line in self.text.split("\n"))
        return tuple(one for one in lines if sum(map(str.isalnum, one)) >= 3 and not _BAR.search(one))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words of letters."""
        return tuple(re.findall(r"[A-Za-z']+", self.text))

    @cached_property
    def telling(self) -> frozenset[str]:
        """Its longer words, by which pages of one paper are alike."""
        return frozenset(word.upper() for word in self.words if len(word) > 5)

    @cached_property
    def capitals(self) -> float:
        """The share of capitals among its letters."""
        shown = [sign for sign in self.text if sign.isalpha()]
        return sum(map(str.isupper, shown)) / max(1, len(shown))

    @cached_property
    def is_spanish(self) -> bool:
        """Whether its small words are Spanish ones."""
        low = [word.lower() for word in self.words]
        spanish = sum(word in _SPANISH for word in low) / max(1, len(low))
        return spanish > 0.08 and sum(word in _ENGLISH for word in low) / max(1, len(low)) < 0.06

    @cached_property
    def width(self) -> int:
        """How long a line of it is."""
        lengths = sorted(map(len, self.lines))
        return lengths[len(lengths) // 2] if lengths else 0

    @property
    def head(self) -> tuple[str, ...]:
        """Its first lines."""
        return self.lines[:5]


def looks(
    known: frozenset[str], before: PageLook, page: PageLook, kind: PaperKind, pages: int
) -> dict[str, float]:
    """What is weighed of a page beside the one before, by name.

    Args:
        known: the longer words of the paper before it so far.
        before: the page before it.
        page: the page.
        kind: what the paper before it is.
        pages: how many the file has: few of a short file's pages are loose, a third of a big folder's.
    """
    signs = page.signs
    least = max(_CLOSING_WORDS, len(page.telling))
    full = [line for line in before.lines if len(line) > 40]
    opens = next((line for line in page.lines if len(line) > 25), "")
    over = bool(full) and not _OPEN.search(full[-1])
    small = opens.lstrip('"( ')[:1].islower()
    found = {
        "words shared": len(page.telling & known) / least,
        "words shared with the page before": len(page.telling & before.telling) / least,
        "sentence open before": float(over),
        "begins small": float(small),
        "sentence goes over": float(over and small),
        "other language": float(page.is_spanish != before.is_spanish),
        "prose": signs.prose,
        "prose before": before.signs.prose,
        "other prose": abs(signs.prose - before.signs.prose),
        "capitals": page.capitals,
        "other case": abs(page.capitals - before.capitals),
        "words": math.log(1 + len(page.words)),
        "words before": math.log(1 + len(before.words)),
        "other width": abs(page.width - before.width) / 60,
        "width": page.width / 60,
        "figures": sum(map(str.isdigit, page.text)) / max(1, len(page.text)),
        "table": sum("|" in line for line in page.lines) / max(1, len(page.lines)),
        "goes on": float(signs.continues > 0),
        "surely goes on": float(signs.continues >= 3),
        "paragraph or foot": float(signs.numbered),
        "first paragraph": float(signs.first),
        "enclosures named before": float(before.signs.closed),
        "message ended before": float(before.signs.ended),
        "pages of the file": math.log(min(max(1, pages), _FOLDER)),
        f"behind {kind.value}": 1.0,
        "behind a wire": float(kind.is_telegram),
    }
    return found | _head_looks(before, page)


def _head_looks(before: PageLook, page: PageLook) -> dict[str, float]:
    """What the heads and feet of two pages show."""
    ends = (*page.lines[:3], *page.lines[-2:])
    foot, foot_before = (" ".join((*one.lines[-6:], *one.lines[:3])) for one in (page, before))
    bare, bare_before = (
        {re.sub(r"\W", "", line.upper()) for line in one.lines[:4] if len(line) > 10}
        for one in (page, before)
    )
    return {
        "title": float(
            any(
                2 <= len(line.split()) <= 9 and (line.startswith("#") or (line.isupper() and len(line) > 10))
                for line in page.lines[:4]
            )
        ),
        "dated": float(any(_DATED.search(line) and len(line) < 40 for line in page.lines[:6])),
        "later number": float(any(_LATER.fullmatch(line) for line in ends)),
        "named": float(bool(_TITLE_WORDS.search(" ".join(page.head).upper()))),
        "when filled in": float(bool(_FILLED.search(" ".join(page.lines[:6])))),
        "form number": float(bool(_FORM_NUMBER.search(foot))),
        "form number before": float(bool(_FORM_NUMBER.search(foot_before))),
        "same head": float(bool(bare & bare_before)),
    }
