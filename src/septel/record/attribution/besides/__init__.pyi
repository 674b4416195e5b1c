from .draft_text import DraftText as DraftText
from .teletype import TeletypeItems as TeletypeItems
from .told_besides import ToldBesides as ToldBesides
