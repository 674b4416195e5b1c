"""The inner loops of the restorer, written in Python and compiled by numba once for each user and machine.

Each module holds one function of the signature `KERNEL` names. It allocates nothing: all that it works on is
given to it. `septel.restore.native` compiles it, keeps the machine code, and calls it; a process that finds
the code kept does not load numba at all. Nothing else may import these modules.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
