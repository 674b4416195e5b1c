"""Makes period pages for tests, for training and for the shipped sample: typed, then worn by copying."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
