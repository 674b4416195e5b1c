from .qualifiers import full_year as full_year
from .qualifiers import month_number as month_number
from .reference import Reference as Reference
from .reference import ReferenceKind as ReferenceKind
