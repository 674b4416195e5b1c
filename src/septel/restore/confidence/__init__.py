"""Fitted models: what an engine's figures mean, keep or change, how sure a word is."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
