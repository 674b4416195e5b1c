"""A reader of its own for what numbering machines and date stamps put on a page."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
