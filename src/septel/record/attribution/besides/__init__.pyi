from .draft_text import DraftText as DraftText
from .left_over import list_left_over as list_left_over
from .letter_positions import take_positions as take_positions
from .own_words import OwnWords as OwnWords
from .teletype import TeletypeItems as TeletypeItems
from .told_besides import ToldBesides as ToldBesides
