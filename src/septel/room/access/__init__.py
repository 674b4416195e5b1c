"""Who may come in and change something: accounts, forms that only our own pages can send, limits."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
