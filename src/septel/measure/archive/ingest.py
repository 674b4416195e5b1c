"""`septel bench ingest`: how quickly released telegrams go from their files into a searched archive.

One process takes files through every room and keeps them as `septel read` does: decoded, told apart from
other papers, marked where the wire garbled them, parsed, read for references and meetings, stored, indexed.
Each file's content is another, so that nothing is held already: first the released telegrams as they are, of
which every word is new to the archive, then such whose running lines are of other real telegrams, under
numbers of their own. Only processor time counts; a fixed loop of Python beside it tells how fast the machine
is at that moment.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from septel.archive import Addition, Archive
from septel.measure.archive.bench import made_text
from septel.pipeline import holding_of, process, rarely_collected
from septel.progress import Progress, silent
from septel.record import record_of
from septel.restore import Restorer
from septel.telegram import prepare

TOGETHER = 64
"""So many documents are kept in one step, as `septel read` does at most."""
_WARM = 20
"""Telegrams that are taken in before the clock runs: models are loaded, the archive has begun."""
_NUMBER = re.compile(r"\d{4}([A-Z]+)0*(\d+)")
_BEGINS = re.compile(r"(?:TAGS|SUBJ)", re.MULTILINE)
_STANDS = re.compile(r"(?:PAGE|SUBJ|TAGS|REF|E\.O|\s)")
"""How lines begin that are no running words."""
_LABEL = re.compile(r"(?:\(?[0-9A-Z]{1,2}[.)]\s*)*")
_RUNNING = 40
"""Characters of a line from which on it is one of running words."""


class RecordMode(StrEnum):
    """What is read of each telegram before it is kept."""

    REFERENCES = "references and meetings"
    """As `septel read` does: statements are found when the record is asked for."""
    LATER = "record left for later"
    """Neither; `cites:` finds nothing until they are."""
    STATEMENTS = "references, meetings and statements"
    """All of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestTimes:
    """What taking some telegrams in cost, in seconds of processor time.

    Attributes:
        telegrams: which they are, in words.
        mode: what was read of each.
        count: how many.
        characters: of their texts, on average.
        read: from the file to what is to be kept.
        kept: stored and indexed.
        loop: a fixed loop of Python, beside it.
    """

    telegrams: str
    mode: RecordMode
    count: int
    characters: float
    read: float
    kept: float
    loop: float

    @property
    def per_second(self) -> float:
        """Telegrams a second of processor time."""
        return self.count / max(self.read + self.kept, 1e-9)


def released(shared: Path) -> list[tuple[str, str]]:
    """The names and texts of the released telegrams of the development sets, if they are there."""
    files = sorted((shared / "dev" / "aad").glob("*.txt"))
    return [(file.name, file.read_text("utf-8", "replace")) for file in files]


def retold(name: str, text: str, n: int, source: Sequence[str]) -> tuple[str, str]:
    """A telegram under another number, its running lines made of other paragraphs: name and text.

    Page heads, addresses, frames, the archive's attributes and the length of each line stay.
    """
    rng = random.Random(n)
    found = _NUMBER.match(name)
    post, serial = (found[1], found[2]) if found else ("", "")
    number = str(rng.randrange(10_000, 99_999))
    if serial:
        text = re.sub(rf"\b0*{serial}\b(?= |$)", number, text, flags=re.MULTILINE)
        text = re.sub(rf"{post}0*{serial}\b", f"{post}{number}", text)
    begins = _BEGINS.search(text)
    head, body = (text[: begins.start()], text[begins.start() :]) if begins else (text, "")
    body, frame, rest = body.partition("Message Attributes")
    words = _words(rng, source)
    lines = [_other(line, words) for line in body.split("\n")]
    return f"retold-{n:06}-{name}", head + "\n".join(lines) + frame + rest


def _words(rng: random.Random, source: Sequence[str]) -> Iterator[str]:
    while True:
        # Telegraph printers had no accents and no curved quotation marks.
        yield from rng.choice(source).upper().encode("ascii", "ignore").decode().split()


def _other(line: str, words: Iterator[str]) -> str:
    if len(line) < _RUNNING or line != line.upper() or _STANDS.match(line):
        return line
    label = _LABEL.match(line)
    made = label.group() if label else ""
    while len(made) < len(line) - 8:
        made += next(words) if not made or made[-1] == " " else f" {next(words)}"
    return made


