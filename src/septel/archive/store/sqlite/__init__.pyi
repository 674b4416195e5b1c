from .connection import opened as opened
from .migrations import MIGRATIONS as MIGRATIONS
