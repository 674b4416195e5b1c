"""States what a document refers to, who said what to whom, and which meeting comes next."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
