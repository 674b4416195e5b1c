from .mentions import Mention as Mention
from .mentions import MentionFinder as MentionFinder
from .mentions import MentionKind as MentionKind
from .participants import Participant as Participant
from .participants import Participants as Participants
from .participants import cast_of as cast_of
from .participants import side_of as side_of
from .rosters import Rosters as Rosters
