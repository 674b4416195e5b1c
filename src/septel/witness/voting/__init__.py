"""Two engines' readings of the same pages as one (as ROVER does), and the file's own text layer beside."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
