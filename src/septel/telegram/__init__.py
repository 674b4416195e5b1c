"""Parses the lines of a telegram into heading, sections and paragraphs; nothing is dropped."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
