from .automaton import link as link
from .automaton import step as step
