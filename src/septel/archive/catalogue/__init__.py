"""What joins the rest: a document taken in or continued, with its index, conflicts and newer captures."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
