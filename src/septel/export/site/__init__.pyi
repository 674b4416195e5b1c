from .room import Site as Site
