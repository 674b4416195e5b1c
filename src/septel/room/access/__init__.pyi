from .accounts import Account as Account
from .accounts import AccountRole as AccountRole
from .accounts import Accounts as Accounts
from .guard import Entrance as Entrance
from .guard import Gate as Gate
from .guard import Shield as Shield
from .guard import Visitor as Visitor
from .guard import own_path as own_path
