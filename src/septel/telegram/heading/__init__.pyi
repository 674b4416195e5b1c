from .heading import HeadingBuilder as HeadingBuilder
from .heading import grade as grade
