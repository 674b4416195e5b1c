"""Making lines to learn from, and learning (the latter needs PyTorch: `septel[train]`)."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
