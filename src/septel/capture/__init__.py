"""Turns files into accounted pages of lines and words with boxes, from OCR or from text."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
