from .index import forget_lines as forget_lines
from .index import index_lines as index_lines
from .query import find as find
from .query import storable as storable
