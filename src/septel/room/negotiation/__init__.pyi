from .kept import KeptRecords as KeptRecords
from .matrix import SIGNS as SIGNS
from .matrix import matrix_of as matrix_of
from .meetings import meeting_view as meeting_view
from .people import persons_of as persons_of
from .references import neighbourhood as neighbourhood
from .views import RecordViews as RecordViews
from .views import address as address
