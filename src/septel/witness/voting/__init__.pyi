from .preference import Known as Known
from .preference import features as features
