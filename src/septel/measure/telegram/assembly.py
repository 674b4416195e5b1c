"""How well telegrams are put together again: released ones of several pages and sections, torn and shuffled.

Each telegram's pages are dealt out into files at random, some twice, some lost, all shuffled. The assembly is
right when the parts stand in their order, nothing is used twice, and exactly what was lost is named.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from septel.progress import Progress, silent
from septel.telegram.assembly import Assembly, MessagePiece, assemble, pieces_of
from septel.text import Reading, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyReport:
    """What came of the trials.

    Attributes:
        telegrams: telegrams of two pages or more.
        trials: how often one was torn.
        whole: trials in which nothing was lost, and `joined` of them the telegram came back line by line.
        torn: trials in which something was lost, and `named` of them exactly that was named.
        alike: trials in which another order of the files gave the same.
        faults: what went wrong.
    """

    telegrams: int
    trials: int
    whole: int
    joined: int
    torn: int
    named: int
    alike: int
    faults: tuple[str, ...]


def measure_assembly(
    shared: Path, *, seed: int = 0, trials: int = 3, progress: Progress = silent
) -> AssemblyReport:
    """Tear released telegrams and put them together again."""
    rng = random.Random(seed)
    files = sorted((shared / "dev" / "aad").glob("*.txt"))
    telegrams = total = whole = joined = torn = named = alike = 0
    faults: list[str] = []
    for at, file in enumerate(files):
        progress(at / len(files))
        source = Source.of_text(file.read_text(encoding="utf-8", errors="replace"), name=file.stem)
        pages = [p for p in pieces_of(Reading.of(source)) if not p.catalogue and p.page]
        if len(pages) < 2:
            continue
        telegrams += 1
        # Some released telegrams lack a section themselves.
        lacking = [m.what for a in assemble([Reading.of(source)]) for m in a.missing if m.certain]
        for _ in range(trials):
            total += 1
            lost = _lost(rng, pages)
            kept = [page for page in pages if page not in lost]
            deals = [_dealt(rng, kept) for _ in range(2)]
            made, again = (assemble(dealt) for dealt in deals)
            alike += [_lines(a.reading.text) for a in made] == [_lines(a.reading.text) for a in again]
            fault = _fault(made, kept, [*lacking, *_names(kept, lost)])
            if lost:
                torn += 1
                named += not fault
            else:
                whole += 1
                joined += not fault
            if fault:
                faults.append(f"{file.stem}: {fault}")
    return AssemblyReport(
        telegrams=telegrams,
        trials=total,
        whole=whole,
        joined=joined,
        torn=torn,
        named=named,
        alike=alike,
        faults=tuple(faults),
    )


def _lost(rng: random.Random, pages: list[MessagePiece]) -> list[MessagePiece]:
    """Nothing, a page that others follow, or a section that is not the only one."""
    choice = rng.random()
    sections = sorted({page.section for page in pages if page.section})
    if choice < 0.4:
        return []
    if choice < 0.7 and len(sections) > 1:
        gone = rng.choice(sections)
        return [page for page in pages if page.section == gone]
    followed = [a for a, b in itertools.pairwise(pages) if a.section == b.section]
    return [rng.choice(followed)] if followed and len(pages) > 2 else []


def _dealt(rng: random.Random, pages: list[MessagePiece]) -> list[Reading]:
    """The pages in one to three files, in any order, one of them perhaps twice."""
    hands: list[list[MessagePiece]] = [[] for _ in range(rng.randint(1, 3))]
    for page in [*pages, *([rng.choice(pages)] if rng.random() < 0.5 else [])]:
        rng.choice(hands).append(page)
    for hand in hands:
        rng.shuffle(hand)
    rng.shuffle(hands)
    return [
        Reading.of(Source.of_text("".join(page.text for page in hand), name=f"file {n}"))
        for n, hand in enumerate(hands)
        if hand
    ]


def _fault(made: tuple[Assembly, ...], kept: list[MessagePiece], lacking: list[str]) -> str:
    """What is wrong with an assembly; empty when nothing is."""
    if len(made) != 1:
        return f"{len(made)} telegrams instead of one"
    (assembly,) = made
    expected = "".join(page.text for page in kept)
    if _lines(assembly.reading.text) != _lines(expected):
        return "the lines are not in their order"
    missing = sorted(one.what for one in assembly.missing if one.certain)
    if missing != sorted(lacking):
        return f"missing {missing}, not {sorted(lacking)}"
    return ""


_STAMPS = ("Declassified/Released", "Message Text")
_MARKINGS = frozenset({"UNCLASSIFIED", "LIMITED OFFICIAL USE", "CONFIDENTIAL", "SECRET"})


def _lines(text: str) -> list[str]:
    """The lines of the message; of stamps between two pages nothing says to which they belong."""
    lines = (line.strip() for line in text.splitlines())
    kept = (one for one in lines if one and not any(stamp in one for stamp in _STAMPS))
    return [one for one in kept if one.removesuffix(" POSS DUPE") not in _MARKINGS]


def _names(kept: list[MessagePiece], lost: list[MessagePiece]) -> Iterator[str]:
    here = {page.section for page in kept}
    for page in lost:
        if page.section in here:
            where = f" of section {page.section}" if page.of else ""
            yield f"page {page.page}{where}"
    for section in {page.section for page in lost if page.section not in here}:
        yield f"section {section} of {next(page.of for page in lost)}"


def assembly_shown(report: AssemblyReport) -> list[str]:
    """A report in words."""
    return [
        f"{report.telegrams} released telegrams of two pages and more, torn {report.trials} times:",
        f"  nothing lost: {report.joined} of {report.whole} came back line by line",
        f"  pages or sections lost: exactly these named in {report.named} of {report.torn}",
        f"  another order of the files: the same in {report.alike} of {report.trials}",
        *(f"  {fault}" for fault in report.faults[:20]),
    ]
