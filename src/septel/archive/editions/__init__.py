"""Editions: the archive as one role has it, a catalogue of its own that lacks what the role may not see."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
