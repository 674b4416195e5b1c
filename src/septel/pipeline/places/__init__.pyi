from .documents import fetched as fetched
from .readings import RemoteReadings as RemoteReadings
