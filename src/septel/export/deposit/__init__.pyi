from .bag import Bag as Bag
