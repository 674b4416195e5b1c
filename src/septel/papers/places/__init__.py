"""Reads the pages of forms as words at places: cells, telegraph lines, dates, labels of paragraphs."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
