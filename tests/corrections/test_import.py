"""A colleague's corrections come back: as decisions, conflicts shown, nothing twice."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from septel.archive import Archive
from septel.cli.main import run
from septel.corrections import MergedCorrections, corrections_in, merge
from septel.corrections.changes import changes_of
from septel.errors import ExitCode, InputError, NotHeld
from septel.export import CorrectionSheet, PageXml, Tei, TeiFrus
from septel.text import ConflictKind, Edit, EditLog, Ground, Reading, Reason, Source, Span, Step
from tests.archive.made import AT, decision, holding_of, made
from tests.export.test_formats import boxed
from tests.text.strategies import edited


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    kept = Archive.open(tmp_path / "archive")
    kept.add(boxed())
    return kept


def taken(
    archive: Archive, path: Path, *, by: str = "B. Colleague", keep: bool = True
) -> list[MergedCorrections]:
    return [
        merge(archive, edition, by=by, at=AT, file=path.name, digest="d" * 64, keep=keep)
        for edition in corrections_in(path)
    ]


def exported(archive: Archive, path: Path, change: Callable[[str], str]) -> Path:
    """The archive's TEI, changed as a colleague would in an editor."""
    text = Tei().write(archive.holding(made().id)).decode()
    changed = change(text)
    path.write_text(changed, "utf-8")
    return path


def lines(archive: Archive) -> tuple[str, ...]:
    return archive.holding(made().id).reading.line_texts


def test_an_edition_that_nobody_touched_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    (found,) = taken(archive, exported(archive, tmp_path / "e.xml", lambda text: text))
    assert (found.taken, found.already, found.contests, found.unfit) == ((), 0, (), ())


def test_a_correction_within_a_mark_becomes_a_decision(archive: Archive, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "e.xml", lambda text: text.replace(">SALT</corr>", ">SALTS</corr>"))
    (found,) = taken(archive, path)
    (entry,) = found.taken
    assert entry.edit is not None
    assert (entry.by, entry.edit.before, entry.edit.after) == ("B. Colleague", "SAIT", "SALTS")
    assert entry.edit.reason.ground is Ground.DECISION
    assert "e.xml" in entry.edit.reason.detail
    assert lines(archive)[1] == "SECRET TALKS ABOUT SALTS"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("HE SPOKE OF REYKJAVIK", "SHE SPOKE OF REYKJAVIK", "1. SHE SPOKE OF REYKJAVIK"),
        ("HE SPOKE OF REYKJAVIK", "HE SPOKE REYKJAVIK", "1. HE SPOKE  REYKJAVIK"),
        ("HE SPOKE OF REYKJAVIK", "HE SPOKE ALSO OF REYKJAVIK", "1. HE SPOKE ALSO OF REYKJAVIK"),
        ("HE SPOKE OF REYKJAVIK", "HE SPOKE OF REYKJAVIK AGAIN", "1. HE SPOKE OF REYKJAVIK AGAIN"),
        ("1. HE SPOKE", "AND 1. HE SPOKE", "AND 1. HE SPOKE OF REYKJAVIK"),
    ],
)
def test_plain_words_may_be_changed_too(
    archive: Archive, tmp_path: Path, old: str, new: str, line: str
) -> None:
    path = exported(archive, tmp_path / "e.xml", lambda text: text.replace(old, new))
    (found,) = taken(archive, path)
    assert len(found.taken) == 1
    assert lines(archive)[2] == line


def test_a_place_that_could_not_be_read_is_filled(archive: Archive, tmp_path: Path) -> None:
    gap = '<gap reason="illegible" quantity="4" unit="chars"/>'
    path = exported(archive, tmp_path / "e.xml", lambda text: text.replace(gap, "NOON"))
    (found,) = taken(archive, path)
    assert [e.edit.before for e in found.taken if e.edit] == ["~~~~"]
    assert lines(archive)[3] == "NEXT MEETING AT NOON MOSCOW"


def test_a_paragraph_of_the_colleagues_own_is_not_taken_into_a_line(archive: Archive, tmp_path: Path) -> None:
    path = exported(
        archive, tmp_path / "e.xml", lambda text: text.replace("</body>", "<p>NEW WORDS</p></body>")
    )
    (found,) = taken(archive, path)
    assert found.taken == ()
    assert found.unfit == ("'NEW WORDS' stands on no line of the source (a `p` without `lb`)",)


def test_the_source_is_never_changed_by_a_file(archive: Archive, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "e.xml", lambda text: text.replace("<sic>SAIT<", "<sic>SALTT<"))
    (found,) = taken(archive, path)
    assert found.taken == ()
    assert found.unfit == (
        "line 2: the source has no 'SALTT' (the source is never changed; correct its reading)",
    )


