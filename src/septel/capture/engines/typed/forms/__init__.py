"""Printed forms that are known by their layout, and the words that stand on them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
