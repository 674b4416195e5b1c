from .attribution import Attributor as Attributor
from .reported_speech import departs as departs
from .reporting_verbs import ReportingClause as ReportingClause
from .reporting_verbs import verbs as verbs
from .speakers import Attribution as Attribution
from .speakers import ReportedAction as ReportedAction
from .speakers import ReportedSpeech as ReportedSpeech
from .speakers import ResolvedSpeaker as ResolvedSpeaker
