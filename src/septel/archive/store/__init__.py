"""Where an archive is kept: the database behind one protocol, its rows, originals by hash."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