def test_taking_a_file_twice_does_nothing(archive: Archive, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "e.xml", lambda text: text.replace("HE SPOKE", "SHE SPOKE"))
    (first,) = taken(archive, path)
    (again,) = taken(archive, path)
    assert (len(first.taken), len(again.taken), again.already) == (1, 0, 1)
    held = archive.holding(made().id)
    archive.append(held.id, held.log.undo(first.taken[0].number, by="M. Reader", at=AT))
    (third,) = taken(archive, path)
    assert (third.taken, third.already) == ((), 1)  # what was undone here stays undone


def test_a_dry_run_stores_nothing(archive: Archive, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "e.xml", lambda text: text.replace("HE SPOKE", "SHE SPOKE"))
    (found,) = taken(archive, path, keep=False)
    assert len(found.taken) == 1
    assert lines(archive)[2] == "1. HE SPOKE OF REYKJAVIK"


def test_what_was_read_here_in_the_meantime_is_no_change_of_the_file(
    archive: Archive, tmp_path: Path
) -> None:
    path = exported(archive, tmp_path / "e.xml", lambda text: text.replace("HE SPOKE", "SHE SPOKE"))
    held = archive.holding(made().id)
    later = decision(held.source, "HELSINKI", "VIENNA")
    archive.append(held.id, held.log.add([later], by="M. Reader", at=AT))
    (found,) = taken(archive, path)
    assert [e.edit.after for e in found.taken if e.edit] == ["SHE"]
    assert lines(archive)[0] == "FM AMEMBASSY VIENNA"


def test_another_person_s_decision_is_not_overruled(archive: Archive, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "e.xml", lambda text: text.replace(">OF</corr>", ">ON</corr>"))
    (found,) = taken(archive, path)
    assert found.taken == ()
    (contest,) = archive.contests(made().id)
    assert (contest.kind, contest.by, contest.edit.after) == (ConflictKind.DISPUTED, "B. Colleague", "ON")
    assert lines(archive)[4] == "END OF TEXT"
    taken(archive, path)
    assert len(archive.contests(made().id)) == 1
    assert contest.number is not None
    archive.settle(made().id, contest.number, by="M. Reader", at=AT, place=contest.place)
    assert lines(archive)[4] == "END ON TEXT"
    assert archive.contests(made().id)[0].edit.after == "OF"  # the two still differ, and it is told


def test_one_s_own_decision_may_be_changed(archive: Archive, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "e.xml", lambda text: text.replace(">OF</corr>", ">ON</corr>"))
    (found,) = taken(archive, path, by="M. Reader")
    assert len(found.taken) == 1
    assert lines(archive)[4] == "END ON TEXT"


# PAGE


@pytest.mark.parametrize("where", ["line", "word"])
def test_a_page_corrected_by_line_or_by_word(archive: Archive, tmp_path: Path, where: str) -> None:
    PageXml().write_into(tmp_path, [archive.holding(made().id)])
    path = tmp_path / made().id / "0001.page.xml"
    root = etree.parse(path)
    (line,) = root.findall(".//{*}TextLine[@id='line_3']")
    if where == "line":
        text = line.findall("{*}TextEquiv/{*}Unicode")[0]
        text.text = "1. SHE SPOKE OF REYKJAVIK"
    else:
        text = line.findall("{*}Word/{*}TextEquiv/{*}Unicode")[1]
        assert text.text == "HE"
        text.text = "SHE"
    root.write(path, xml_declaration=True, encoding="utf-8")
    (found,) = taken(archive, path)
    assert [e.edit.after for e in found.taken if e.edit] == ["SHE"]
    assert lines(archive)[2] == "1. SHE SPOKE OF REYKJAVIK"


def test_a_page_that_nobody_touched_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    PageXml().write_into(tmp_path, [archive.holding(made().id)])
    for path in (tmp_path / made().id).iterdir():
        (found,) = taken(archive, path)
        assert (found.taken, found.contests, found.unfit) == ((), (), ())


def test_lines_that_were_numbered_anew_are_told(archive: Archive, tmp_path: Path) -> None:
    PageXml().write_into(tmp_path, [archive.holding(made().id)])
    path = tmp_path / made().id / "0001.page.xml"
    path.write_text(path.read_text().replace('id="line_3"', 'id="r1l3"').replace(">HE<", ">SHE<"))
    (found,) = taken(archive, path)
    assert not found.taken
    (told,) = found.unfit
    assert told.startswith("lines: 1 with text, drawn or numbered anew")


# Sheets


