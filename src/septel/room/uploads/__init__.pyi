from .division import MendedFile as MendedFile
from .division import PaperStart as PaperStart
from .division import rows_of as rows_of
from .jobs import FOLDER as FOLDER
from .jobs import Job as Job
from .jobs import Jobs as Jobs
from .jobs import JobState as JobState
