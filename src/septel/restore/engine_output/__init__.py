"""What OCR engines said of each word and character, as posteriors over the source."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
