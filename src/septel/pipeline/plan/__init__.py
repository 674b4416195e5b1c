"""What reading very many pages will take: time, memory, disk and money, from measured rates."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
