"""Who may see what: markings as history, release, embargo, excisions; rules as data, each ruling with its reason."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
