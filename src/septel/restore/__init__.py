"""Reads through the noise: proposes what the page said, with calibrated confidence and alternatives."""

from septel.restore.calibration import Calibration, Evidence
from septel.restore.channel import Channel, Counts, profile
from septel.restore.language import LanguageModel
from septel.restore.restoration import Hint, Noise, Restoration, RestoredWord, Settings, State
from septel.restore.restorer import Restorer
from septel.restore.vocabulary import Vocabulary

__all__ = [
    "Calibration",
    "Channel",
    "Counts",
    "Evidence",
    "Hint",
    "LanguageModel",
    "Noise",
    "Restoration",
    "RestoredWord",
    "Restorer",
    "Settings",
    "State",
    "Vocabulary",
    "profile",
]
