"""The walk of a document through every room: capture, restore, parse, read for references, store."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
