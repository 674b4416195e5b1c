from .clock import stamp as stamp
from .cluster import ClusterCrew as ClusterCrew
from .crew import Crew as Crew
from .crew import LocalCrew as LocalCrew
from .outcomes import Outcome as Outcome
from .outcomes import WorkFault as WorkFault
from .outcomes import WorkItem as WorkItem
from .policy import Policy as Policy
