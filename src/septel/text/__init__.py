"""The floor that all rooms stand on: source text as evidence, and readings of it as invertible edits."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
