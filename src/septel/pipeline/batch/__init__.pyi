from .outcomes import Outcome as Outcome
from .outcomes import WorkFault as WorkFault
from .outcomes import WorkItem as WorkItem
