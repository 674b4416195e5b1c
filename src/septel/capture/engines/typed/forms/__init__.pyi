from .printed_words import with_forms as with_forms
