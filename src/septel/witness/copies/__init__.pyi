from .overlay import GAP_WEIGHT as GAP_WEIGHT
from .overlay import lay as lay
from .overlay import word_spans as word_spans
