from .address import PostgresAddress as PostgresAddress
from .address import place_of as place_of
from .connection import opened_schema as opened_schema
from .connection import schema_taken as schema_taken
from .objects import DatabaseOriginals as DatabaseOriginals
