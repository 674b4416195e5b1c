from .votes import Vote as Vote
from .votes import contradictions as contradictions
from .votes import form_votes as form_votes
