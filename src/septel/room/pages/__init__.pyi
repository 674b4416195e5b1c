from .correction import CorrectionPages as CorrectionPages
from .entry import EntryPages as EntryPages
from .holding import HoldingPages as HoldingPages
from .record import RecordPages as RecordPages
from .review import ReviewPages as ReviewPages
from .search import SearchPages as SearchPages
from .telegram import TelegramPages as TelegramPages
from .upload import UploadPages as UploadPages
