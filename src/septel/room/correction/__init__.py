"""What a person decides about words: the queue of doubts, one decision, the same everywhere."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
