"""Our own engine for type of one pitch: convolutions, then CTC."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
