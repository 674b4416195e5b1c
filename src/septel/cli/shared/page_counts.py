"""What became of the pages of a run, in a few lines: totals that add up, faults by stretches, text layers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from septel.capture import Capture, Origin, Page, PageAccount, PageOutcome
from septel.errors import SeptelError

FEW = 3
"""So many pages in a row with the same fault are told one by one; more are told as one stretch."""


def pages_shown(accounts: Iterable[PageAccount]) -> str:
    """How many pages came to what, as a sum that can be checked: `500 = 498 read + 1 blank + 1 failed`."""
    counted = Counter(account.outcome for account in accounts)
    return sum_shown(counted)


def sum_shown(counted: Counter[PageOutcome]) -> str:
    """The same for pages that were counted already."""
    parts = " + ".join(f"{counted[outcome]:,} {outcome.value}" for outcome in PageOutcome)
    return f"{counted.total():,} = {parts}"


def faults_of(name: str, accounts: Sequence[PageAccount]) -> list[SeptelError]:
    """Why pages failed; many pages in a row with the same fault are one line, `scan.pdf, pages 7-90`."""
    told: list[SeptelError] = []
    failed = [account for account in accounts if account.fault]
    runs = groupby(enumerate(failed), lambda pair: (_alike(pair[1]), pair[1].number - pair[0]))
    for _, run in runs:
        pages = [account for _, account in run]
        fault = pages[0].fault
        assert fault is not None
        if len(pages) > FEW:
            where = f"{name}, pages {pages[0].number}-{pages[-1].number}"
            told.append(type(fault)(fault.what, where=where, remedy=fault.remedy))
        else:
            told += [account.fault for account in pages if account.fault]
    return told


def _alike(account: PageAccount) -> tuple[object, ...]:
    fault = account.fault
    assert fault is not None
    return type(fault), fault.what, fault.remedy


def layer_shown(pages: Sequence[Page]) -> str | None:
    """How far the readings agree with the text layer of their file; None when it has none.

    `61% of words on 12 pages; least on page 7 (12%)`.
    """
    compared = [(page.number, page.agreement) for page in pages if page.agreement]
    words = sum(a.reading + a.layer for _, a in compared)
    if not words:
        return None
    share = 2 * sum(a.alike for _, a in compared) / words
    shown = f"{share:.0%} of words on {_pages(len(compared))}"
    if len(compared) > 1:
        least, agreement = min(compared, key=lambda pair: pair[1].share or 0.0)
        shown += f"; least on page {least} ({agreement.share or 0.0:.0%})"
    return shown


def capture_shown(capture: Capture) -> list[str]:
    """What is to be said of where the pages' text comes from; empty when an engine read all of it."""
    lines: list[str] = list(capture.notes)
    if layer := layer_shown(capture.pages):
        lines.append(f"text layer of the file, kept apart as a witness: agrees on {layer}")
    printed = sum(page.origin is Origin.PRINTED for page in capture.pages)
    if printed:
        lines.append(f"{_pages(printed)} made by a program: the text is the file's own")
    kept = sum(account.kept for account in capture.accounts)
    if kept:
        lines.append(f"{_pages(kept)} taken as an earlier run read them")
    return lines


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count:,} pages"
