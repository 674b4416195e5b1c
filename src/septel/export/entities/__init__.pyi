from .follow_the_money import FollowTheMoney as FollowTheMoney
from .follow_the_money import entities_of as entities_of