def loop_seconds() -> float:
    """Processor time of a fixed loop of Python: regular expressions, tables, sorting."""
    text = " ".join(f"WORD{n % 977} {n:05} OF THE TALKS" for n in range(8_000))
    before = time.process_time()
    counts: dict[str, int] = {}
    for word in re.findall(r"\w+", text):
        counts[word] = counts.get(word, 0) + len(word)
    sorted(json.loads(json.dumps(counts)).items(), key=lambda pair: (pair[1], pair[0]))
    return time.process_time() - before


def bench_ingest(
    texts: Sequence[tuple[str, str]],
    source: Sequence[str],
    *,
    count: int = 400,
    modes: Sequence[RecordMode] = tuple(RecordMode),
    progress: Progress = silent,
) -> list[IngestTimes]:
    """Take telegrams in, in each of some modes.

    Args:
        texts: names and texts of released telegrams; without any, wholly made ones are taken.
        source: paragraphs to make others of.
        count: how many others.
        modes: what is read of each.
        progress: told the share done.
    """
    prepare()
    restorer = Restorer.load()
    warm = [made_text(n, source) for n in range(_WARM)]
    if texts:
        first = [retold(*texts[n % len(texts)], n, source) for n in range(count)]
        sets = [("as released, all words new", list(texts)), ("running lines of other telegrams", first)]
    else:
        sets = [("made", [made_text(n, source) for n in range(_WARM, _WARM + count)])]
    found: list[IngestTimes] = []
    with tempfile.TemporaryDirectory(prefix="septel-bench-") as folder, rarely_collected():
        for mode in modes:
            # Words that the process knows already cost less: each set is measured with an archive of its own.
            for name, ones in sets:
                place = Path(folder) / str(len(found))
                with Archive.open(place / "archive") as archive:
                    _taken(archive, _written(warm, place / "warm"), restorer, mode)
                    files = _written(ones, place / "files")
                    before = loop_seconds()
                    read, kept = _taken(archive, files, restorer, mode)
                    loop = (before + loop_seconds()) / 2
                characters = sum(len(text) for _, text in ones) / max(1, len(ones))
                found.append(
                    IngestTimes(
                        telegrams=name,
                        mode=mode,
                        count=len(ones),
                        characters=characters,
                        read=read,
                        kept=kept,
                        loop=loop,
                    )
                )
                progress(len(found) / (len(modes) * len(sets)))
    return found


def _written(texts: Sequence[tuple[str, str]], folder: Path) -> list[Path]:
    folder.mkdir(parents=True)
    files = [folder / name for name, _ in texts]
    for file, (_, text) in zip(files, texts, strict=True):
        file.write_text(text, "utf-8", newline="")
    return files


def _taken(
    archive: Archive, files: Sequence[Path], restorer: Restorer, mode: RecordMode
) -> tuple[float, float]:
    """Take files in; gives the processor time of reading them and of keeping them."""
    read = kept = 0.0
    waiting: list[Addition] = []
    for number, file in enumerate(files, 1):
        before = time.process_time()
        for document in process(
            file, restorer, archive=archive, on_fault=_refused, later=mode is RecordMode.LATER
        ):
            if mode is RecordMode.STATEMENTS:
                record_of(document.telegram, document.reading)
            waiting.append(Addition(holding_of(document, at=datetime.now(UTC)), [file]))
        read += time.process_time() - before
        if len(waiting) >= TOGETHER or number == len(files):
            before = time.process_time()
            archive.add_all(waiting, legible=restorer.legible)
            waiting.clear()
            kept += time.process_time() - before
    return read, kept


def _refused(fault: Exception) -> None:
    raise fault


def ingest_shown(found: Sequence[IngestTimes]) -> list[str]:
    """The figures for people."""
    lines = [
        f"{'telegrams':34} {'number':>6} {'characters':>10} {'read, ms':>9} {'kept, ms':>9} {'a second':>9}"
        f" {'loop, ms':>9}"
    ]
    for mode in dict.fromkeys(one.mode for one in found):
        lines.append(f"{mode.value}:")
        for one in (each for each in found if each.mode is mode):
            each = 1000 / max(1, one.count)
            lines.append(
                f"  {one.telegrams:32} {one.count:>6} {one.characters:>10.0f} {one.read * each:>9.2f}"
                f" {one.kept * each:>9.2f} {one.per_second:>9.0f} {1000 * one.loop:>9.1f}"
            )
    return lines
