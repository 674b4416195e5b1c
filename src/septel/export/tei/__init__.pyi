from .tei import Tei as Tei
