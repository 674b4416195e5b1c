"""What persons did with papers: the log of acts, what stands of them, and lists of documents that show it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
