from .parser import parse as parse
from .parser import walk_of as walk_of
