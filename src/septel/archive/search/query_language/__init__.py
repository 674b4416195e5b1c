"""What may be asked: the language of queries, its fields, and numbers and dates in all their forms."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
