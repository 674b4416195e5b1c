from .connection import opened as opened
from .migrations import ANEW as ANEW
from .migrations import MIGRATIONS as MIGRATIONS
