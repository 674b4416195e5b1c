"""Truth and scores: what Septel's restorer is worth, beside what others are worth on the same pages.

Measured figures that the docs quote come from here: `measure_restore` for the quality of restoration,
`bench_restore` for its speed and memory. Every definition stands in the module that computes it.
"""

from septel.measure.alignment import Counts, count, one_spaced, rightness
from septel.measure.bench import bench_restore, bench_texts
from septel.measure.bootstrap import Estimate, Resampling
from septel.measure.correctors import DEFAULT_SYSTEMS, SYSTEMS, Correction, Corrector, ShownWord
from septel.measure.invention import invented, support
from septel.measure.parsing_bench import ParseBench, bench_parse
from septel.measure.record_gold import gold_records
from septel.measure.records import (
    RecordReport,
    RecordScore,
    measure_record,
    record_grids,
)
from septel.measure.report import (
    BenchReport,
    Report,
    Score,
    SetReport,
    Speed,
    report_from_json,
    schema,
    to_json,
)
from septel.measure.restoring import measure_restore
from septel.measure.tables import grids_in_markdown, grids_on_terminal, markdown, terminal
from septel.measure.telegram_scores import TelegramReport
from septel.measure.telegram_tables import telegram_grids
from septel.measure.telegrams import measure_telegram
from septel.measure.trust import Judged, Trust, trust
from septel.measure.truth import LOADERS, Passage, TruthDocument, TruthSet, Unit, load

__all__ = [
    "DEFAULT_SYSTEMS",
    "LOADERS",
    "SYSTEMS",
    "BenchReport",
    "Correction",
    "Corrector",
    "Counts",
    "Estimate",
    "Judged",
    "ParseBench",
    "Passage",
    "RecordReport",
    "RecordScore",
    "Report",
    "Resampling",
    "Score",
    "SetReport",
    "ShownWord",
    "Speed",
    "TelegramReport",
    "Trust",
    "TruthDocument",
    "TruthSet",
    "Unit",
    "bench_parse",
    "bench_restore",
    "bench_texts",
    "count",
    "gold_records",
    "grids_in_markdown",
    "grids_on_terminal",
    "invented",
    "load",
    "markdown",
    "measure_record",
    "measure_restore",
    "measure_telegram",
    "one_spaced",
    "record_grids",
    "report_from_json",
    "rightness",
    "schema",
    "support",
    "telegram_grids",
    "terminal",
    "to_json",
    "trust",
]
