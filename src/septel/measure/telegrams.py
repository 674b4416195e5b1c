"""`septel measure telegram`: how many fields of how many telegrams the grammar gets right, and which not.

Sets: `aad` (released telegrams of 1974-79 against their own page and attribute block, see
`septel.measure.attributes`), `aad-bodies` (other bodies with fields set down by hand), and `worn:LEVEL`
(whole telegrams of `aad` printed, worn, read by the shipped engine and restored; the truth of a field is
what the grammar finds in the clean file, where that was judged right).
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import septel
from septel import capture
from septel.capture import ENGINES, Capture, Engine, KeptReadings, engine_named
from septel.capture.degrade import FACES, degrade, print_pages
from septel.errors import InputError, UsageError
from septel.lexicon import Lexicon, letters
from septel.measure.attributes import (
    FIELDS,
    Judgement,
    Verdict,
    fields_of,
    folded,
    judge,
    message_lines,
    plain_run,
)
from septel.measure.progress import Progress, silent
from septel.measure.worn import COLUMNS, LINES, THRESHOLD, level_of
from septel.restore import Restorer
from septel.telegram import Telegram, hints_of, parse
from septel.text import Reading, Source

SETS = ("aad", "aad-bodies", "worn:LEVEL")
WORN = "worn:"
SYSTEMS = ("raw", "restored", "restored with hints")
TELEGRAMS = 12
SEED = 1969
PAGES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelScore:
    """Paragraph labels found, against those that should be.

    Attributes:
        right: labels found that should be.
        found: labels found.
        wanted: labels that should be.
    """

    right: int
    found: int
    wanted: int

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None when there is nothing to find."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldScore:
    """One field over a set: how many telegrams have a truth for it, and how the grammar agrees."""

    field: str
    telegrams: int
    exact: int
    cut: int
    indexed: int
    wrong: int

    @property
    def share(self) -> float | None:
        """The share that is right; None where nothing is known."""
        return (self.telegrams - self.wrong) / self.telegrams if self.telegrams else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Fields whose confidence lies in one stretch: how sure they were said to be, and how many were right."""

    low: float
    high: float
    fields: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramScore:
    """One system on one set."""

    set: str
    system: str
    telegrams: int
    fields: tuple[FieldScore, ...]
    labels: LabelScore
    mismatches: tuple[Judgement, ...]
    bins: tuple[Bin, ...] = ()

    @property
    def share(self) -> float | None:
        """The share of all fields that are right."""
        known = sum(score.telegrams for score in self.fields)
        return sum(s.telegrams - s.wrong for s in self.fields) / known if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramReport:
    """A run: one score per set and system."""

    version: str
    scores: tuple[TelegramScore, ...]


@dataclass(slots=True)
class _Tally:
    judgements: list[Judgement] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    telegrams: int = 0
    trust: list[tuple[float, bool]] = field(default_factory=list)

    def label(self, document: str, wanted: Sequence[str], found: Sequence[str]) -> None:
        both = Counter(wanted) & Counter(found)
        self.labels.update(right=both.total(), found=len(found), wanted=len(wanted))
        verdict = Verdict.EXACT if list(wanted) == list(found) else Verdict.WRONG
        self.judgements.append(
            Judgement(
                document=document,
                field="labels",
                verdict=verdict,
                truth=" ".join(wanted),
                found=" ".join(found),
            )
        )

    def score(self, name: str, system: str) -> TelegramScore:
        counts = Counter((one.field, one.verdict) for one in self.judgements)
        scores = []
        for one in (*FIELDS, "labels"):
            by = {verdict: counts[one, verdict] for verdict in Verdict}
            if sum(by.values()):
                scores.append(
                    FieldScore(
                        field=one,
                        telegrams=sum(by.values()),
                        exact=by[Verdict.EXACT],
                        cut=by[Verdict.CUT],
                        indexed=by[Verdict.INDEXED],
                        wrong=by[Verdict.WRONG],
                    )
                )
        return TelegramScore(
            set=name,
            system=system,
            telegrams=self.telegrams,
            fields=tuple(scores),
            labels=LabelScore(
                right=self.labels["right"], found=self.labels["found"], wanted=self.labels["wanted"]
            ),
            mismatches=tuple(one for one in self.judgements if one.verdict is Verdict.WRONG),
            bins=_bins(self.trust),
        )


