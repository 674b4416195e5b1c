"""Reads through the noise: proposes what the page said, with calibrated confidence and alternatives."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
