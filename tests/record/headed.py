"""Documents of the record's tests: a body under the head of a printed telegram or memorandum."""

from __future__ import annotations

from septel.record import Record, record_of
from septel.text import Reading, Source

TELEGRAM = """41. Telegram From the Embassy in Jordan to the Department of State

Amman, May 8, 1969, 1210Z.

"""
TALK = """12. Memorandum of Conversation

Washington, May 8, 1969.

PARTICIPANTS
• The Secretary
• Mr. Joseph J. Sisco, Assistant Secretary
• Soviet Ambassador Anatoly F. Dobrynin

"""


def read(body: str, head: str = TELEGRAM) -> Record:
    return record_of(None, Reading.of(Source.of_text(head + body)))
