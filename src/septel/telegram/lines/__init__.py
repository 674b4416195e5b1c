"""What each line is: exact rules, fuzzy rules, and the classifier that walks the lines."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
