from .attribution import Attributor as Attributor
from .reporting_verbs import ReportingClause as ReportingClause
from .speakers import ReportedAction as ReportedAction
from .speakers import ReportedSpeech as ReportedSpeech
from .speakers import ResolvedSpeaker as ResolvedSpeaker
