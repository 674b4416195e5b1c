"""Every verb that serves readers, beside the same archive without what is hidden: no byte tells them apart.

The twin never held the hidden telegram; the barred paragraph is in both: its words are looked for.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from septel.cli.main import VERBS, run
from septel.export import FILES, FOLDERS
from septel.export.cite import FORMATS as CITATIONS
from tests.handling.made import DISTINCT, filled, leaks

Capsys = pytest.CaptureFixture[str]

READERS = ("public", "reader")
QUERIES = (
    *(
        "wheat",
        '"tin agreement"',
        "minister -fishing",
        "whea*",
        "w?eat",
        "~crane",
        "NEAR(price hold, 9)",
        "wehat",
    ),
    *(
        "post:lima",
        "number:4700",
        "date:1970-03",
        "date:1970-03-13",
        "class:secret",
        "caption:nodis",
        "has:note",
    ),
    *("cites:4700", 'cites:"lima 4700"', "file:xyzzyfile.txt", "tag:frotztag", "note:gnustonote", "has:tag"),
    *(
        "lima 4711",
        "LIMA 04711",
        "1970LIMA04711",
        "id:f7",
        "kind:telegram",
        "year:1970",
        "side:soviet",
        "title:affair",
    ),
    *("zwiebackia", "zwieback*", "zwiebackla", "zwieb?ckia", "~zwiebackia", '"agent quuxleyan"', "quuxley*"),
    *(
        "NEAR(agent plughville, 9)",
        "wheat OR zwiebackia",
        "wheat -zwiebackia",
        "vogsphere",
        "vogspere",
        "8181",
    ),
    *(
        "hooloovoo",
        "hooloov*",
        "~hooloovoo",
        "houl0v00",
        "blagulon",
        "blagulan",
        "737373",
        "5151",
        "traalburg",
    ),
    *(
        "person:slartibart",
        "to:state",
        "from:lima",
        "subject:zwiebackia",
        "subject:fishing",
        "barrednote",
        "layerword",
    ),
)
HELD_NAMES = ("LIMA 4700", "LIMA 4715", "LIMA 4720", "tin.txt")
HIDDEN_NAMES = ("LIMA 4711", "1970LIMA04711", "xyzzyfile.txt", "xyzzyfile")
UNKNOWN_NAMES = ("LIMA 9999", "1970LIMA09999", "nosuchfile.txt", "nosuchfile")


class Twins:
    """Two archives, with and without the hidden telegram."""

    def __init__(self, folder: Path) -> None:
        self.folders = (folder / "with", folder / "without")
        self.ids = [filled(one / "archive", hidden=one.name == "with") for one in self.folders]
        for one in self.folders:
            (one / "none").mkdir()

    def outcomes(
        self, capsys: Capsys, monkeypatch: pytest.MonkeyPatch, *arguments: str
    ) -> list[tuple[int, str, str]]:
        """What a verb prints, and the code it ends with, in each."""
        found = []
        for folder in self.folders:
            with monkeypatch.context() as patch:
                patch.chdir(folder)
                patch.setenv("SEPTEL_ARCHIVE", "archive")
                code = run(list(arguments))
            told = capsys.readouterr()
            found.append((code, told.out, told.err))
        return found


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Twins:
    return Twins(tmp_path_factory.mktemp("twins"))


# fmt: off
SERVED = [
    *(["search", query] for query in QUERIES),
    *(["search", query, "--facets", "--json"] for query in QUERIES),
    *(["search", start, "--complete"] for start in ("z", "qu", "w", "tag:", "post:", "person:", "cites:",
      "h", "5", "4")),
    *(["search", "4", "--complete"], ["search", "number:", "--complete"], ["search", "class:", "--complete"]),
    *(["search", "caption:", "--complete"], ["search", "year:", "--complete"], ["search", "issue:",
      "--complete"]),
    *(["list"], ["list", "--json"], *(["list", query] for query in QUERIES)),
    *(["show"], ["show", "--json"]),
    *(["show", name] for name in (*HELD_NAMES, *HIDDEN_NAMES)),
    *(["show", name, "--log"] for name in HELD_NAMES),
    *(["show", name, "--json"] for name in HELD_NAMES),
    *(["cite", "--where", "post:lima", "--as", form] for form in CITATIONS),
    *(["cite", name] for name in (*HELD_NAMES, *HIDDEN_NAMES)),
    *(["cite", "LIMA 4715", "--at", "0-4"], ["cite", "LIMA 4715", "--at", "200-204"]),
    *(["table", what] for what in ("holdings", "references", "statements")),
    *(["references"], ["references", "--json"], *(["references", name] for name in (*HELD_NAMES,
      *HIDDEN_NAMES))),
    *(["references", name, "--json"] for name in HELD_NAMES),
    *(["ghosts"], ["ghosts", "--csv"], ["ghosts", "--json"]),
    *(["record", view, *form] for view in ("statements", "matrix", "open", "queue") for form in ([],
      ["--csv"], ["--json"])),
    *(["record", "statements", name] for name in (*HELD_NAMES, *HIDDEN_NAMES)),
    *(["export", name, "--as", form] for name in ("LIMA 4700", "LIMA 4715",
      "LIMA 4711") for form in FILES if form != "pdf"),
    *(["export", "LIMA 4715", "--as", form, "--record"] for form in ("tei", "iiif", "ftm")),
]
# fmt: on


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("words", SERVED, ids=" ".join)
def test_no_verb_tells(
    words: list[str], reader: str, twins: Twins, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, control = twins.outcomes(capsys, monkeypatch, *words, "--for", reader)
    # A query names what it looks for; that it does is no leak.
    asked = " ".join(words).lower()
    found = [word for word in leaks(held[1] + held[2]) if word not in asked]
    assert found == []
    assert held == control
    assert held[0] in (0, 5), held  # an answer, or nothing of the kind


def test_the_suite_asks_every_verb_that_serves_readers(capsys: Capsys) -> None:
    serving = set()
    for verb in VERBS:
        run([verb, "--help"])
        if "--for READER" in capsys.readouterr().out:
            serving.add(verb)
    serving |= {"record"}
    assert serving == {words[0] for words in SERVED}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("hidden", "unknown"), list(zip(HIDDEN_NAMES, UNKNOWN_NAMES, strict=True)))
@pytest.mark.parametrize("verb", ["show", "cite", "export", "references"])
def test_a_hidden_name_is_an_unknown_name(
    verb: str,
    hidden: str,
    unknown: str,
    reader: str,
    twins: Twins,
    capsys: Capsys,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = [twins.outcomes(capsys, monkeypatch, verb, name, "--for", reader)[0] for name in (hidden, unknown)]
    assert told[0][0] != 0
    assert told[0] == (told[1][0], told[1][1].replace(unknown, hidden), told[1][2].replace(unknown, hidden))


@pytest.mark.parametrize("reader", READERS)
def test_ids_of_what_is_hidden_or_barred_are_unknown(
    reader: str, twins: Twins, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = twins.ids[0]
    for one in (ids["hidden"], ids["hidden"][:6], ids["partly"], ids["copy"]):
        for verb in ("show", "cite", "export", "references"):
            held, _ = twins.outcomes(capsys, monkeypatch, verb, one, "--for", reader)
            unknown, _ = twins.outcomes(capsys, monkeypatch, verb, "0" * len(one), "--for", reader)
            assert held == (unknown[0], unknown[1], unknown[2].replace("0" * len(one), one))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("form", [*FOLDERS, "text", "json", "tei", "pdf", "corrections"])
def test_no_folder_of_files_tells(
    form: str, reader: str, twins: Twins, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = f"out-{form}-{reader}"
    more = ["--record"] if form in ("tables", "parquet", "bag", "site") else []
    held, control = twins.outcomes(
        capsys, monkeypatch, "export", "--all", "--as", form, "--to", target, "--for", reader, *more
    )
    # Of the barred telegram there are no page images, so no PDF.
    assert held[0] == (1 if form == "pdf" else 0), held
    assert held == control
    files = [
        {path.relative_to(one / target).as_posix(): path.read_bytes() for path in (one / target).rglob("*.*")}
        for one in twins.folders
    ]
    assert set(files[0]) == set(files[1])
    for name, content in files[0].items():
        # A sum may have any four figures; that it is the same as without the hidden is asked below.
        said = re.sub(r"\b[0-9a-f]{64}\b", "", content.decode("latin-1"))
        assert leaks(f"{name} {said}") == [], name
        if form not in ("pdf", "parquet"):
            assert content == files[1][name], name


@pytest.mark.parametrize("reader", READERS)
def test_no_report_of_the_record_tells(
    reader: str, twins: Twins, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, control = twins.outcomes(
        capsys, monkeypatch, "record", "report", "--documents", "--to", f"report-{reader}", "--for", reader
    )
    assert held == control
    for path in (twins.folders[0] / f"report-{reader}").rglob("*.*"):
        content = path.read_bytes()
        assert leaks(content.decode("latin-1")) == [], path.name
        assert content == (twins.folders[1] / f"report-{reader}" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_spreadsheet_tells(
    form: str, twins: Twins, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import zipfile

    for what in ("holdings", "references", "statements"):
        twins.outcomes(
            capsys, monkeypatch, "table", what, "--as", form, "--to", f"sheets-{form}", "--for", "public"
        )
    for path in (twins.folders[0] / f"sheets-{form}").iterdir():
        content = path.read_bytes()
        if form == "xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                content = b"\n".join(book.read(name) for name in book.namelist())
        assert leaks(content.decode("latin-1")) == []


def test_saved_searches_and_acts_are_not_for_readers(
    twins: Twins, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (
        ["search", "--saved", "rezrovsearch"],
        ["search", "--saved", "list"],
        ["search", "wheat", "--save", "mine"],
        ["list", "--absent"],
    ):
        for code, out, err in twins.outcomes(capsys, monkeypatch, *words, "--for", "public"):
            assert code == 2
            assert leaks(out + err) == []


def test_the_owner_finds_everything(twins: Twins, capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (
        ["search", "zwiebackia"],
        ["search", "hooloovoo"],
        ["show", "xyzzyfile.txt"],
        ["list", "tag:frotztag"],
    ):
        held, _ = twins.outcomes(capsys, monkeypatch, *words)
        assert held[0] == 0
        assert re.search("zwiebackia|hooloovoo", held[1], re.IGNORECASE)


def test_every_distinct_word_is_there_to_be_found(twins: Twins) -> None:
    found = b"\n".join(
        path.read_bytes()
        for path in (twins.folders[0] / "archive").glob("catalogue.sqlite*")
        if path.is_file()
    )
    assert set(leaks(found.decode("latin-1"))) == set(DISTINCT)
