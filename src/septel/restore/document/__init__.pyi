from .adaptive_decoding import WEIGHT as WEIGHT
from .adaptive_decoding import AdaptiveDecoding as AdaptiveDecoding
from .adaptive_decoding import Models as Models
from .repeats import repeated_phrases as repeated_phrases
from .result import Restoration as Restoration
from .result import RestoredWord as RestoredWord
from .result import Settings as Settings
from .working_copy import WorkingCopy as WorkingCopy
