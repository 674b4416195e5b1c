"""Will read markings, downgrades, excisions and releases, and decide who may see what, with a reason.

Empty so far: classification, captions and release stamps are told apart by `telegram`, and the reading room
shows them; it answers its own machine only, so nobody is refused anything yet.
"""
