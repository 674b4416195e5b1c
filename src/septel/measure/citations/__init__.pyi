from .made_archive import Habits as Habits
from .run import found_shown as found_shown
from .run import measure_found as measure_found
from .run import measure_resolved as measure_resolved
from .run import referring_json as referring_json
from .run import resolved_shown as resolved_shown
