"""Citations of holdings: NARA's and Chicago's note and bibliography forms, CSL-JSON, RIS, BibTeX."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
