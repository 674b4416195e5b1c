from .handling import Handling as Handling
