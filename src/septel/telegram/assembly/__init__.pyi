from .assembled import Assembly as Assembly
from .assembled import Missing as Missing
from .assembled import Part as Part
from .assembled import Witness as Witness
from .join import assemble as assemble
from .pieces import MessagePiece as MessagePiece
from .pieces import PieceNumber as PieceNumber
from .pieces import pieces_of as pieces_of
