from .address import PostgresAddress as PostgresAddress
from .address import place_of as place_of
from .connection import opened_schema as opened_schema
from .objects import DatabaseOriginals as DatabaseOriginals
