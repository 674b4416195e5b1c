"""Reads through the noise: proposes what the page said, with calibrated confidence and alternatives."""

from septel.restore.calibration import Calibration, Evidence
from septel.restore.channel import Channel, Counts, profile
from septel.restore.gauging import Gauge, Gauges
from septel.restore.language import LanguageModel
from septel.restore.restoration import Hint, Noise, Restoration, RestoredWord, Settings, State
from septel.restore.restorer import Restorer
from septel.restore.sight import Glimpse, Sight
from septel.restore.telling import Around, Letter, Told, told_of
from septel.restore.together import Together, sure_of
from septel.restore.vocabulary import Vocabulary

__all__ = [
    "Around",
    "Calibration",
    "Channel",
    "Counts",
    "Evidence",
    "Gauge",
    "Gauges",
    "Glimpse",
    "Hint",
    "LanguageModel",
    "Letter",
    "Noise",
    "Restoration",
    "RestoredWord",
    "Restorer",
    "Settings",
    "Sight",
    "State",
    "Together",
    "Told",
    "Vocabulary",
    "profile",
    "sure_of",
    "told_of",
]
