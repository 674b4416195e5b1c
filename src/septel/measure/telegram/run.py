"""`septel measure telegram`: how many fields of how many telegrams the grammar gets right, and which not.

Sets: `aad` (released telegrams of 1974-79 against their own page and attribute block, see
`septel.measure.telegram.attributes`), `aad-bodies` (other bodies with fields set down by hand), and
`worn:LEVEL` (whole telegrams of `aad` printed, worn, read by the shipped engine and restored; the truth of a
field is what the grammar finds in the clean file, where that was judged right).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import septel
from septel.capture import ENGINES, Engine, engine_named
from septel.errors import UsageError
from septel.lexicon import Lexicon, letters
from septel.measure.telegram.attributes import (
    FIELDS,
    FieldVerdict,
    Judgement,
    fields_of,
    folded,
    judge,
    message_lines,
    plain_run,
)
from septel.measure.telegram.scores import FieldTally, TelegramReport, TelegramScore, confidences
from septel.measure.telegram.sets import printable, released, worn_capture
from septel.measure.truth import level_of
from septel.pipeline import restore_capture
from septel.progress import Progress, silent
from septel.restore import Restorer
from septel.telegram import Telegram, parse
from septel.text import Reading, Source

SETS = ("aad", "aad-bodies", "worn:LEVEL")
WORN = "worn:"
SYSTEMS = ("raw", "restored", "restored with hints")
TELEGRAMS = 12
SEED = 1969


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


def _released(shared: Path) -> TelegramScore:
    tally = FieldTally()
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
    tally = FieldTally()
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
                    verdict=FieldVerdict.EXACT if right else FieldVerdict.WRONG,
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
    tallies = {system: FieldTally() for system in SYSTEMS}
    restorer = Restorer.load()
    chosen = printable(shared, telegrams=telegrams, seed=seed)
    for number, (document, text) in enumerate(chosen):
        clean = parse(Reading.of(Source.of_text(text)))
        wrong = {one.field for one in judge(document, text, clean) if one.verdict is FieldVerdict.WRONG}
        seen = worn_capture(document, text, level, number, seed, keep, engine)
        readings = {
            "raw": Reading.of(seen.source),
            "restored": restore_capture(seen, restorer, hints=False).reading,
            "restored with hints": restore_capture(seen, restorer).reading,
        }
        for system, reading in readings.items():
            _compare(tallies[system], document, clean, parse(reading), wrong)
        progress((number + 1) / len(chosen))
    return [tally.score(name, system) for system, tally in tallies.items()]


def _compare(tally: FieldTally, document: str, clean: Telegram, parsed: Telegram, wrong: set[str]) -> None:
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
                verdict=FieldVerdict.EXACT if right else FieldVerdict.WRONG,
                truth=truth[name],
                found=found[name],
            )
        )
        if name in sure:
            tally.trust.append((sure[name], right))
    tally.label(document, [p.path for p in clean.paragraphs], [p.path for p in parsed.paragraphs])
