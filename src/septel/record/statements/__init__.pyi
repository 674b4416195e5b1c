from .confidence import FLOOR as FLOOR
from .confidence import confidence_of as confidence_of
from .confidence import read_share as read_share
from .issues import IssueVocabulary as IssueVocabulary
from .speech_acts import hedges_in as hedges_in
from .statements import DraftStatement as DraftStatement
from .statements import statements_of as statements_of
