"""Writes text, JSON, TEI, hOCR, ALTO and searchable PDF, and says what each format cannot hold."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
