"""Our own engine: a small network that reads lines of type of one pitch.

Tesseract and its like learnt from print. A teletype's letters stand in even cells, and worn copies break them
in ways of their own; a network that saw nothing else reads them better and faster.
"""
