from .bench import ExportBench as ExportBench
from .bench import FormatSpeed as FormatSpeed
from .bench import bench_export as bench_export
