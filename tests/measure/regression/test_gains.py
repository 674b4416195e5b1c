"""What a change gained and lost, by document; the corpus is as it says."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from septel.cli.main import run
from septel.errors import ExitCode, InputError
from septel.measure.regression import (
    KnownDocument,
    RightParts,
    corpus_in,
    gains_of,
    read_baseline,
    right_in,
    write_baseline,
)

CORPUS = Path(__file__).resolve().parents[3] / "sample" / "gains"


def known(name: str = "a") -> KnownDocument:
    return KnownDocument(
        name=name,
        path=Path(f"{name}.txt"),
        words=("HE", "SAID", "THAT", "IT", "RAINED"),
        fields={"subject": "RAIN", "captions": None},
        statements=(("SMITH", "HE SAID THAT IT RAINED"),),
    )


def right(words: set[int], fields: set[str], statements: set[int], extra: int = 0) -> RightParts:
    return RightParts(
        words=frozenset(words), fields=frozenset(fields), statements=frozenset(statements), extra=extra
    )


def test_gains_and_losses_are_parts_and_not_only_counts() -> None:
    before = {"a": right({0, 1, 2}, {"subject"}, {0})}
    now = {"a": right({0, 2, 4}, {"captions"}, {0})}
    (gains,) = gains_of([known()], now, before)
    assert gains.right == gains.before == {"words": 3, "fields": 1, "statements": 1}
    assert gains.gained == {"words": ("IT [RAINED]",), "fields": ("captions: None",), "statements": ()}
    assert gains.lost == {"words": ("HE [SAID] THAT",), "fields": ("subject: RAIN",), "statements": ()}
    assert gains.loses


def test_what_is_new_in_the_corpus_gains_and_loses_nothing() -> None:
    (gains,) = gains_of([known()], {"a": right({0}, set(), set())}, {})
    assert gains.before is None
    assert not gains.loses
    assert not any(gains.gained.values())


def test_a_statement_that_nobody_made_is_a_loss() -> None:
    before = {"a": right(set(), set(), {0}, extra=0)}
    assert gains_of([known()], {"a": right(set(), set(), {0}, extra=1)}, before)[0].loses
    (gains,) = gains_of([known()], {"a": right(set(), set(), set())}, before)
    assert gains.lost["statements"] == ("SMITH: HE SAID THAT IT RAINED",)


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    kept = {"a": right({0, 1, 2, 4, 7, 8}, {"subject"}, {0}, 2), "b": right(set(), set(), set())}
    write_baseline(kept, file)
    assert read_baseline(file) == kept
    assert '"words": [[0, 2], [4, 4], [7, 8]]' in file.read_text()
    file.write_text("[]")
    with pytest.raises(InputError, match="no baseline"):
        read_baseline(file)


def test_the_corpus_says_what_stands_in_it() -> None:
    corpus = corpus_in(CORPUS)
    assert len(corpus) == len({one.name for one in corpus}) >= 10
    for one in corpus:
        assert one.path.exists()
        text = " ".join(one.words)
        assert one.statements
        for _, words in one.statements:
            # A page may end within a statement, or a section.
            assert words in text or one.name.startswith("radio"), words
    baseline = read_baseline(CORPUS / "baseline.json")
    assert set(baseline) == {one.name for one in corpus}
    for one in corpus:
        assert baseline[one.name].words <= set(range(len(one.words)))
        assert baseline[one.name].fields <= set(one.fields)


def test_clean_telegrams_are_wholly_right() -> None:
    clean = [one for one in corpus_in(CORPUS) if one.name.endswith(", clean")]
    assert len(clean) == 3
    for name, found in right_in(clean).items():
        one = next(one for one in clean if one.name == name)
        assert len(found.words) == len(one.words)
        assert found.fields == set(one.fields)
        assert len(found.statements) == len(one.statements)


def test_the_command_shows_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file in CORPUS.glob("railway.*"):
        shutil.copy(file, tmp_path)
    listed = [
        one for one in json.loads((CORPUS / "corpus.json").read_text()) if one["name"] == "railway, clean"
    ]
    (tmp_path / "corpus.json").write_text(json.dumps(listed))
    command = ["measure", "gains", "--corpus", str(tmp_path)]
    assert run(command) == ExitCode.INPUT
    assert run([*command, "--write"]) == ExitCode.OK
    baseline = tmp_path / "baseline.json"
    then = read_baseline(baseline)["railway, clean"]
    write_baseline({"railway, clean": replace(then, words=then.words - {0, 1}, extra=3)}, baseline)
    capsys.readouterr()
    assert run([*command, "--strict"]) == ExitCode.OK
    out = capsys.readouterr().out
    assert "117 of 117 (+2 -0)" in out
    assert "+ railway, clean, words: [P] R" in out
    assert "words: 2 gained, 0 lost of 117" in out
    text = (tmp_path / "railway.clean.txt").read_text().replace("STEINER", "ST3IN3R").replace("MARCH", "")
    (tmp_path / "railway.clean.txt").write_text(text)
    assert run([*command, "--strict", "--json"]) == ExitCode.FAULTS
    (gains,) = json.loads(capsys.readouterr().out)
    assert "SINCE [MARCH.]" in " ".join(gains["lost"]["words"])
