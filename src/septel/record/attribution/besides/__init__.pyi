from .teletype import TeletypeItems as TeletypeItems
from .told_besides import ToldBesides as ToldBesides
