from .dating import DateProposal as DateProposal
from .dating import Neighbour as Neighbour
from .dating import date_proposals as date_proposals
