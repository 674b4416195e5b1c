"""What the archive is worth: what searches find on worn pages, and how it grows."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
