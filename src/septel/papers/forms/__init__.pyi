from .fields import FormFields as FormFields
from .patterns import PRINTED as PRINTED
from .registry import form_fields as form_fields
