"""The audit trail: who saw, exported, decided and changed rules, in a chain of hashes."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
