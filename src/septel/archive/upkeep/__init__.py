"""Care of the archive as a whole: backups, merging, verification, the index made again."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
