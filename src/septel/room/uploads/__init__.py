"""Files brought in through the browser: jobs in a process of their own, with what became of each document."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
