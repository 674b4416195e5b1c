"""Writes holdings in every format that matters, and says what each cannot hold."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
