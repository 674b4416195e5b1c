from .files import corrections_in as corrections_in
from .model import Correction as Correction
from .model import Edition as Edition
from .model import LineReading as LineReading
from .three_way import Merged as Merged
from .three_way import merge as merge
