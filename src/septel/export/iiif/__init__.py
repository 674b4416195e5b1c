"""IIIF Presentation 3: a manifest for each holding, and a collection of them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
