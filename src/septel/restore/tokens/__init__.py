"""What a token looks like before decoding; scan artefacts; what text in both cases tells."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
