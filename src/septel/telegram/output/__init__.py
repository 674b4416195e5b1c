"""Published JSON, plain text, and what markings a stored tree has."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
