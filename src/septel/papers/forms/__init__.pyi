from .agreement import WeighedFields as WeighedFields
from .agreement import shown as shown
from .fields import FormFields as FormFields
from .patterns import PRINTED as PRINTED
from .patterns import date_places as date_places
from .registry import form_fields as form_fields
from .registry import weighed_fields as weighed_fields
