from .assembly import assembly_shown as assembly_shown
from .assembly import measure_assembly as measure_assembly
from .bench import bench_parse as bench_parse
