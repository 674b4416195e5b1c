"""Reads what a telegram's markings say: under which it was sent, and under which it was released.

Who may see what is not decided here yet: the reading room answers its own machine only.
"""

from septel.handling.marking import Marking, Stamp, marking_of

__all__ = ["Marking", "Stamp", "marking_of"]
