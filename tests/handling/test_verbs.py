"""The verbs of handling as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from septel.archive.handling import shipped_text
from septel.cli.main import run
from septel.errors import ExitCode
from tests.handling.made import filled

Capsys = pytest.CaptureFixture[str]


def call(capsys: Capsys, *arguments: str) -> tuple[int, str, str]:
    code = run(list(arguments))
    out = capsys.readouterr()
    return code, out.out, out.err


@pytest.fixture
def ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    made = filled(tmp_path / "archive", hidden=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEPTEL_ARCHIVE", "archive")
    return made


def test_markings_are_stated_shown_and_undone(ids: dict[str, str], capsys: Capsys) -> None:
    code, out, _ = call(
        capsys,
        *("handling", "mark", "LIMA 4700", "LOU", "--stage", "downgraded", "--date", "1976-05-04"),
        *("--authority", "group 3", "--by", "A. Reader", "--why", "the stamp on page 2", "--json"),
    )
    assert code == 0
    (told,) = json.loads(out)
    assert told["holding"] == ids["open"]
    line = "downgraded classification: LIMITED OFFICIAL USE, 1976-05-04 by group 3"
    assert line in call(capsys, "handling", "show", "LIMA 4700")[1]
    assert call(capsys, "handling", "undo", str(told["act"]))[0] == 0
    assert line not in call(capsys, "handling", "show", "LIMA 4700")[1]
    events = json.loads(call(capsys, "handling", "show", "LIMA 4700", "--json")[1])["history"]
    assert {one["origin"] for one in events} == {"the page"}


def test_explaining(ids: dict[str, str], capsys: Capsys) -> None:
    out = call(capsys, "handling", "explain", "LIMA 4715")[1]
    assert "for public (public): in part." in out
    assert "a review says: released (rule 'released')" in out
    assert "2: withheld; a review says: withheld (rule 'withheld')" in out
    told = json.loads(call(capsys, "handling", "explain", ids["hidden"], "--as", "reader", "--json")[1])
    assert (told["outcome"], told["rule"], told["until"]) == ("withheld", "embargo", "2999-01-01")
    assert told["copies"] == {ids["copy"]: "withheld"}
    call(capsys, "handling", "embargo", ids["copy"], "none")
    out, err = call(capsys, "handling", "explain", ids["hidden"], "--as", "reader")[1:]
    assert "withheld." in out
    assert f"{ids['copy']} seems to be the same message, and is shown" in err
    assert call(capsys, "handling", "explain", "LIMA 4700", "--as", "nobody")[0] == ExitCode.NOT_HELD
    assert call(capsys, "handling", "explain", "LIMA 4700", "--as", "owner")[1].count("owner sees everything")


def test_status_and_embargo_of_several(ids: dict[str, str], capsys: Capsys) -> None:
    assert len(json.loads(call(capsys, "list", "--for", "public", "--json")[1])) == 3
    code, out, _ = call(capsys, "handling", "release", "--where", "subject:wheat", "under-review", "--json")
    assert (code, {one["holding"] for one in json.loads(out)}) == (0, {ids["open"], ids["later"]})
    assert len(json.loads(call(capsys, "list", "--for", "public", "--json")[1])) == 1
    out, err = call(capsys, "handling", "list", "--as", "public")[1:]
    assert out.count("withheld") >= 4
    assert err.startswith("0 whole; 1 in part; 4 withheld")
    rows = json.loads(call(capsys, "handling", "list", "--json")[1])
    assert {row["outcome"] for row in rows} == {"in part", "withheld"}
    assert call(capsys, "handling", "release", "LIMA 4700", "open")[0] == ExitCode.USAGE
    assert call(capsys, "handling", "embargo", "LIMA 4700", "soon")[0] == ExitCode.USAGE


def test_rules_and_readers(ids: dict[str, str], capsys: Capsys, tmp_path: Path) -> None:
    assert call(capsys, "handling", "rules")[1] == shipped_text()
    assert json.loads(call(capsys, "handling", "rules", "--json")[1])["rules"] == shipped_text()
    file = tmp_path / "rules.toml"
    file.write_text(shipped_text() + '\n[roles.club]\nwhat = "members"\notherwise = "release"\n')
    assert "Rules 1 stand" in call(capsys, "handling", "rules", "--set", str(file), "--why", "members")[1]
    assert "is club" in call(capsys, "handling", "reader", "A. Member", "club")[1]
    listed = json.loads(call(capsys, "handling", "reader", "--json")[1])
    assert listed["readers"] == {"A. Member": "club"}
    assert len(json.loads(call(capsys, "list", "--for", "A. Member", "--json")[1])) == 5
    assert call(capsys, "handling", "reader", "A. Member")[0] == ExitCode.USAGE
    assert call(capsys, "handling", "reader", "A. Member", "--remove")[0] == 0
    assert call(capsys, "list", "--for", "A. Member")[0] == ExitCode.NOT_HELD
    file.write_text("nonsense")
    assert call(capsys, "handling", "rules", "--set", str(file))[0] == ExitCode.USAGE
    file.write_bytes(b"\xff\xfe")
    assert call(capsys, "handling", "rules", "--set", str(file))[0] == ExitCode.INPUT
    assert call(capsys, "handling", "rules", "--set", "none.toml")[0] == ExitCode.INPUT
    assert ids


def test_marks_withheld_by_name_use_the_same_rules(ids: dict[str, str], capsys: Capsys) -> None:
    call(capsys, "handling", "mark", "LIMA 4700", "EXDIS", "--caption")
    call(capsys, "handling", "mark", "LIMA 4720", "SECRET", "--portion", "1", "--stage", "original")
    code, _, err = call(
        capsys,
        "export",
        "--all",
        "--as",
        "text",
        "--withhold",
        "EXDIS",
        "--withhold",
        "SECRET",
        "--to",
        "out",
    )
    assert code == 0
    assert f"{ids['open']}: withheld, marked EXDIS" in err
    assert f"{ids['hidden']}: withheld, marked " in err
    texts = [path.read_text("utf-8") for path in Path("out").iterdir()]
    assert len(texts) == 2
    assert not any("THE WHEAT CAME" in text for text in texts)
    assert any("WHEAT SHIPMENTS" in text for text in texts)


def test_a_room_that_others_reach_is_not_served_to_everybody_as_owner(
    ids: dict[str, str], capsys: Capsys
) -> None:
    assert ids
    for role in ("staff", "owner"):
        code, _, err = call(capsys, "room", "--for", role, "--host", "0.0.0.0", "--port", "1")
        assert code == ExitCode.USAGE
        assert "sees everything" in err
    assert call(capsys, "room", "--for", "nobody")[0] == ExitCode.NOT_HELD
