from .parser import parse as parse
from .parser import walk_of as walk_of
from .votes import Vote as Vote
from .votes import form_votes as form_votes
