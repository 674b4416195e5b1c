"""What several bad copies of one page are worth together: word error rates against the best single copy.

Pages of clean telegrams are printed, each worn three times by its own seed, read by the shipped engine and
restored. The best single copy is picked afterwards, page by page, with the truth in hand: no reader could
pick so well. Set against it are the copies' vote, the vote restored, the vote over restored copies, and all
of it together as `septel.witness.copies.joint_reading.consensus` does it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from septel.capture import Capture, EnginePool
from septel.measure.metrics import EditCounts, count, rightness
from septel.measure.restore.septel import SeptelSystem
from septel.measure.truth import PATIENT, THRESHOLD, as_read, level_of, page_texts
from septel.progress import Progress, silent
from septel.restore import CopyPosteriors, EnginePosteriors, sure_of
from septel.synthesis import FACES, degrade, print_pages
from septel.text import Source
from septel.witness import CHOICES, Consensus, Copy, consensus, voted

WAYS = (
    "best copy as read",
    "best copy restored",
    "copies voted",
    "copies voted, then restored",
    "copies restored, then voted",
    "all together, without a restorer",
    "all together",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesReport:
    """Word error rates of each way to read copies.

    Attributes:
        level, seed, copies: what was made.
        pages: names of the pages.
        rates: for each way, the rate over all pages.
        page_rates: for each way, the rate of each page.
        ratio: the rate of all together, divided by that of the best single copy, as read.
        restored_ratio: the same, divided by that of the best single copy, restored.
        support: for words shown by so many copies alike, how many there are and the share that is right.
    """

    level: str
    seed: int
    copies: int
    pages: tuple[str, ...]
    rates: dict[str, float]
    page_rates: dict[str, tuple[float, ...]]
    ratio: float
    restored_ratio: float
    support: dict[int, tuple[int, float]]


def measure_copies(
    shared: Path,
    *,
    pages: int = 6,
    copies: int = 3,
    level: str = "3",
    seed: int = 11,
    progress: Progress = silent,
) -> CopiesReport:
    """Make copies of pages, read them each and together, and count the wrong words.

    Raises:
        UsageError: there is no such level.
        MissingPart: the engine or a model is not installed.
    """
    level, restoring = level_of(level), SeptelSystem.load()
    counts: dict[str, list[EditCounts]] = {way: [] for way in WAYS}
    support: dict[int, list[bool]] = {}
    texts = page_texts(shared, pages=pages, seed=seed)
    with TemporaryDirectory() as folder, EnginePool(PATIENT, 1) as pool:
        for number, (name, truth) in enumerate(texts):
            made = [
                _copy(
                    restoring,
                    _worn(truth, level, number=number, copy=n, seed=seed),
                    Path(folder) / f"{name}, copy {n + 1}.png",
                    pool,
                )
                for n in range(copies)
            ]
            for way, text in _ways(made, truth, restoring, support):
                counts[way].append(count(truth.split(), text.split()))
            progress((number + 1) / pages)
    rates = {way: sum(found, EditCounts()).error_rate for way, found in counts.items()}
    return CopiesReport(
        level=level,
        seed=seed,
        copies=copies,
        pages=tuple(name for name, _ in texts),
        rates=rates,
        page_rates={way: tuple(one.error_rate for one in found) for way, found in counts.items()},
        ratio=_ratio(rates, "best copy as read"),
        restored_ratio=_ratio(rates, "best copy restored"),
        support={n: (len(found), sum(found) / len(found)) for n, found in sorted(support.items())},
    )


def _ratio(rates: dict[str, float], best: str) -> float:
    return rates["all together"] / rates[best] if rates[best] else 0.0


def _copy(
    restoring: SeptelSystem, image: Image.Image, file: Path, pool: EnginePool
) -> tuple[Copy, tuple[Capture, EnginePosteriors | None] | None]:
    """A copy as the restorer restores it, and as the shipped engine read and saw it."""
    image.save(file)
    seen = as_read(file, CHOICES[0], restoring.restorer.vocabulary.knows, pool)
    if seen is None:
        return Copy(source=Source.of_text("", name=file.stem)), None
    sight = restoring.restorer.engine_posteriors(seen)
    read = _text(restoring.correct(seen.source, sight).lines)
    copy = Copy(source=replace(seen.source, name=file.stem), sure=sure_of(seen, sight), read=read)
    return copy, (seen, sight)


def _worn(truth: str, level: str, *, number: int, copy: int, seed: int) -> Image.Image:
    typed = next(iter(print_pages(truth, face=FACES[number % len(FACES)], seed=seed + number)))
    image = degrade(typed, level, seed=1000 * (copy + 1) + 31 * seed + number)
    if copy % 3 == 2:
        image = image.point([255 * (shade > THRESHOLD) for shade in range(256)])
    return image


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _ways(
    copies: Sequence[tuple[Copy, tuple[Capture, EnginePosteriors | None] | None]],
    truth: str,
    restoring: SeptelSystem,
    support: dict[int, list[bool]],
) -> list[tuple[str, str]]:
    made = [copy for copy, _ in copies]
    words = restoring.restorer.vocabulary.words
    raw = [copy.source.text for copy in made]
    read = [copy.read or "" for copy in made]
    together = CopyPosteriors([seen for _, seen in copies if seen is not None])

    def again(text: str) -> str:
        return _text(restoring.correct(*together.over(text)).lines)

    def read_again(text: str) -> Source:
        return Source.of_text(again(text))

    vote = voted(raw, [copy.sure for copy in made])
    bare = [Copy(source=copy.source, sure=copy.sure) for copy in made]
    looked = together.whole and len(together.copies) == len(made)
    whole = consensus(made, read=read_again, known=words.__contains__, seen=looked)
    _supported(whole, truth, support)

    def errors(text: str) -> int:
        return count(truth.split(), text.split()).edits

    return [
        ("best copy as read", min(raw, key=errors)),
        ("best copy restored", min(read, key=errors)),
        ("copies voted", vote),
        ("copies voted, then restored", again(vote)),
        ("copies restored, then voted", voted(read, [[0.9] * len(text) for text in read])),
        ("all together, without a restorer", consensus(bare, known=words.__contains__).text),
        ("all together", whole.text),
    ]


def _supported(found: Consensus, truth: str, support: dict[int, list[bool]]) -> None:
    """Whether each word of the common text is right, by how many copies show just this."""
    right = rightness(truth.split(), found.text.split())
    for word, good in zip(found.words, right, strict=True):
        support.setdefault(word.support, []).append(good)


def copies_shown(report: CopiesReport) -> list[str]:
    """A report in words."""
    lines = [
        f"{len(report.pages)} pages, {report.copies} copies each, worn to level {report.level!r} "
        f"(seed {report.seed}); word error rate:"
    ]
    for way, rate in report.rates.items():
        each = " ".join(f"{one:.3f}" for one in report.page_rates[way])
        lines.append(f"  {way:36}{rate:.4f}   pages: {each}")
    lines.append(f"  all together / best copy as read: {report.ratio:.2f}")
    lines.append(f"  all together / best copy restored: {report.restored_ratio:.2f}")
    for n, (total, share) in report.support.items():
        lines.append(f"  words shown alike by {n} of {report.copies} copies: {total}, right {share:.3f}")
    return lines


def copies_json(report: CopiesReport) -> dict[str, object]:
    """The report for other programs."""
    return asdict(report)
