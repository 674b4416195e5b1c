"""Puts a telegram together from its parts: sections and pages, shuffled, in several files, lost, twice."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