def sheet(archive: Archive, path: Path, fill: Callable[[dict[str, str]], None], between: str = ",") -> Path:
    """The archive's sheet of corrections, filled in."""
    text = CorrectionSheet().write(archive.holding(made().id)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row in rows:
        fill(row)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), delimiter=between)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), "utf-8-sig")
    return path


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_sheet_comes_back(archive: Archive, tmp_path: Path, between: str) -> None:
    def fill(row: dict[str, str]) -> None:
        if row["source"] == "SAIT":
            row |= {"correction": "SALTY", "why": "clear on the film"}
        if row["source"] == "~~~~":
            row["correction"] = "-"

    (found,) = taken(archive, sheet(archive, tmp_path / "s.csv", fill, between))
    assert lines(archive)[1] == "SECRET TALKS ABOUT SALTY"
    assert lines(archive)[3] == "NEXT MEETING AT  MOSCOW"
    assert next(e.edit.reason.detail for e in found.taken if e.edit) == "B. Colleague: clear on the film"


def test_a_sheet_accepts_a_reading(archive: Archive, tmp_path: Path) -> None:
    def fill(row: dict[str, str]) -> None:
        if row["source"] == "SAIT":
            row["correction"] = "="

    (found,) = taken(archive, sheet(archive, tmp_path / "s.csv", fill))
    assert found.already == 1 or [e.edit.after for e in found.taken if e.edit] == ["SALT"]


def test_a_row_that_fits_no_longer_is_told_and_the_others_taken(archive: Archive, tmp_path: Path) -> None:
    def fill(row: dict[str, str]) -> None:
        row["correction"] = "X"
        if row["source"] == "SAIT":
            row["source"] = "SAID"

    (found,) = taken(archive, sheet(archive, tmp_path / "s.csv", fill))
    assert len(found.unfit) == 1
    assert "the source has 'SAIT'" in found.unfit[0]
    assert len(found.taken) == 2


@pytest.mark.parametrize(
    ("first", "between", "encoding"),
    [("sep=;\r\n", ";", "utf-8-sig"), ("", "\t", "utf-16"), ("", ",", "utf-8")],
)
def test_a_sheet_comes_back_as_a_spreadsheet_saves_it(
    archive: Archive, tmp_path: Path, first: str, between: str, encoding: str
) -> None:
    start = archive.holding(made().id).source.text.index("SAIT")
    rows = (("Document", "PLACE", " correction"), (made().id, f"{start}-{start + 4}", "SALTY"))
    text = first + "".join(f"{between.join(row)}\r\n" for row in rows)
    (tmp_path / "s.csv").write_bytes(text.encode(encoding))
    (found,) = taken(archive, tmp_path / "s.csv")
    assert [e.edit.after for e in found.taken if e.edit] == ["SALTY"]


def test_rows_that_contradict_each_other_or_hold_control_characters_are_told(
    archive: Archive, tmp_path: Path
) -> None:
    start = archive.holding(made().id).source.text.index("SAIT")
    rows = [f"{made().id},{start}-{start + 4},{word}" for word in ("SALTY", "SALTS", "S\x00")]
    (tmp_path / "s.csv").write_text("\n".join(["document,place,correction", *rows, ""]))
    (found,) = taken(archive, tmp_path / "s.csv")
    assert [e.edit.after for e in found.taken if e.edit] == ["SALTY"]
    assert found.unfit == (
        "row 3: row 2 reads the same place otherwise",
        "row 4: a correction holds no control characters (U+0000 is one)",
    )


@pytest.mark.parametrize(
    ("place", "word", "why"),
    [
        ("", "SALTY[?]", "row 2: a correction has no marks of doubt ([?] is one"),
        ("", "SA[…2]", "row 2: a correction has no marks of doubt ([…2] is one"),
        ("", "\u202eTLAS", "row 2: a correction holds no control characters"),
        ("", "SALT\u2066", "row 2: a correction holds no control characters"),
        ("abc", "SALTY", "row 2: `place` is a pair of offsets"),
        ("-5-3", "SALTY", "row 2: `place` is a pair of offsets"),
        ("20-10", "SALTY", "row 2: `place` is a pair of offsets"),
    ],
)
def test_a_row_that_can_t_be_taken_is_told_and_the_others_taken(
    archive: Archive, tmp_path: Path, place: str, word: str, why: str
) -> None:
    text = archive.holding(made().id).source.text
    start, other = text.index("SAIT"), text.index("~~~~")
    rows = [f"{made().id},{place or f'{start}-{start + 4}'},{word}", f"{made().id},{other}-{other + 4},WITH"]
    (tmp_path / "s.csv").write_text("\n".join(["document,place,correction", *rows, ""]), encoding="utf-8")
    (found,) = taken(archive, tmp_path / "s.csv")
    assert [e.edit.after for e in found.taken if e.edit] == ["WITH"]
    (told,) = found.unfit
    assert told.startswith(why)


