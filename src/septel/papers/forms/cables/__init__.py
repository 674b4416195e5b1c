"""Reads cables of the Central Intelligence Agency, by the places of their forms and by their lines."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
