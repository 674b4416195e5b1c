"""Sets of documents whose true text is known, read from the shared folder by name.

| name | what | scored |
|---|---|---|
| `seed` | the real telegram of 1969, restored whole | its lines that have truth and `score` true |
| `noisy` | pages of cables 1962-74 as Tesseract read them | lines of the second reading without `[?]` |
| `aad` | clean telegrams of 1974-79 as the archives released them | the message; it is its own truth |
| `aad-bodies` | bodies of other clean telegrams, a paragraph a line | the same |
| `frus` | clean documents that are held out of all models | every line; the source is its own truth |
| `jfk` | real pages as Tesseract 4.1 read them, fold 0 | whole lines that two readings share; agreed words |
| `apollo8`, `gemini4` | air-to-ground typescript of 1968 and 1965 | whole documents |
| `overproof-d3` | newspapers, with overProof's published output | whole documents |
| `synthetic:FOLDER` | pairs `NAME.ocr.txt`, `NAME.truth.txt` of a folder | whole documents |
| `synthetic:LEVEL` | worn pages of our own making, levels 1 to 4 (`septel.measure.truth.worn_pages`) | whole pages |
| `synthetic:LEVEL@ENGINE` | the same read by another engine, or by `both` with a vote | whole pages |

A *document* is restored as one. A *unit* is what is drawn in the bootstrap and preferred in the HIPE
preference
score: the document, or the line where a set is one document. A *passage* is what is aligned: some lines of
the source and their truth.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from septel.capture import Capture
from septel.errors import EmptyInput, InputError, UsageError
from septel.text import Source, digest_of

UNREAD = "[?]"
SYNTHETIC = "synthetic:"


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthPassage:
    """Lines `first` to `last` of a source, counted from one, both included, and what they really say."""

    first: int
    last: int
    truth: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredUnit:
    """What is drawn in the bootstrap, with the passages that are scored in it."""

    id: str
    passages: tuple[TruthPassage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthDocument:
    """A document to restore, with truth for some or all of it.

    Attributes:
        id: what the set calls it.
        source: what a corrector is given, and all that it is given.
        units: the truth.
        published: what others made of it, by the name of the system: their lines, one per source line.
        captured: the source as engines read it, with what they told of it; None where it came as text.
        agreed: words that two independent readings of the page have, where there are some.
    """

    id: str
    source: Source
    units: tuple[ScoredUnit, ...]
    published: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    captured: Capture | None = None
    agreed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthSet:
    """Documents with truth.

    Attributes:
        name: as asked for.
        profile: whose noise it is.
        unit: what the bootstrap draws: `document` or `line`.
        clean: whether the source is the truth, so that every change is harm.
        documents: in a fixed order.
        telegrams: whether these are telegrams, the text that Septel is made for.
    """

    name: str
    profile: str
    unit: str
    clean: bool
    documents: tuple[TruthDocument, ...]
    telegrams: bool = False


def load(name: str, shared: Path) -> TruthSet:
    """The set called `name`, or a folder of pairs.

    Raises:
        UsageError: there is no such set.
        MissingPart: worn pages were asked for and the engine is not installed.
        InputError: its files are missing or not what they should be.
    """
    if name.startswith(SYNTHETIC):
        which = name.removeprefix(SYNTHETIC)
        if Path(which).is_dir():
            return synthetic(Path(which))
        # Loaded late: only worn pages need an engine.
        from septel.measure.truth.worn_pages import worn

        return worn(which, shared)
    if name not in LOADERS:
        if Path(name).is_dir():
            return synthetic(Path(name))
        raise UsageError(
            f"there is no set called {name!r}",
            remedy=f"Choose among {', '.join((*LOADERS, SYNTHETIC + 'LEVEL', SYNTHETIC + 'FOLDER', 'all'))}.",
        )
    return LOADERS[name](shared)


def names_of(asked: tuple[str, ...]) -> tuple[str, ...]:
    """The names asked for, `all` spelled out, each once, in the order asked.

    `all` leaves out `apollo8`, on which models may be trained, and the large sets that are made of corpora.
    """
    every = tuple(name for name in LOADERS if name not in ("apollo8", "frus", "jfk"))
    spelled = [n for name in asked for n in (every if name == "all" else (name,))]
    return tuple(dict.fromkeys(spelled))


def seed(shared: Path) -> TruthSet:
    """The real telegram; one document, so its lines are the units."""
    path = shared / "seed" / "helsinki-1321.ocr.txt"
    source = _source(path, _text(path))
    units: list[ScoredUnit] = []
    for row in _rows(shared / "seed" / "section1.gold.jsonl"):
        number, lines = int(str(row["line"])), source.lines
        if not row["score"]:
            continue
        if number > len(lines) or lines[number - 1].of(source.text) != row["ocr"]:
            raise InputError("the truth is of another reading", where=f"{path}, line {number}")
        passage = TruthPassage(first=number, last=number, truth=str(row["gold"]))
        units.append(ScoredUnit(id=f"line {number}", passages=(passage,)))
    document = TruthDocument(id=path.name, source=source, units=tuple(units))
    return TruthSet(
        name="seed", profile="old engine", unit="line", clean=False, documents=(document,), telegrams=True
    )


def noisy(shared: Path) -> TruthSet:
    """Pages that Tesseract read, with a careful second reading of the same lines."""
    documents = []
    for gold in _files(shared / "dev" / "noisy", "*.gold.txt"):
        path = gold.with_name(gold.name.replace(".gold", ""))
        source, truths = _source(path, _text(path)), _text(gold).split("\n")
        if len(truths) < len(source.lines):
            raise InputError("the truth has fewer lines than the page", where=str(gold))
        passages = tuple(
            TruthPassage(first=number, last=number, truth=truth)
            for number, truth in enumerate(truths[: len(source.lines)], 1)
            if UNREAD not in truth
        )
        documents.append(_whole(path.stem, source, passages))
    return _of_documents("noisy", "Tesseract", documents, telegrams=True)


# What the release put around the message; the telegram itself stands between.
MESSAGE_BEGINS = re.compile(r"^\s*Message Text\s*$", re.MULTILINE)
MESSAGE_ENDS = re.compile(r"^\s*Message Attributes\s*$", re.MULTILINE)


def aad(shared: Path) -> TruthSet:
    """Telegrams that came as text: the message as transmitted is its own truth, slips included."""
    documents = []
    for path in _files(shared / "dev" / "aad", "*.txt"):
        text = _text(path)
        begin, end = MESSAGE_BEGINS.search(text), MESSAGE_ENDS.search(text)
        if not begin:  # some releases hold attributes only: the message is on microfilm
            continue
        text = text[begin.end() : end.start() if end else len(text)].strip("\n") + "\n"
        documents.append(_clean(path, text))
    return _of_documents("aad", "clean", documents, clean=True, telegrams=True)


def aad_bodies(shared: Path) -> TruthSet:
    """Bodies of clean telegrams, a paragraph a line."""
    files = _files(shared / "dev" / "aad_bodies", "*.txt")
    documents = [_clean(path, _text(path)) for path in files]
    return _of_documents("aad-bodies", "clean", documents, clean=True, telegrams=True)


def synthetic(folder: Path) -> TruthSet:
    """Pages whose truth lies beside them, as `NAME.ocr.txt` and `NAME.truth.txt`."""
    documents = []
    for path in _files(folder, "*.ocr.txt"):
        truth = _text(path.with_name(path.name.replace(".ocr.txt", ".truth.txt")))
        source = _source(path, _text(path))
        passage = TruthPassage(first=1, last=max(1, len(source.lines)), truth=truth)
        documents.append(_whole(path.name.removesuffix(".ocr.txt"), source, (passage,)))
    return _of_documents(SYNTHETIC + str(folder), f"synthetic {folder.name}", documents)


def _postocr(name: str, file: str, profile: str) -> Callable[[Path], TruthSet]:
    def read(shared: Path) -> TruthSet:
        path = shared / "dev" / "postocr" / file
        documents: list[TruthDocument] = []
        for row in _rows(path):
            text, peers = str(row["ocr"]), row["peer"]
            source = Source(name=str(row["id"]), digest=digest_of(text.encode()), text=text)
            passage = TruthPassage(first=1, last=max(1, len(source.lines)), truth=str(row["gt"]))
            published = peers.items() if isinstance(peers, dict) else ()
            documents.append(
                _whole(
                    source.name,
                    source,
                    (passage,),
                    {str(system): _fitted(str(output).split("\n"), source) for system, output in published},
                )
            )
        return _of_documents(name, profile, documents)

    return read


def _of_corpora(name: str) -> Callable[[Path], TruthSet]:
    def read(shared: Path) -> TruthSet:
        # Loaded late: they need what trains the models.
        from septel.measure import corpus_sets

        found: Mapping[str, Callable[[Path], TruthSet]] = {"frus": corpus_sets.frus, "jfk": corpus_sets.jfk}
        return found[name](shared)

    return read


LOADERS: Mapping[str, Callable[[Path], TruthSet]] = {
    "seed": seed,
    "noisy": noisy,
    "aad": aad,
    "aad-bodies": aad_bodies,
    "apollo8": _postocr("apollo8", "typescript-apollo8.train.jsonl.xz", "typescript"),
    "gemini4": _postocr("gemini4", "typescript-gemini4.dev.jsonl.xz", "typescript"),
    "frus": _of_corpora("frus"),
    "jfk": _of_corpora("jfk"),
    "overproof-d3": _postocr("overproof-d3", "newspaper-overproof-d3.dev.jsonl.xz", "newspaper"),
}


def _of_documents(
    name: str, profile: str, documents: list[TruthDocument], *, clean: bool = False, telegrams: bool = False
) -> TruthSet:
    return TruthSet(
        name=name,
        profile=profile,
        unit="document",
        clean=clean,
        documents=tuple(documents),
        telegrams=telegrams,
    )


def _whole(
    name: str,
    source: Source,
    passages: tuple[TruthPassage, ...],
    published: Mapping[str, tuple[str, ...]] | None = None,
) -> TruthDocument:
    units = (ScoredUnit(id=name, passages=passages),)
    return TruthDocument(id=name, source=source, units=units, published=published or {})


def _clean(path: Path, text: str) -> TruthDocument:
    source = _source(path, text)
    passages = tuple(
        TruthPassage(first=number, last=number, truth=line.of(text))
        for number, line in enumerate(source.lines, 1)
        if line.of(text).strip()
    )
    return _whole(path.stem, source, passages)


def _fitted(lines: Sequence[str], source: Source) -> tuple[str, ...]:
    # Published output has no duty to keep the lines; what is over joins the last, what lacks is empty.
    last = max(1, len(source.lines)) - 1
    lines = [*lines, *([""] * (last + 1 - len(lines)))]
    return (*lines[:last], " ".join(lines[last:]))


def _source(path: Path, text: str) -> Source:
    return Source(name=path.name, digest=digest_of(text.encode()), text=text)


def _files(folder: Path, pattern: str) -> list[Path]:
    files = sorted(folder.glob(pattern))
    if not files:
        raise EmptyInput(f"no files {pattern} to measure", where=str(folder))
    return files


def _text(path: Path) -> str:
    try:
        # A form feed would be a page break, which is no character of a source's text.
        return path.read_text("utf-8").replace("\f", "\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"can't be read as text ({fault})", where=str(path)) from fault


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    try:
        with (
            lzma.open(path, "rt", encoding="utf-8")
            if path.suffix == ".xz"
            else path.open(encoding="utf-8") as f
        ):
            for line in f:
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise InputError("a line is no table of names and values", where=str(path))
                yield row
    except (OSError, ValueError, lzma.LZMAError) as fault:
        raise InputError(f"can't be read as lines of JSON ({fault})", where=str(path)) from fault
