"""Makes period pages for tests, for training and for the shipped sample: typed, then worn by copying."""

from septel.capture.degrade.marking import excise, fade, fax_lines, place_of, punch, scrawl, stamp
from septel.capture.degrade.mishaps import at_the_machine, in_the_archive
from septel.capture.degrade.printing import FACES, print_pages
from septel.capture.degrade.wearing import LEVELS, Level, degrade

__all__ = [
    "FACES",
    "LEVELS",
    "Level",
    "at_the_machine",
    "degrade",
    "excise",
    "fade",
    "fax_lines",
    "in_the_archive",
    "place_of",
    "print_pages",
    "punch",
    "scrawl",
    "stamp",
]
