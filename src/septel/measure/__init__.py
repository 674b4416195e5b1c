"""Truth and scores: what Septel's restorer is worth, beside what others are worth on the same pages.

Measured figures that the docs quote come from here: `measure_restore` for the quality of restoration,
`bench_restore` for its speed and memory. Every definition stands in the module that computes it.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
