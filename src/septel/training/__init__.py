"""Makes the shipped models again from corpora; nothing here runs when a page is read."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
