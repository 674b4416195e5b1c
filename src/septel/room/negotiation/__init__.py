"""The negotiating record of a whole archive, kept in memory, and what its pages show of it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
