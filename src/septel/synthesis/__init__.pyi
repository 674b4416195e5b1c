from egrade.released import as_released as as_released

from .marks import excise as excise
from .marks import fade as fade
from .marks import fax_lines as fax_lines
from .marks import place_of as place_of
from .marks import punch as punch
from .marks import scrawl as scrawl
from .marks import stamp as stamp
from .mishaps import at_the_machine as at_the_machine
from .mishaps import in_the_archive as in_the_archive
from .typescript import FACES as FACES
from .typescript import print_pages as print_pages
from .wear import LEVELS as LEVELS
from .wear import Level as Level
from .wear import degrade as degrade
