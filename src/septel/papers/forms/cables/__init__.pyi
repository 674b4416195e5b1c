from .form import SERVICE as SERVICE
from .lines import cable_fields as cable_fields
