"""Takes a colleague's corrections back into an archive, from TEI, PAGE XML or CSV, conflicts shown."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
