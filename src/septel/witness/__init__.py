"""Several readings or copies of one text side by side: where they agree, and where they differ.

Two witnesses at a time are aligned word by word. Of two engines' readings of one page a first text is chosen
by vote; what lost is kept with each word, and both readings stay beside it. Several copies of one telegram
are read together, with an apparatus of their variants; two texts of one statement are compared word by word.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
