"""What `import septel` gives: the walk, the archive and the record for a notebook or a script."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
