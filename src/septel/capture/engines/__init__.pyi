from .cache import Readings as Readings
from .cache import reading_key as reading_key
from .preparation import even as even
from .preparation import inked as inked
from .preparation import prepare as prepare
from .process import EnginePool as EnginePool
from .process import EngineProcess as EngineProcess
from .registry import Engine as Engine
