"""The same as JSON for other programs, described by OpenAPI at `/api/openapi.json`."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
