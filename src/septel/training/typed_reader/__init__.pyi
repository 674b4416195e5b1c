from .lines import PAGES as PAGES
from .lines import keep_lines as keep_lines
from .lines import make_lines as make_lines
from .network import export as export
from .network import learn as learn
from .typescript import TypedLine as TypedLine
