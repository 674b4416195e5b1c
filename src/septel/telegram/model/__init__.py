"""The tree of a telegram: every field with its value, its words as on the page, its place."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
