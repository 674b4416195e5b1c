from .columns import TABLES as TABLES
from .columns import Column as Column
from .columns import Table as Table
from .package import CsvTables as CsvTables
from .package import ParquetTables as ParquetTables
