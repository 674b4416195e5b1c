from .columns import TABLES as TABLES
from .columns import TableColumn as TableColumn
from .columns import TableSchema as TableSchema
from .package import CsvTables as CsvTables
from .package import ParquetTables as ParquetTables
