"""PostgreSQL: an archive as a schema of a database, for many readers and many machines."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
