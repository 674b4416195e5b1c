"""Types that pass on: accounted pages, lines, words, boxes; what a file or an engine gives; limits."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