def test_a_line_with_marks_of_direction_is_not_taken(archive: Archive, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "e.xml", lambda text: text.replace(">SALT<", ">SA\u202eLT<"))
    (found,) = taken(archive, path)
    assert not found.taken
    assert "control character" in found.unfit[0]


def test_tei_that_an_editor_saved_as_utf_16_is_taken(archive: Archive, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "e.xml", lambda text: text.replace(">SALT</corr>", ">SALTS</corr>"))
    path.write_bytes(path.read_text().replace("encoding='utf-8'", "encoding='UTF-16'").encode("utf-16"))
    (found,) = taken(archive, path)
    assert [e.edit.after for e in found.taken if e.edit] == ["SALTS"]


def test_a_file_of_another_archive_does_not_end_the_run(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = archive.holding(made().id).source.text.index("SAIT")
    for name, holding in (("foreign.csv", "0" * 12), ("own.csv", made().id)):
        row = f"{holding},{start}-{start + 4},SALTY"
        (tmp_path / name).write_text(f"document,place,correction\n{row}\n")
    foreign, own = str(tmp_path / "foreign.csv"), str(tmp_path / "own.csv")
    rest = ["--by", "B", "--archive", str(tmp_path / "archive")]
    archive.close()
    assert run(["import", foreign, own, *rest]) == ExitCode.FAULTS
    out, err = capsys.readouterr()
    assert "own.csv" in out
    assert "1 taken" in out
    assert f"foreign.csv: {'0' * 12}: the archive holds no such document" in err
    assert run(["import", foreign, *rest]) == ExitCode.NOT_HELD


# What is no such file


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body/></text></TEI>", "names no holding"),
        (b"<PcGts/>", "names no holding"),
        (b"<html/>", "XML of another kind"),
        (b"<TEI", "not whole XML"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><TEI/>", "defines entities"),
        (b"a,b\n1,2\n", "no column"),
        (b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_other_files_are_refused_with_a_word(content: bytes, match: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(InputError, match=match):
        corrections_in(path)


def test_the_reading_edition_can_t_come_back(tmp_path: Path) -> None:
    path = tmp_path / "e.xml"
    path.write_bytes(TeiFrus().write(made()))
    with pytest.raises(InputError, match="no lines"):
        corrections_in(path)


def test_a_file_of_another_archive(archive: Archive, tmp_path: Path) -> None:
    source = Source.of_text("ANOTHER TELEGRAM\n")
    path = tmp_path / "e.xml"
    path.write_bytes(Tei().write(holding_of(source, EditLog(source.id))))
    with pytest.raises(NotHeld):
        taken(archive, path)
    held = archive.holding(made().id)
    further = held.log.add([decision(held.source, "HELSINKI", "VIENNA")], by="M. Reader", at=AT)
    path.write_bytes(Tei().write(holding_of(held.source, further)))
    with pytest.raises(InputError, match="came from"):
        taken(archive, path)


# The law behind it: after taking a line in, the archive reads the line, space apart, as the file has it


@settings(max_examples=150)
@given(edited(), st.data())
def test_a_changed_line_is_read_as_the_file_has_it(
    case: tuple[Source, tuple[Edit, ...]], data: st.DataObject
) -> None:
    source, edits = case
    edits = tuple(one for one in edits if not one.unreadable)
    if not source.lines:
        return
    reading = Reading.of(source, edits)
    number = data.draw(st.integers(1, len(source.lines)))
    words = reading.line_texts[number - 1].split()
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(words)))
        new = st.lists(st.sampled_from("PQR"), max_size=2)
        words[at : at + data.draw(st.integers(0, 2))] = data.draw(new)
    changes = list(changes_of(reading, number, [" ".join(words)]))
    decided = [
        Edit(
            span=change.span,
            before=change.span.of(source.text),
            after=change.text or "",
            reason=Reason(ground=Ground.DECISION),
            step=Step.of("test", "1"),
        )
        for change in changes
    ]
    log = EditLog(source.id).add(edits, by="tool", at=AT).add(decided, by="B", at=AT)
    after = log.reading(source)
    assert "".join(after.line_texts[number - 1].split()) == "".join(words)
    for other in range(1, len(source.lines) + 1):
        if other != number:
            assert after.line_texts[other - 1] == reading.line_texts[other - 1]
    assert all(isinstance(change.span, Span) for change in changes)
