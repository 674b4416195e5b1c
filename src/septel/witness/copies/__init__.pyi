from .overlay import GAP_WEIGHT as GAP_WEIGHT
from .overlay import overlaid as overlaid
from .overlay import word_spans as word_spans
