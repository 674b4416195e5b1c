from .pairs import PairReport as PairReport
from .pairs import measure_pairs as measure_pairs
from .run import WITNESSES as WITNESSES
from .run import PaperScore as PaperScore
from .run import measure_papers as measure_papers
from .run import paper_grids as paper_grids
