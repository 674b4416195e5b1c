from .fields import FormFields as FormFields
from .patterns import PRINTED as PRINTED
from .registry import form_fields as form_fields
from .sheet import FormWitness as FormWitness
from .sheet import Sheet as Sheet
from .telegraph import sent_line as sent_line
from .telegraph import telegraph_line as telegraph_line
