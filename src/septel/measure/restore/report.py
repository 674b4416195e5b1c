"""What a run of measures found, as data: for tables on a terminal, for docs, for other programs."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from septel.measure.metrics import AgreedWords, Estimate, KindCount, Reliability


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One system on one set.

    Rates are micro-averaged over the set; intervals are 95% bootstrap intervals over its units.

    Attributes:
        system: its name.
        note: why there are no figures, or what must be known of them; empty when nothing.
        cer: character error rate: Levenshtein edits per character of the truth.
        wer: word error rate; words are what stands between spaces.
        wer_folded: the same apart from case.
        gain: the source's word error rate less this one, over the same draws; above zero is better than
            nothing.
        cmer: HIPE-OCRepair's character match error rate, micro.
        preference: HIPE-OCRepair's preference score, the mean over units.
        changed: words of the source that the output has otherwise or not at all, or has too many, per word.
        invented: how many words were invented (see `septel.measure.metrics.invention`) and not marked as
            unreadable.
        omitted: words of the truth that stand nowhere in the output and in whose place nothing stands.
        worse_by_words: units whose word error rate rose.
        worse_by_characters: units whose character error rate rose.
        mended: words of the truth that the source had wrong and the output has right.
        harmed: words of the truth that the source had right and the output has wrong.
        errors: what is still wrong, by kind.
        seconds: time spent correcting, loading not counted; None where nothing was computed.
        trust: what its marks of doubt are worth; None for systems that have none.
        agreed: what became of the words that two readings of the page agree on; None where nobody knows them.
    """

    system: str
    note: str = ""
    cer: Estimate | None = None
    wer: Estimate | None = None
    wer_folded: Estimate | None = None
    gain: Estimate | None = None
    cmer: Estimate | None = None
    preference: Estimate | None = None
    changed: float | None = None
    invented: int | None = None
    omitted: int | None = None
    worse_by_words: tuple[str, ...] = ()
    worse_by_characters: tuple[str, ...] = ()
    mended: int | None = None
    harmed: int | None = None
    errors: tuple[KindCount, ...] = ()
    seconds: float | None = None
    trust: Reliability | None = None
    agreed: AgreedWords | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetReport:
    """All systems on one set.

    Attributes:
        name: the set's name.
        profile: whose noise it is.
        unit: what the bootstrap drew: documents, or lines where the set is one document.
        units: how many.
        words: words of the truth that is scored.
        characters: characters of it.
        source_characters: characters given to the systems, scored or not.
        clean: whether the source is the truth.
        scores: one per system, in the order asked.
    """

    name: str
    profile: str
    unit: str
    units: int
    words: int
    characters: int
    source_characters: int
    clean: bool
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BandScore:
    """One system on all units of one band of noise."""

    system: str
    units: int
    cer: float
    wer: float
    worse: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Units of all sets whose source has from `low` up to `high` character errors per character."""

    low: float
    high: float
    units: int
    words: int
    scores: tuple[BandScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """One system's trust over the words of all telegram sets of a run together."""

    system: str
    trust: Reliability


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A run: sets, bands of noise over all of them, and what is needed to run it again.

    Attributes:
        version: of Septel.
        seed: of the bootstrap.
        draws: of the bootstrap.
        sets: in the order asked.
        bands: from clean to worst.
        telegrams: trust over all sets of telegrams together, one per system that marks doubt; empty when the
            run has fewer than two such sets.
    """

    version: str
    seed: int
    draws: int
    sets: tuple[SetReport, ...]
    bands: tuple[Band, ...]
    telegrams: tuple[Pooled, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """One system over one text, alone in a process of its own.

    Attributes:
        system: its name.
        text: the text's name.
        characters: its length.
        load_seconds: from nothing to ready, imports included.
        first_seconds: the first reading, with whatever is compiled or cached on first use.
        seconds: the fastest reading.
        characters_per_second: characters over `seconds`.
        processor_load_seconds: processor time of the process from its beginning until it is ready.
        processor_first_seconds, processor_seconds: of the first reading, and of the one that took least.
        characters_per_processor_second: characters over `processor_seconds`.
        processor_ratio: as `ratio`, by processor time: what else runs on the machine does not bend it.
        peak_megabytes: most memory that the process held, in 10^6 bytes.
        ratio: characters per second over the peer's on the same text; None for the peer and where it is
            absent.
        note: why there are no figures; empty when there are.
    """

    system: str
    text: str
    characters: int
    load_seconds: float | None = None
    first_seconds: float | None = None
    seconds: float | None = None
    characters_per_second: float | None = None
    peak_megabytes: float | None = None
    ratio: float | None = None
    note: str = ""
    processor_load_seconds: float | None = None
    processor_first_seconds: float | None = None
    processor_seconds: float | None = None
    characters_per_processor_second: float | None = None
    processor_ratio: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchReport:
    """Speed and memory, all systems in one run on one machine.

    Attributes:
        version: of Septel.
        peer: the system that ratios are taken against.
        speeds: one per text and system.
    """

    version: str
    peer: str
    speeds: tuple[Speed, ...]


def to_json(report: Report | BenchReport) -> dict[str, object]:
    """The report for other programs."""
    data: dict[str, object] = TypeAdapter(type(report)).dump_python(report, mode="json")
    return data
