from .attribution import Attributor as Attributor
from .reporting_verbs import Head as Head
from .speakers import Deed as Deed
from .speakers import Saying as Saying
from .speakers import Voice as Voice
