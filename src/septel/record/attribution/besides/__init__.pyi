from .draft_text import TEXT_COMES as TEXT_COMES
from .draft_text import UNSAID as UNSAID
from .draft_text import DraftText as DraftText
from .draft_text import is_unsaid as is_unsaid
from .own_words import OwnWords as OwnWords
from .teletype import TeletypeItems as TeletypeItems
from .told_besides import ToldBesides as ToldBesides
