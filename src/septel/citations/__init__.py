"""References of telegrams: found in text, resolved among what is held; what is cited and not held."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
