"""What persons do with papers: headings corrected, notes, tags, hiding, deleting; a log that only grows."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
