"""Papers, originals and readings that lie in a store as S3 has it: a server of a package stands in for it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from septel.archive import Archive, RemoteOriginals
from septel.capture import RecognisedWord
from septel.capture.model import Box
from septel.cli.main import run
from septel.errors import ExitCode, InputError, MissingPart, NotHeld, StoreAway, StoreError, UsageError
from septel.pipeline import Policy, remote_items
from septel.pipeline.places import RemoteReadings, fetched
from septel.places import file_system, is_place, reached, scheme_of
from septel.synthesis.typescript import print_pages

pytest.importorskip("moto", reason="moto is not installed (the group dev)")
pytest.importorskip("s3fs", reason="s3fs is not installed (septel[remote])")
EPOCH = "1700000000"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    started.terminate()
    started.wait()


@pytest.fixture(scope="module")
def bucket(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A bucket of papers; the address of their folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL": server,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "SOURCE_DATE_EPOCH": EPOCH,
        }.items():
            patch.setenv(name, value)
        system = file_system("s3://x")
        system.mkdir("s3://papers")
        system.put(str(papers(tmp_path_factory.mktemp("local"))), "s3://papers/1968", recursive=True)
        yield "s3://papers/1968"


def papers(folder: Path) -> Path:
    page = next(iter(print_pages("SUBJECT: SALT\n\n1. HE SPOKE AT LENGTH ABOUT IT.\n", seed=2)))
    (folder / "scan").mkdir()
    page.crop((0, 0, 1000, 400)).save(folder / "scan" / "page-1.tif")
    page.crop((0, 0, 1000, 500)).save(folder / "scan" / "page-2.tif")
    for number in (2, 10):
        (folder / f"c{number}.txt").write_text(f"SUBJECT: TALKS {number}\n\n1. THE MINISTER SPOKE.\n")
    (folder / "notes.csv").write_text("a,b\n")
    (folder / "empty.txt").write_text("")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_a_folder_elsewhere_is_listed_as_one_here(bucket: str) -> None:
    left_out: list[str] = []
    items = list(remote_items(bucket, told=left_out.append))
    assert [item.address for item in items] == [
        f"{bucket}/c2.txt",
        f"{bucket}/c10.txt",
        f"{bucket}/empty.txt",
        f"{bucket}/scan",
    ]
    assert left_out == [f"{bucket}/notes.csv is no document (a sidecar; name it to read it)"]
    assert len({item.key for item in items}) == 4
    assert items == list(remote_items(bucket))
    assert [item.path.name for item in remote_items(bucket, sidecars=True)][3] == "notes.csv"
    (one,) = remote_items(f"{bucket}/c2.txt")
    assert one.path.name == "c2.txt"


def test_an_item_is_fetched_while_it_is_read(bucket: str) -> None:
    *_, scan = remote_items(bucket)
    with fetched(scan) as path:
        assert path.name == "scan"
        assert sorted(file.name for file in path.iterdir()) == ["page-1.tif", "page-2.tif"]
    assert not path.exists()


def test_what_is_not_there_is_a_fault_of_one_line(bucket: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is nothing here"):
        list(remote_items("s3://papers/none"))
    archive = str(tmp_path / "archive")
    assert run(["read", "s3://papers/none", f"{bucket}/c2.txt", "--archive", archive]) == ExitCode.FAULTS
    with Archive.open(tmp_path / "archive", create=False) as kept:
        assert kept.count() == 1


@pytest.mark.parametrize("processes", ["1", "2"])
def test_papers_elsewhere_make_the_archive_that_papers_here_make(
    bucket: str, tmp_path: Path, processes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    local = tmp_path / "1968"
    local.mkdir()
    papers(local)
    shared = f"s3://papers/kept-{processes}"
    system = file_system(shared)
    here, there = tmp_path / "here", tmp_path / "there"
    assert read(str(local), here) == ExitCode.FAULTS
    places = ["--originals", f"{shared}/objects", "--readings", f"{shared}/readings"]
    assert read(bucket, there, "--processes", processes, *places) == ExitCode.FAULTS
    assert contents(there / "out") == contents(here / "out")
    assert "4 documents: 3 read, 1 failed" in capsys.readouterr().out
    # Originals and readings are there and not here.
    assert not (there / "archive" / "objects").exists()
    assert not (there / "archive" / "readings").exists()
    names = {str(name).rpartition("/")[2] for name in system.find(f"{shared}/objects")}
    assert names == set(contents(here / "archive" / "objects"))
    assert len(system.find(f"{shared}/readings")) == 2
    # They are fetched for what needs them, verified, and in a backup.
    assert run(["verify", "--archive", str(there / "archive")]) == ExitCode.OK
    pdf = ["export", "--where", "salt", "--as", "pdf", "--to", str(tmp_path / "pdf")]
    assert run([*pdf, "--archive", str(there / "archive")]) == ExitCode.OK
    assert run(["backup", str(tmp_path / "backup"), "--archive", str(there / "archive")]) == ExitCode.OK
    assert set(contents(tmp_path / "backup" / "objects")) == names
    # Nothing is done twice.
    capsys.readouterr()
    assert read(bucket, there, "--processes", processes, "--resume", *places) == ExitCode.INPUT
    assert "4 documents: 0 read, 3 left as an earlier run made them, 1 failed" in capsys.readouterr().out


def read(place: str, folder: Path, *more: str) -> int:
    command = ["read", place, "--archive", str(folder / "archive"), "--export", str(folder / "out")]
    return run([*command, "--quiet", *more])


def test_an_archive_keeps_its_originals_in_one_place(bucket: str, tmp_path: Path) -> None:
    archive = str(tmp_path / "archive")
    command = ["read", f"{bucket}/c2.txt", "--archive", archive, "--quiet"]
    assert run(command) == ExitCode.OK
    assert run([*command, "--originals", "s3://papers/objects"]) == ExitCode.USAGE


def test_an_original_that_is_gone(bucket: str, tmp_path: Path) -> None:
    originals = RemoteOriginals(tmp_path, "s3://papers/lost")
    file = tmp_path / "a.txt"
    file.write_text("A")
    digest = originals.keep(file)
    assert originals.is_whole(digest)
    assert list(originals.kept()) == [digest]
    assert originals.find(digest).read_text() == "A"
    originals.remove(digest)
    assert not originals.holds(digest)
    with pytest.raises(NotHeld):
        originals.find(digest)
    with pytest.raises(StoreError, match="there is nothing here"):
        RemoteOriginals(tmp_path, "s3://no-such-bucket/objects").keep(file)


def test_a_place_that_is_away_is_waited_for(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    readings = RemoteReadings(place="s3://papers/away", policy=Policy(patience=10, pause=0.01))
    box = Box(left=0, top=0, right=10, bottom=10)
    lines = ((RecognisedWord(text="SALT", box=box, confidence=0.9),),)
    system = file_system("s3://papers")
    put, away = system.pipe_file, iter([True, True])

    def refused(path: str, data: bytes) -> None:
        if next(away, False):
            raise ConnectionRefusedError("refused")
        put(path, data)

    monkeypatch.setattr(system, "pipe_file", refused)
    readings.put("abcdef", lines)
    assert next(away, False) is False
    assert readings.get("abcdef") == lines
    assert readings.get("fedcba") is None
    impatient = RemoteReadings(place="s3://papers/away", policy=Policy(patience=0))
    away = iter([True])
    with pytest.raises(StoreAway, match="can't be reached just now"):
        impatient.put("abcdef", lines)


def test_what_is_a_place() -> None:
    assert is_place("s3://bucket/folder")
    assert is_place("GCS://bucket")
    for path in ("folder", "/s3/x", "postgresql://host/db", "ray://host:1", "C:\\x", "-"):
        assert not is_place(path)
    assert scheme_of("s3://bucket/folder") == "s3://"
    with pytest.raises(UsageError, match="nothing is known to open moon://"):
        file_system("moon://x")


def test_what_opens_a_place_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(scheme: str) -> object:
        raise ImportError(scheme)

    monkeypatch.setattr("septel.places._opener", missing)
    with pytest.raises(MissingPart, match="septel\\[remote\\]"):
        file_system("s3://bucket")


@pytest.mark.parametrize(
    ("why", "storing", "kind"),
    [
        (FileNotFoundError("x"), False, InputError),
        (PermissionError("x"), True, StoreError),
        (TimeoutError("x"), True, StoreAway),
        (TimeoutError("x"), False, StoreAway),
    ],
)
def test_faults_of_services(why: Exception, storing: bool, kind: type[Exception]) -> None:
    with pytest.raises(kind), reached("s3://x", storing=storing):
        raise why
