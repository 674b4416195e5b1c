from .look import looks as looks
from .printed_words import with_forms as with_forms
