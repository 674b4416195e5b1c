from .chain import DECIDED as DECIDED
from .chain import EXPORTED as EXPORTED
from .chain import HANDLED as HANDLED
from .chain import RULED as RULED
from .chain import AuditEntry as AuditEntry
from .chain import AuditHead as AuditHead
from .chain import put_audit as put_audit
from .trail import AuditTrail as AuditTrail
