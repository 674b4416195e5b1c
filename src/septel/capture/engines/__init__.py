"""OCR engines by name, page preparation, each engine in a process of its own, kept readings."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
