"""Scores how files are taken apart into papers, and what is read of messages by their forms."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
