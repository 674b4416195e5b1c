"""Septel makes declassified diplomatic telegrams readable, searchable, citable and trustworthy.

For a notebook: `septel.read`, `septel.ingest`, `septel.open_archive`, `septel.records_of` (docs/python.md).
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
