from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel import capture
from septel.capture import Limits, PageOutcome
from septel.capture.formats.plain_text import decode, paginate
from septel.errors import EmptyInput, InputError, LimitExceeded, VanishedInput

TEXT = "TO SECSTATE\nSEÑOR • “QUOTE” £5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_in_any_encoding_is_read_alike(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "cable.txt"
    file.write_bytes(TEXT.encode(encoding))
    assert capture.read(file).source.text == TEXT


def test_western_single_byte_text_keeps_its_letters(tmp_path: Path) -> None:
    file = tmp_path / "cable.txt"
    text = "EL SEÑOR EMBAJADOR DIJO QUE NO HABÍA RECIBIDO LA RESPUESTA DEL GOBIERNO.\n" * 3
    file.write_bytes(text.encode("cp1252"))
    assert capture.read(file).source.text == text


@given(st.text(alphabet="AB \n\r\f", max_size=40))
def test_pages_and_line_ends_are_all_that_changes(text: str) -> None:
    plain, pages = paginate(text)
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    # A page's end within a line ends the line.
    assert plain == re.sub(r"(?<=[^\n\f])\f+(?=[^\n\f])", "\n", unix).replace("\f", "")
    for at in {page.start for page in pages} - {0, len(plain)}:
        assert "\n" in plain[at - 1 : at + 1]
    assert pages[0].start == 0
    assert pages[-1].end == len(plain)


def test_a_form_feed_breaks_the_page_and_no_line(tmp_path: Path) -> None:
    file = tmp_path / "cable.txt"
    file.write_bytes(b"ONE\r\nTWO\r\n\fTHREE\r\n\f\r\n\fFOUR\n\f")
    taken = capture.read(file)
    assert taken.source.text == "ONE\nTWO\nTHREE\n\nFOUR\n"
    outcomes = [account.outcome for account in taken.accounts]
    assert outcomes == [PageOutcome.READ, PageOutcome.READ, PageOutcome.BLANK, PageOutcome.READ]
    assert sum(taken.totals.values()) == len(taken.accounts)
    assert [len(page.lines) for page in taken.pages] == [2, 1, 1]


def test_the_lines_of_the_real_telegram_are_those_of_its_file(shared: Path) -> None:
    file = shared / "seed" / "helsinki-1321.ocr.txt"
    source = capture.read(file).source
    expected = file.read_text(encoding="utf-8").split("\n")
    assert [line.of(source.text) for line in source.lines] == expected[: len(source.lines)]
    assert len(expected) - len(source.lines) <= 1


@pytest.mark.parametrize("data", [b"", b"  \n\n", b"\f\f"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "cable.txt"
    file.write_bytes(data)
    with pytest.raises(EmptyInput, match=r"cable\.txt"):
        capture.read(file)


def test_a_binary_file_named_txt_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "cable.txt"
    file.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(InputError, match="binary"):
        capture.read(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(VanishedInput, match=r"gone\.txt.*Check the path"):
        capture.read(tmp_path / "gone.txt")


def test_a_file_beyond_the_limit_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "cable.txt"
    file.write_text("A" * 100)
    with pytest.raises(LimitExceeded, match="limit"):
        capture.read(file, limits=Limits(file_bytes=99))


@given(st.binary(max_size=300))
def test_bytes_are_text_or_a_clear_fault(data: bytes) -> None:
    try:
        assert isinstance(decode(data, name="x"), str)
    except InputError as fault:
        assert fault.where == "x"
        assert fault.remedy


def test_a_page_break_within_a_line_ends_it() -> None:
    text, pages = paginate("ONE\fTWO\n\fTHREE\n")
    assert text == "ONE\nTWO\nTHREE\n"
    assert [page.of(text) for page in pages] == ["ONE\n", "TWO\n", "THREE\n"]


def test_faults_of_transfer_do_not_make_a_text_binary() -> None:
    line = b"TO SECSTATE WASHDC PRIORITY 4410\r\n"
    text = decode(line * 20 + b"A\x00B\x07\r\n\x1a", name="x")
    assert text.endswith("A\ufffdB\ufffd\r\n")


def test_bytes_that_windows_leaves_undefined_are_western_all_the_same() -> None:
    text = decode(b"EL SE\xa5OR DIJO CAF\x90 Y \x8d NADA MAS\n", name="x")
    assert text.startswith("EL SE")
    assert max(map(ord, text)) < 0x2600


@pytest.mark.parametrize("end", ["\u0085", "\u2028", "\u2029"])
def test_unicode_s_own_line_ends_end_lines(tmp_path: Path, end: str) -> None:
    file = tmp_path / "cable.txt"
    file.write_text(
        f"FM AMEMBASSY LA PAZ{end}TO SECSTATE WASHDC{end}{end}1. TIN – “ALL” OF IT.\n", encoding="utf-8"
    )
    taken = capture.read(file)
    assert taken.source.text.split("\n")[:3] == ["FM AMEMBASSY LA PAZ", "TO SECSTATE WASHDC", ""]
    assert len(taken.source.lines) == 4


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "cp1251"])
def test_other_letters_in_an_old_encoding_are_named_as_what_they_are(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "moscow.txt"
    file.write_bytes("МИНИСТР ГОВОРИЛ О ПОГОДЕ И О ФЛОТЕ, и потом уехал домой.\n".encode(encoding) * 3)
    with pytest.raises(InputError, match="Latin") as told:
        capture.read(file)
    assert "UTF-8" in told.value.remedy
    file.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(InputError, match="binary"):
        capture.read(file)


LINES = [f"{n}. THE MINISTER SPOKE OF WHEAT." for n in range(1, 9)]


def test_the_sign_of_quotation_before_every_line_is_mail_s_and_no_text() -> None:
    plain = "\n".join(LINES)
    for sign in ("> ", ">", "> > "):
        quoted = "\n".join(f"{sign}{line}" if line else sign.strip() for line in LINES)
        assert decode(quoted.encode(), name="x").split("\n") == plain.split("\n")
    indented = "\n".join(f">    {line}" for line in LINES)
    assert decode(indented.encode(), name="x").startswith("   1. THE")


def test_signs_before_some_lines_are_of_the_text() -> None:
    some = "\n".join(f"> {line}" if n % 3 else line for n, line in enumerate(LINES))
    assert decode(some.encode(), name="x") == some
    few = "> ONE\n> TWO\n"
    assert decode(few.encode(), name="x") == few
