"""Reads the fields of messages by the forms that services used: each form has its own module."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
