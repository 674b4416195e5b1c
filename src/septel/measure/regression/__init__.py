"""What a change gained and lost: all benches in one table kept over time, and a small corpus by document."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
