"""Readers are served from an edition without what they may not see; it is never behind the archive."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.archive.editions import Editions, remove_unfinished
from septel.archive.editions.manifest import Manifest
from septel.archive.handling import shipped_text
from septel.cli.main import run
from septel.errors import ExitCode, StoreError
from septel.text import Source
from tests.handling.made import (
    BARRED_WORDS,
    DISTINCT,
    HIDDEN,
    HIDDEN_WORDS,
    OPEN,
    STAMP,
    filled,
    leaks,
    telegram,
)


@pytest.fixture
def ids(tmp_path: Path) -> dict[str, str]:
    return filled(tmp_path / "archive", hidden=True)


def bytes_of(folder: Path) -> str:
    """Everything on the disk in an edition, as text."""
    return "\n".join(
        path.read_bytes().decode("latin-1") for path in sorted(folder.rglob("*")) if path.is_file()
    )


def test_an_edition_has_no_byte_of_what_is_withheld(tmp_path: Path, ids: dict[str, str]) -> None:
    with Archive.open(tmp_path / "archive") as kept, Editions(kept) as editions:
        for name in ("public", "reader"):
            editions.of(kept.handling.role_of(name))
    for name in ("public", "reader"):
        found = bytes_of(tmp_path / "archive" / "editions" / name)
        assert leaks(found) == []
        assert not any(ids[one] in found for one in ("hidden", "copy", "partly"))


def test_what_is_closed_later_leaves_no_byte_behind(tmp_path: Path, ids: dict[str, str]) -> None:
    with Archive.open(tmp_path / "archive") as kept, Editions(kept) as editions:
        public = kept.handling.role_of("public")
        for one in ("hidden", "copy"):
            kept.handling.embargo(ids[one], None, by="me")
            kept.handling.release(ids[one], "released", by="me")
        assert len(editions.of(public).search("zwiebackia")) == 2
        assert "zwiebackia" in bytes_of(tmp_path / "archive" / "editions" / "public").lower()
        kept.handling.embargo(ids["hidden"], "2999-01-01", by="me")
        kept.handling.release(ids["copy"], "withheld", by="me")
        shown = editions.of(public)
        assert len(shown.search("zwiebackia")) == 0
        assert shown.searches.complete("zwie") == ()
        assert leaks(bytes_of(tmp_path / "archive" / "editions" / "public"), HIDDEN_WORDS) == []


def test_a_portion_that_is_barred_later_leaves_no_byte_behind(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as kept, Editions(kept) as editions:
        held = telegram(HIDDEN, "x.txt")
        kept.add(held)
        kept.handling.release(held.id, "released", by="me")
        public = kept.handling.role_of("public")
        (one,) = editions.of(public).holdings()
        assert one["id"] == held.id
        kept.handling.release(held.id, "withheld", by="me", portion="1")
        (one,) = editions.of(public).holdings()
        assert one["id"] != held.id
        text = bytes_of(tmp_path / "editions" / "public").lower()
        assert "zwiebackia" in text
        assert "quuxleyan" not in text
        assert held.id not in text


def test_who_sees_everything_needs_no_edition(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as kept, Editions(kept) as editions:
        held = telegram(HIDDEN, "x.txt")
        kept.add(held)
        for name in ("owner", "staff", "reader"):
            assert editions.of(kept.handling.role_of(name)) is kept
        assert not (tmp_path / "editions").exists()
        kept.handling.mark(held.id, "SECRET", by="me")
        assert editions.of(kept.handling.role_of("staff")) is kept
        shown = editions.of(kept.handling.role_of("reader"))
        assert shown is not kept
        assert [one["id"] for one in shown.holdings()] == [held.id]


def test_an_edition_can_only_be_read(tmp_path: Path, ids: dict[str, str]) -> None:
    with Archive.open(tmp_path / "archive") as kept, Editions(kept) as editions:
        shown = editions.of(kept.handling.role_of("public"))
        with pytest.raises(StoreError):
            shown.curation.tag(ids["open"], "mine", by="me")
        with pytest.raises(StoreError):
            shown.add(telegram(HIDDEN, "x.txt"))
        assert shown.audit.entries() == []
        assert shown.audit.record("exported", by="me") == kept.audit.head().number


def test_changes_are_there_at_once(tmp_path: Path, ids: dict[str, str]) -> None:
    with Archive.open(tmp_path / "archive") as kept, Editions(kept) as editions:
        public = kept.handling.role_of("public")
        titles = {one["id"]: one["title"] for one in editions.of(public).holdings()}
        assert titles[ids["open"]] == "LIMA 4700: TIN AND WHEAT"
        kept.curation.correct(ids["open"], "subject", "TIN ALONE", by="me")
        listed = {one.id: one for one in editions.of(public).listed()}
        assert listed[ids["open"]].fields["subject"] == "TIN ALONE"
        assert listed[ids["open"]].corrected == ("subject",)
        kept.curation.delete(ids["open"], by="me")
        assert ids["open"] not in {one["id"] for one in editions.of(public).holdings()}
        kept.curation.undelete(ids["open"], by="me")
        assert ids["open"] in {one["id"] for one in editions.of(public).holdings()}


def test_another_program_that_closes_something_is_heard(tmp_path: Path, ids: dict[str, str]) -> None:
    with Archive.open(tmp_path / "archive") as kept, Editions(kept) as editions:
        public = kept.handling.role_of("public")
        assert len(editions.of(public).holdings()) == 3
        with Archive.open(tmp_path / "archive") as other:
            other.handling.embargo(ids["open"], "2999-01-01", by="someone")
        assert len(editions.of(public).holdings()) == 2


def test_an_embargo_ends_by_itself(tmp_path: Path, ids: dict[str, str]) -> None:
    with Archive.open(tmp_path / "archive") as kept, Editions(kept) as editions:
        public = kept.handling.role_of("public")
        kept.handling.embargo(ids["open"], "2031-05-01", by="me")

        def shown(day: date) -> bool:
            return ids["open"] in {one["id"] for one in editions.of(public, today=day).holdings()}

        assert not shown(date(2031, 4, 30))
        assert shown(date(2031, 5, 1))


def test_rules_that_change_count_at_once(tmp_path: Path, ids: dict[str, str]) -> None:
    with Archive.open(tmp_path / "archive") as kept, Editions(kept) as editions:
        public = kept.handling.role_of("public")
        assert len(editions.of(public).holdings()) == 3
        text = shipped_text().replace("when.stamped = true", "when.stamped = true\nwhen.tag = 'tin'")
        kept.handling.put_rules(text, by="me")
        found = editions.of(kept.handling.role_of("public")).holdings()
        assert [one["identifier"] for one in found] == ["LIMA 4700", "LIMA 4715"]


def test_a_newer_capture_stays_closed(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as kept, Editions(kept) as editions:
        held = telegram(HIDDEN + STAMP, "x.txt")
        kept.add(held)
        kept.handling.embargo(held.id, "2999-01-01", by="me")
        public = kept.handling.role_of("public")
        assert editions.of(public).holdings() == []
        # The same file, read by a better engine: another text, another id.
        source = replace(held.source, text=held.source.text.replace("AGENT", "AGENTS"), pages=())
        newer = telegram(source.text, "x.txt")
        newer = replace(newer, source=replace(newer.source, digest=held.source.digest), log=newer.log)
        newer = replace(newer, log=type(newer.log)(newer.source.id))
        kept.add(newer)
        assert kept.successor(held.id) == newer.id
        assert editions.of(public).holdings() == []
        assert kept.handling.ruling(newer.id, public).whole.rule == "embargo"


@pytest.mark.parametrize("found_again", [True, False])
def test_a_portion_is_closed_in_a_newer_capture(tmp_path: Path, found_again: bool) -> None:
    with Archive.open(tmp_path) as kept, Editions(kept) as editions:
        held = telegram(HIDDEN + STAMP, "x.txt")
        kept.add(held)
        kept.handling.release(held.id, "withheld", by="me", portion="1")
        text = held.source.text.replace("SUBJECT: ZWIEBACKIA AFFAIR", "SUBJECT: THE ZWIEBACKIA AFFAIR AGAIN")
        if not found_again:
            start = text.index("1. AGENT")
            text = text[:start] + "1. ALTOGETHER OTHER WORDS.\n" + text[text.index("2. THE NEXT") :]
        newer = telegram(text, "x.txt")
        source = replace(newer.source, digest=held.source.digest)
        kept.add(replace(newer, source=source, log=type(newer.log)(source.id)))
        shown = editions.of(kept.handling.role_of("public"))
        if not found_again:
            assert shown.holdings() == []
            return
        (one,) = shown.holdings()
        text = shown.holding(str(one["id"])).source.text
        assert "ZWIEBACKIA" in text
        assert "QUUXLEYAN" not in text


def test_files_are_given_where_every_paper_of_them_is_shown(tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    picture.write_bytes(b"the whole file")
    with Archive.open(tmp_path / "archive") as kept, Editions(kept) as editions:
        shown, closed = telegram(OPEN, "one.txt"), telegram(HIDDEN, "two.txt")
        kept.add(shown, [picture])
        public = kept.handling.role_of("public")
        assert editions.of(public).holding(shown.id).originals != ()
        kept.add(closed, [picture])
        found = editions.of(public).holding(shown.id)
        assert found.originals == ()
        assert all(page.image_digest is None for page in found.pages)
        kept.handling.release(closed.id, "released", by="me")
        assert editions.of(public).holding(shown.id).originals != ()


def test_a_paper_does_not_tell_of_others_in_its_file(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as kept, Editions(kept) as editions:
        held = telegram(OPEN, "one.txt")
        paper = {
            **{"kind": "state-telegram", "file": "box.pdf", "number": 2, "of": 3, "pages": [4, 5]},
            **{"before": "aaaaaaaaaaaa", "after": "bbbbbbbbbbbb", "why": ["after a cover"], "proposed": []},
            **{"cover": None, "numbers": [], "service": None, "title": None, "date": None},
        }
        kept.add(replace(held, telegram=dict(held.telegram) | {"paper": paper}))
        told = editions.of(kept.handling.role_of("public")).holding(held.id).telegram["paper"]
        assert isinstance(told, dict)
        assert (told["number"], told["of"], told["before"], told["after"]) == (1, 1, None, None)
        assert told["pages"] == [1, 2]


def test_a_run_that_was_cut_off_is_made_good(
    tmp_path: Path, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from septel.archive.editions import sealed

    with Archive.open(tmp_path / "archive") as kept, Editions(kept) as editions:
        public = kept.handling.role_of("public")
        assert len(editions.of(public).holdings()) == 3
        kept.handling.release(ids["open"], "withheld", by="me", portion="1")

        def cut(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(sealed.SealedArchive, "scrub", cut)
            with pytest.raises(KeyboardInterrupt):
                editions.of(public)
        shown = editions.of(public)
        assert len(shown.holdings()) == 3
        assert not any("MINISTER SAID THE GOVERNMENT" in line for line in bytes_of(shown.folder).splitlines())


def test_purging_reaches_the_editions(tmp_path: Path, ids: dict[str, str]) -> None:
    with Archive.open(tmp_path / "archive") as kept, Editions(kept) as editions:
        editions.of(kept.handling.role_of("public"))
        kept.curation.delete(ids["open"], by="me")
        kept.curation.purge(ids["open"], by="me")
        editions.renew()
    assert "TIN AND WHEAT" not in bytes_of(tmp_path / "archive" / "editions" / "public")


def test_an_edition_of_a_role_that_is_gone_goes_too(tmp_path: Path, ids: dict[str, str]) -> None:
    assert ids
    with Archive.open(tmp_path / "archive") as kept, Editions(kept) as editions:
        extra = '\n[roles.club]\nwhat = "members"\notherwise = "release"\n'
        kept.handling.put_rules(shipped_text().replace("[[rule]]", f"{extra}\n[[rule]]", 1), by="me")
        editions.of(kept.handling.role_of("club"))
        assert (tmp_path / "archive" / "editions" / "club").is_dir()
        kept.handling.put_rules(shipped_text(), by="me")
        editions.renew()
        assert not (tmp_path / "archive" / "editions" / "club").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_archive_that_can_only_be_read_serves_readers(tmp_path: Path, ids: dict[str, str]) -> None:
    folder = tmp_path / "archive"
    sqlite3.connect(folder / "catalogue.sqlite").execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in (*folder.iterdir(), folder):
        path.chmod(0o500)
    try:
        with Archive.open(folder) as kept, Editions(kept) as editions:
            assert len(editions.of(kept.handling.role_of("public")).holdings()) == 3
    finally:
        folder.chmod(0o700)


def test_the_words_of_the_suite_are_distinct() -> None:
    assert len(set(DISTINCT)) == len(DISTINCT)
    assert set(BARRED_WORDS).isdisjoint(HIDDEN_WORDS)
    assert Source.of_text("x").id


def test_an_edition_that_a_run_died_over_is_removed_when_the_archive_is_opened_or_verified(
    tmp_path: Path, ids: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "archive" / "editions"
    mark = folder / "public.unfinished"

    def made() -> None:
        with Archive.open(tmp_path / "archive") as kept, Editions(kept) as editions:
            editions.of(kept.handling.role_of("public"))
        assert (folder / "public").is_dir()

    made()
    mark.touch()  # as a run leaves it that dies before it scrubs
    with Archive.open(tmp_path / "archive") as kept, Editions(kept):
        assert not (folder / "public").exists()
        assert not mark.exists()
    made()
    mark.touch()
    assert run(["verify", "--archive", str(tmp_path / "archive")]) == ExitCode.OK
    assert "unfinished edition of 'public' was removed" in capsys.readouterr().err
    assert not (folder / "public").exists()
    made()


def test_an_edition_that_another_run_is_making_is_left_alone(tmp_path: Path, ids: dict[str, str]) -> None:
    folder = tmp_path / "archive" / "editions"
    with Archive.open(tmp_path / "archive") as kept, Editions(kept) as editions:
        editions.of(kept.handling.role_of("public"))
        (folder / "public.unfinished").touch()
        with closing(Manifest(folder / "public.manifest.sqlite")) as other, other.locked():
            assert remove_unfinished(kept) == ()
        assert (folder / "public").is_dir()
        assert remove_unfinished(kept) == ("public",)
