from .announced import Inconsistency as Inconsistency
from .announced import NextMeeting as NextMeeting
from .announced import next_meeting as next_meeting
from .assessments import assessments_of as assessments_of
from .reported import claims_of as claims_of
from .reported import meetings_of as meetings_of
from .reported import participants_of as participants_of
from .reported import texts_of as texts_of
