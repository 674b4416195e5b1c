from .calibration import fit_trust as fit_trust
from .calibration import trust_json as trust_json
from .statements import StatementReport as StatementReport
from .statements import measure_statements as measure_statements
from .statements import statement_grids as statement_grids
