"""Who cites whom in an archive, asked of the catalogue: only what an answer needs is read."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
