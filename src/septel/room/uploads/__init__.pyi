from .jobs import Job as Job
from .jobs import Jobs as Jobs
from .jobs import JobState as JobState
