from .connection import opened as opened
from .migrations import ANEW as ANEW
from .migrations import COMPACT as COMPACT
from .migrations import COMPACTED as COMPACTED
from .migrations import EMPTIED as EMPTIED
from .migrations import MIGRATIONS as MIGRATIONS
from .migrations import Statement as Statement
from .upgrade import pack_anew as pack_anew
