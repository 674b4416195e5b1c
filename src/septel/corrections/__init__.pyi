from .files import corrections_in as corrections_in
from .model import ColleagueCorrection as ColleagueCorrection
from .model import Edition as Edition
from .model import LineReading as LineReading
from .three_way import MergedCorrections as MergedCorrections
from .three_way import merge as merge
