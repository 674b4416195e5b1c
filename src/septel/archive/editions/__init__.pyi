from .editions import Editions as Editions
from .editions import opened_for as opened_for
from .editions import remove_unfinished as remove_unfinished
