from .bench import bench_restore as bench_restore
from .copies import copies_json as copies_json
from .copies import copies_shown as copies_shown
from .copies import measure_copies as measure_copies
from .corrector import Correction as Correction
from .corrector import ShownWord as ShownWord
from .septel import SeptelSystem as SeptelSystem