def measure_telegram(
    sets: Sequence[str],
    *,
    shared: Path,
    telegrams: int = TELEGRAMS,
    seed: int = SEED,
    keep: Path | None = None,
    engine: str = ENGINES[0],
    progress: Progress = silent,
) -> TelegramReport:
    """Score the grammar on each set.

    Args:
        sets: names of `SETS`.
        shared: the folder of measuring sets.
        telegrams: how many to print for a worn set.
        seed: which telegrams those are, and how they are worn.
        keep: where the engine's readings of worn pages are written, and taken from when they are there.
        engine: what reads the worn pages.
        progress: told the share done.

    Raises:
        UsageError: there is no such set.
        InputError: the set is not in the folder.
    """
    scores: list[TelegramScore] = []
    for number, name in enumerate(sets):

        def told(share: float, number: int = number) -> None:
            progress((number + share) / len(sets))

        if name == "aad":
            scores.append(_released(shared))
        elif name == "aad-bodies":
            scores.append(_bodies(shared))
        elif name.startswith(WORN):
            level = level_of(name.removeprefix(WORN))
            reader = engine_named(engine)
            scores += _worn(
                name, level, shared, reader, telegrams=telegrams, seed=seed, keep=keep, progress=told
            )
        else:
            raise UsageError(f"there is no set {name!r}", remedy=f"Choose among {', '.join(SETS)}.")
    return TelegramReport(version=septel.__version__, scores=tuple(scores))


def released(shared: Path) -> Iterator[tuple[str, str]]:
    """Number and text of each released telegram of the set that holds a message."""
    folder = shared / "dev" / "aad"
    if not folder.is_dir():
        raise InputError("the set is not here", where=str(folder), remedy="Name its folder with --shared.")
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8", errors="replace").replace("\f", "")
        if "Message Text" in text:
            yield path.stem, text


def _released(shared: Path) -> TelegramScore:
    tally = _Tally()
    for document, text in released(shared):
        parsed = parse(Reading.of(Source.of_text(text)))
        tally.telegrams += 1
        tally.judgements += judge(document, text, parsed)
        wanted = plain_run(message_lines(text))
        if wanted:
            tally.label(document, wanted, [p.path for p in parsed.paragraphs if p.path.isdigit()])
    return tally.score("aad", "raw")


def _bodies(shared: Path) -> TelegramScore:
    folder = shared / "dev" / "aad_bodies"
    tally = _Tally()
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = path.with_suffix(".txt").read_text("utf-8").replace("\f", "")
        parsed = parse(Reading.of(Source.of_text(text)))
        tally.telegrams += 1
        found = fields_of(parsed)
        for name, truth in _gold_fields(gold, text).items():
            right = folded(truth) == folded(found[name])
            tally.judgements.append(
                Judgement(
                    document=gold["id"],
                    field=name,
                    verdict=Verdict.EXACT if right else Verdict.WRONG,
                    truth=truth,
                    found=found[name],
                )
            )
        labels = [p.path for p in parsed.paragraphs if p.path.isdigit()]
        tally.label(gold["id"], [str(n) for n in gold["paragraphs"]], labels)
    return tally.score("aad-bodies", "raw")


def _gold_fields(gold: Mapping[str, Any], text: str) -> dict[str, str]:
    """What the hand-made gold says, as `fields_of` writes it; fields that it leaves open are left out.

    A number or post that the gold knows from elsewhere, and that the text does not show, is left out too.
    """
    lexicon = Lexicon.shipped()
    truth: dict[str, str] = {"signature": gold.get("signature") or ""}
    grade = gold.get("classification")
    if isinstance(grade, str):
        truth["classification"] = grade.split(" (")[0]
    if gold.get("subject"):
        truth["subject"] = gold["subject"]
    if gold.get("tags"):
        truth["tags"] = ", ".join([*gold["tags"], *(f"({name})" for name in gold.get("tags_names", ()))])
    if gold.get("captions") is not None and grade is not None:
        known = lexicon.caption_forms
        codes = (known[letters(c)].code if letters(c) in known else c for c in gold["captions"])
        truth["captions"] = " ".join(sorted(codes))
    if gold.get("number") and re.search(rf"\b0*{gold['number']}\b", text):
        truth["number"] = str(gold["number"])
    if gold.get("addressees"):
        truth["addressees"] = "; ".join(
            " ".join(
                filter(None, (one["role"], _post(one["name"], lexicon), one["precedence"], one["serial"]))
            )
            for one in gold["addressees"]
        )
    return truth


def _post(name: str, lexicon: Lexicon) -> str:
    post = lexicon.post(name)
    return post.name if post else name


