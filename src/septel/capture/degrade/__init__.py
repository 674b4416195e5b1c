"""Makes period pages for tests, for training and for the shipped sample: typed, then worn by copying."""

from septel.capture.degrade.printing import FACES, print_pages
from septel.capture.degrade.wearing import LEVELS, Level, degrade

__all__ = ["FACES", "LEVELS", "Level", "degrade", "print_pages"]
