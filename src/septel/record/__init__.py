"""States what a document refers to, who said what to whom, and which meeting comes next."""

from septel.record.building import COMPONENTS, record_of
from septel.record.derived import Cell, Group, OpenPoint, Suggestion, SuggestionKind
from septel.record.findings import VALIDATORS, Validator, findings
from septel.record.ghosts import Dating, Ghost, ghosts, request_list
from septel.record.graph import Citation, CitationGraph
from septel.record.happenings import (
    Assessment,
    Check,
    Claim,
    Event,
    EventKind,
    Meeting,
    MeetingKind,
    OpenState,
    Participation,
    Question,
    TextInPlay,
    TextKind,
    TextState,
    Unread,
)
from septel.record.meetings import Finding, NextMeeting, next_meeting
from septel.record.objects import (
    Act,
    Excerpt,
    Fidelity,
    IssueTag,
    Modality,
    Mode,
    Person,
    Polarity,
    Resolution,
    Speaker,
    Stance,
    Statement,
)
from septel.record.ordering import OutOfOrder, out_of_order
from septel.record.recorded import Record
from septel.record.references import references
from septel.record.references_found import Reference, ReferenceKind, reference_from_json
from septel.record.resolving import Resolver, antecedents
from septel.record.resolving_claims import Checked, check_words, checked
from septel.record.resolving_held import Held, Meaning, Standing, Wanted
from septel.record.rosters import Member, Rosters
from septel.record.views import all_meetings, open_points, positions, suggestions, texts_in_play, unmatched
from septel.record.vocabulary import Issue, Vocabulary

__all__ = [
    "COMPONENTS",
    "VALIDATORS",
    "Act",
    "Assessment",
    "Cell",
    "Check",
    "Checked",
    "Citation",
    "CitationGraph",
    "Claim",
    "Dating",
    "Event",
    "EventKind",
    "Excerpt",
    "Fidelity",
    "Finding",
    "Ghost",
    "Group",
    "Held",
    "Issue",
    "IssueTag",
    "Meaning",
    "Meeting",
    "MeetingKind",
    "Member",
    "Modality",
    "Mode",
    "NextMeeting",
    "OpenPoint",
    "OpenState",
    "OutOfOrder",
    "Participation",
    "Person",
    "Polarity",
    "Question",
    "Record",
    "Reference",
    "ReferenceKind",
    "Resolution",
    "Resolver",
    "Rosters",
    "Speaker",
    "Stance",
    "Standing",
    "Statement",
    "Suggestion",
    "SuggestionKind",
    "TextInPlay",
    "TextKind",
    "TextState",
    "Unread",
    "Validator",
    "Vocabulary",
    "Wanted",
    "all_meetings",
    "antecedents",
    "check_words",
    "checked",
    "findings",
    "ghosts",
    "next_meeting",
    "open_points",
    "out_of_order",
    "positions",
    "record_of",
    "reference_from_json",
    "references",
    "request_list",
    "suggestions",
    "texts_in_play",
    "unmatched",
]