def _worn(
    name: str,
    level: str,
    shared: Path,
    engine: Engine,
    *,
    telegrams: int,
    seed: int,
    keep: Path | None,
    progress: Progress,
) -> list[TelegramScore]:
    tallies = {system: _Tally() for system in SYSTEMS}
    restorer = Restorer.load()
    chosen = printable(shared, telegrams=telegrams, seed=seed)
    for number, (document, text) in enumerate(chosen):
        clean = parse(Reading.of(Source.of_text(text)))
        wrong = {one.field for one in judge(document, text, clean) if one.verdict is Verdict.WRONG}
        seen = _seen(document, text, level, number, seed, keep, engine)
        source, sight = seen.source, restorer.sight(seen)
        raw = Reading.of(source)
        hints = hints_of(parse(raw), raw)
        readings = {
            "raw": raw,
            "restored": restorer.restore(source, sight=sight).reading,
            "restored with hints": restorer.restore(source, hints=hints, sight=sight).reading,
        }
        for system, reading in readings.items():
            _compare(tallies[system], document, clean, parse(reading), wrong)
        progress((number + 1) / len(chosen))
    return [tally.score(name, system) for system, tally in tallies.items()]


def printable(shared: Path, *, telegrams: int, seed: int) -> list[tuple[str, str]]:
    """Telegrams drawn by the seed, each short enough for `PAGES` pages; whole files."""
    chosen = [
        (document, text)
        for document, text in released(shared)
        if 20 < len(printed_lines(text)) <= PAGES * LINES
    ]
    random.Random(seed).shuffle(chosen)
    return chosen[:telegrams]


def printed_lines(text: str) -> list[str]:
    """The lines of a message that a teletype printed: no release stamps, no runs of blank lines."""
    lines: list[str] = []
    for line in message_lines(text):
        if line or (lines and lines[-1]):
            lines.append(line[:COLUMNS])
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _seen(
    document: str, text: str, level: str, number: int, seed: int, keep: Path | None, engine: Engine
) -> Capture:
    """The telegram as the engine reads its worn pages."""
    lines = printed_lines(text)
    pages = ["\n".join(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]
    face = FACES[number % len(FACES)]
    with TemporaryDirectory() as folder:
        for page, image in enumerate(print_pages("\f".join(pages), face=face, seed=seed)):
            worn = degrade(image, level, seed=seed + 10 * number + page)
            if number % 4 >= 2:
                worn = worn.point([255 * (shade > THRESHOLD) for shade in range(256)])
            worn.save(Path(folder) / f"{page:03d}.png")
        readings = KeptReadings(keep) if keep else None
        captured = capture.read(Path(folder), engine=engine, readings=readings)
    return replace(captured, source=replace(captured.source, name=document))


def _compare(tally: _Tally, document: str, clean: Telegram, parsed: Telegram, wrong: set[str]) -> None:
    tally.telegrams += 1
    truth, found = fields_of(clean), fields_of(parsed)
    sure = confidences(parsed)
    for name in FIELDS:
        if name in wrong:
            continue
        right = folded(truth[name]) == folded(found[name])
        tally.judgements.append(
            Judgement(
                document=document,
                field=name,
                verdict=Verdict.EXACT if right else Verdict.WRONG,
                truth=truth[name],
                found=found[name],
            )
        )
        if name in sure:
            tally.trust.append((sure[name], right))
    tally.label(document, [p.path for p in clean.paragraphs], [p.path for p in parsed.paragraphs])


def confidences(telegram: Telegram) -> dict[str, float]:
    """The confidence of each field that has one."""
    heading = telegram.heading
    single = {
        "number": heading.number,
        "date": heading.sent,
        "classification": heading.classification,
        "subject": heading.subject,
        "tags": heading.tags,
        "signature": telegram.signature,
    }
    return {name: one.confidence.probability for name, one in single.items() if one and one.confidence}


def _bins(trust: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    found = []
    pairs = list(trust)
    for low, high in ((0.0, 0.5), (0.5, 0.8), (0.8, 0.9), (0.9, 0.97), (0.97, 1.001)):
        held = [(p, right) for p, right in pairs if low <= p < high]
        if held:
            found.append(
                Bin(
                    low=low,
                    high=min(1.0, high),
                    fields=len(held),
                    confidence=sum(p for p, _ in held) / len(held),
                    right=sum(right for _, right in held) / len(held),
                )
            )
    return tuple(found)
