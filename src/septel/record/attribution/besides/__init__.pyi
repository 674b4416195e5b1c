from .draft_text import DraftText as DraftText
from .own_words import OwnWords as OwnWords
from .teletype import TeletypeItems as TeletypeItems
from .told_besides import ToldBesides as ToldBesides
