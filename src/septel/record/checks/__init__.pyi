from .dates import DateProposal as DateProposal
from .dates import Neighbour as Neighbour
from .dates import date_proposals as date_proposals
