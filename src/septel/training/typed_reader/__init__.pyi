from .lines import make_lines as make_lines
from .network import export as export
from .network import learn as learn
