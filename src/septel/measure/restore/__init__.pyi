from .copies import copies_json as copies_json
from .copies import copies_shown as copies_shown
from .copies import measure_copies as measure_copies
from .tables import ABSENT as ABSENT
from .tables import TableGrid as TableGrid
from .tables import grids_in_markdown as grids_in_markdown
from .tables import grids_on_terminal as grids_on_terminal
