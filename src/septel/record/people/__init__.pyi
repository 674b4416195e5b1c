from .mentions import Finder as Finder
from .mentions import Kind as Kind
from .mentions import Mention as Mention
from .participants import Cast as Cast
from .participants import Player as Player
from .participants import cast_of as cast_of
from .participants import side_of as side_of
from .rosters import Rosters as Rosters
