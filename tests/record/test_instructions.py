"""What an instruction quotes: said where it was sent or signed, else yet to be said, and lists."""

from __future__ import annotations

from tests.record.headed import read

INSTRUCTION = """41. Telegram From the Department of State to the Embassy in Jordan

Washington, May 8, 1969, 1210Z.

"""
FILES = """12. Memorandum for the Files

Washington, May 8, 1969.

"""


def words(body: str, head: str = INSTRUCTION) -> list[str]:
    return [s.excerpt.words for s in read(body, head).statements]


def test_a_message_that_went_by_another_way_is_said() -> None:
    record = read(
        "220. Following message from President to Prime Minister Macmillan has been relayed by other "
        "channels:\n\n“Dear Harold:\n\nI think the ferries ought to run again before the winter.\n\n"
        "John F. Kennedy”\n",
        INSTRUCTION.replace("1969", "1962"),
    )
    assert {s.speaker.name for s in record.statements} == {"Kennedy"}


def test_another_governments_note_is_said() -> None:
    shown = words(
        "221. Following is full text of Israeli aide-memoire of May 6:\n\nBegin Text:\n\n"
        "Israel will not open the harbor before the spring.\n\nEnd Text.\n"
    )
    assert any("harbor" in w for w in shown)


def test_a_text_to_be_given_without_a_writer_is_not_said_yet() -> None:
    record = read(
        "222. You should give the Minister the following draft:\n\n"
        "“We see no reason why the ferries should not run, and we hope for an early answer.”\n",
        INSTRUCTION,
    )
    assert not record.statements
    assert "yet to be said" in {u.why for u in record.unread}


def test_what_could_be_done_goes_on_with_nobodys_words_in_an_instruction() -> None:
    shown = words(
        "223. The Mayor suggests that the ferries run at night. This could put the pilots on the spot. "
        "They might find it useful to wait.\n"
    )
    assert not any("on the spot" in w or "useful to wait" in w for w in shown)


def test_an_instruction_may_come_from_another_seat_than_the_department() -> None:
    head = INSTRUCTION.replace("Department of State", "Central Intelligence Agency").replace(
        "8, 1969", "8,1969"
    )
    assert not words("224. You requested to do following: count the ferries and send their names.\n", head)


def test_a_heading_in_small_letters_tells_who_writes() -> None:
    record = read(
        "Dear Mr. President:\n\nI hope that the ferries will run again in the spring.\n\nSincerely,\n",
        "139. Letter from President Eisenhower to President de Gaulle\n\nSeptember 21, 1959.\n\n",
    )
    assert {s.speaker.name for s in record.statements} == {"Eisenhower"}


def test_a_name_may_end_like_a_thing() -> None:
    record = read("1. I saw Quilling today. Quilling replied that the ferries had never been counted.\n")
    assert "Quilling" in {s.speaker.name for s in record.statements}


def test_points_of_agreement_are_those_who_met() -> None:
    record = read(
        "At a meeting in Mr. Tabor's office agreement was reached on the following points:\n\n"
        "1. The ferries will run at night from the first of June.\n\n"
        "2. [paragraph (2 lines) not declassified]\n\n"
        "3. The pilots should be asked before the harbor is closed.\n",
        FILES,
    )
    shown = [s.excerpt.words for s in record.statements]
    assert any("ferries" in w for w in shown) and any("pilots" in w for w in shown)
    assert {s.speaker.name for s in record.statements} == {""}


def test_numbers_under_he_said_count_paragraphs() -> None:
    shown = words(
        "9. 1. Father Orwin came to me at the fair and spoke of the ferries. He said:\n\n"
        "2. It had taken the pilots one month to agree among themselves.\n\n"
        "3. The harbor would stay open through the whole winter.\n",
        INSTRUCTION.replace("From the Department of State to the Embassy in Jordan",
                            "From the Embassy in Jordan to the Department of State"),
    )  # fmt: skip
    assert any("one month" in w for w in shown) and any("whole winter" in w for w in shown)


def test_a_paragraph_that_opens_with_an_omission_is_read() -> None:
    shown = words(
        "[Here follows discussion of pilots.] Mr. Tabor then asked whether the ferries ran.\n", FILES
    )
    assert any("ferries" in w for w in shown)


def test_an_announcement_of_points_is_none_of_them() -> None:
    shown = words(
        "Mr. Tabor called on me. He made following points.\n\n(1) He said the ferries would run.\n", FILES
    )
    assert not any("following points" in w for w in shown) and any("ferries" in w for w in shown)


def test_an_aside_may_hold_brackets() -> None:
    record = read(
        "1. Mr. Tabor, Deputy Chief of the Ferry Company (FC) in Port Orwin (protect), told the reporting "
        "officer that the pilots would strike.\n"
    )
    assert any("strike" in s.excerpt.words for s in record.statements)


def test_what_a_diary_thinks_is_no_statement() -> None:
    head = "177. Diary Entry by the President\n\nWashington, March 8, 1956.\n\n"
    shown = words(
        "I told the pilots that they were mistaken.\n\nI would like to see those pilots today.\n", head
    )
    assert any("mistaken" in w for w in shown) and not any("like to see" in w for w in shown)


def test_views_in_a_record_of_a_talk() -> None:
    shown = words("5. The Secretary thought that the pilots should be told three days before.\n", FILES)
    assert any("pilots" in w for w in shown)
