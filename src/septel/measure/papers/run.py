"""Parts and fields of real files, from transcripts, text layers and page images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from septel import capture
from septel.capture import Capture, ReadingCache
from septel.measure.metrics import TableGrid
from septel.measure.papers.gold import FIELDS, GoldFile, gold_files, transcripts
from septel.measure.papers.scores import PaperFieldScore, PartScore
from septel.papers import PaperKind, agency_of, runs_of
from septel.papers.forms import form_fields
from septel.papers.places import FormWitness
from septel.progress import Progress, silent

WITNESSES = ("transcripts", "layers", "images")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperScore:
    """Scores of one kind of reading over one half of the set."""

    witness: str
    looked: bool
    files: int
    parts: PartScore
    fields: PaperFieldScore


def measure_papers(
    shared: Path,
    *,
    witnesses: Sequence[str] = WITNESSES,
    keep: Path | None = None,
    progress: Progress = silent,
) -> tuple[PaperScore, ...]:
    """Score parts (first page and kind) and fields of messages, apart for files that rules had seen or not.

    Fields are read from the pages that the gold says belong to a message. From transcripts only those
    messages are scored of which every page has one; parts are found with text layers where it has none.

    Args:
        shared: the folder of sets.
        witnesses: `transcripts`, `layers` (the files' own), `images` (our engine, with the layer beside it).
        keep: keeps what the engine reads.
        progress: told the share done.
    """
    files = gold_files(shared)
    told = transcripts(shared, [file.name for file in files])
    scores = {
        (witness, looked): PaperScore(
            witness=witness, looked=looked, files=0, parts=PartScore(), fields=PaperFieldScore()
        )
        for witness in witnesses
        for looked in (True, False)
    }
    counts = dict.fromkeys(scores, 0)
    for number, file in enumerate(files):
        found = _captured(file, "images" in witnesses, keep)
        pages = _texts(found)
        for witness in witnesses:
            score = scores[witness, file.looked]
            counts[witness, file.looked] += 1
            seen = [_chosen(file.name, n, texts, witness, told) for n, texts in enumerate(pages, 1)]
            _score(file, found, seen, witness, told, score)
        progress((number + 1) / len(files))
    return tuple(
        PaperScore(
            witness=one.witness, looked=one.looked, files=counts[key], parts=one.parts, fields=one.fields
        )
        for key, one in scores.items()
    )


def _score(
    file: GoldFile,
    found: Capture,
    pages: Sequence[Sequence[str]],
    witness: str,
    told: dict[tuple[str, int], str],
    score: PaperScore,
) -> None:
    runs = runs_of(pages, agency=agency_of(found))
    score.parts.add(
        ((part["kind"], part["pages"][0]) for part in file.parts), ((r.kind.value, r.first + 1) for r in runs)
    )
    for part in file.parts:
        first, last = part["pages"]
        kind = PaperKind(part["kind"])
        if not kind.is_telegram:
            continue
        if witness == "transcripts" and any((file.name, n) not in told for n in range(first, last + 1)):
            continue
        own = pages[first - 1 : last]
        families = {"transcripts": ("text",), "layers": ("layer",)}.get(witness, ("engine", "layer"))
        readings = [
            FormWitness.of_texts([texts[n] for texts in own], families[n]) for n in range(len(own[0]))
        ]
        if witness == "images":
            seen = [page for page in found.pages if first <= page.number <= last]
            readings[0] = FormWitness.of_pages(readings[0].text, seen)
        score.fields.add(part, form_fields(kind, readings))


def _captured(file: GoldFile, images: bool, keep: Path | None) -> Capture:
    readings = ReadingCache(keep) if keep else None
    return capture.read(file.path, engine=None if images else _Blind(), readings=readings)


def _texts(found: Capture) -> list[tuple[str, str]]:
    """For each page what the engine reads, and the file's own text layer."""
    source, layers = found.source, found.layers
    pages = []
    for number, page in enumerate(source.pages):
        layer = layers[0].pages[number].of(layers[0].text) if layers else ""
        pages.append((page.of(source.text), layer))
    return pages


class _Blind:
    """Stands for an engine where only the files' text layers are asked for."""

    step = capture.TypedEngine().step

    def read(self, image: object) -> Sequence[capture.RecognisedLine]:
        """A word, so that the page counts as read; nothing else."""
        del image
        box = capture.Box(left=0, top=0, right=1, bottom=1)
        return [(capture.RecognisedWord(text="-", box=box, confidence=None),)]


def _chosen(
    name: str, page: int, texts: tuple[str, str], witness: str, told: dict[tuple[str, int], str]
) -> list[str]:
    engine, layer = texts
    if witness == "images":
        return [engine, layer]
    if witness == "layers":
        return [layer]
    return [told[name, page]] if (name, page) in told else [layer]


def paper_grids(scores: Sequence[PaperScore]) -> tuple[TableGrid, ...]:
    """The scores as tables."""
    parts = TableGrid(
        title="parts of real files (first page and kind)",
        head=("reading", "rules", "files", "parts", "found", "F1", "F1 of first pages"),
        rows=tuple(
            (
                one.witness,
                "had seen them" if one.looked else "had not",
                str(one.files),
                str(one.parts.gold),
                str(one.parts.found),
                f"{one.parts.f1:.3f}",
                f"{one.parts.starts_f1:.3f}",
            )
            for one in scores
        ),
    )
    fields = TableGrid(
        title="fields of messages (right of those that the page has)",
        head=("reading", "rules", *FIELDS, "all", "with empty ones"),
        rows=tuple(
            (
                one.witness,
                "had seen them" if one.looked else "had not",
                *(f"{one.fields.right[name]}/{one.fields.gold[name]}" for name in FIELDS),
                f"{one.fields.share:.1%}",
                f"{one.fields.all_right / max(one.fields.all_gold, 1):.1%}",
            )
            for one in scores
        ),
    )
    return parts, fields
