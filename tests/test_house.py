"""The house stays as it is drawn: rooms, faces, names, sizes (docs/architecture.md says why)."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "septel"
LONGEST_MODULE, LONGEST_FUNCTION, MOST_MODULES = 400, 80, 15

COMPILED = {path.name for path in (SOURCES / "restore" / "compiled").glob("*.py")}
"""Modules of loops that numba compiles whole."""

NOUNS_IN_ING = {
    "adaptive_decoding",
    "folding",
    "handling",
    "handwriting",
    "heading",
    "holding",
    "joint_reading",
    "missing",
    "numbering",
    "reading",
    "rescoring",
    "spelling",
}
"""Names of modules that end like a gerund and are nouns, or the field's word."""


def modules() -> list[Path]:
    return sorted(path for path in SOURCES.rglob("*.py") if "__pycache__" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def dotted(path: Path) -> str:
    parts = path.relative_to(SOURCES.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> list[tuple[str, str]]:
    """Modules of the house that a file imports from, with the names."""
    return [
        (node.module, alias.name)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("septel.")
        for alias in node.names
    ]


PACKAGES = {dotted(path) for path in modules() if path.name == "__init__.py"}


def sub_package(module: str) -> str:
    """The package that a module lies in; a package lies in itself."""
    return module if module in PACKAGES else module.rpartition(".")[0]


def test_other_sub_packages_are_imported_by_their_face() -> None:
    wrong = []
    for path in modules():
        here = sub_package(dotted(path))
        for module, _ in imports_of(path):
            there = sub_package(module)
            at_the_root = there.count(".") == 1 and here.split(".")[1:2] == there.split(".")[1:2]
            inside = there == here or here.startswith(f"{there}.") or at_the_root
            single = module not in PACKAGES and there == "septel"
            door = here.startswith("septel.cli") or dotted(path) == "septel.__main__"
            if module in PACKAGES or inside or single or door:
                continue
            wrong.append(f"{dotted(path)} imports {module}, not its face")
    assert not wrong, "\n".join(wrong)


def test_no_private_name_is_imported() -> None:
    wrong = [
        f"{dotted(path)}: {module}.{name}"
        for path in modules()
        for module, name in imports_of(path)
        if name.startswith("_") and name != "__version__"
    ]
    assert not wrong, "\n".join(wrong)


def test_every_name_of_a_face_is_there() -> None:
    for package in sorted(PACKAGES):
        stub = SOURCES.parent / package.replace(".", "/") / "__init__.pyi"
        if not stub.exists():
            continue
        for node in ast.parse(stub.read_text(encoding="utf-8")).body:
            assert isinstance(node, ast.ImportFrom) or package == "septel"
            if isinstance(node, ast.ImportFrom):
                target = stub.parent / f"{(node.module or '').replace('.', '/')}.py"
                assert node.level == 1 and target.exists(), f"{package}: {node.module}"
                names = {alias.asname or alias.name for alias in node.names}
                hidden = {name for name in names if (stub.parent / f"{name}.py").exists()}
                assert not hidden, f"{package}: a module is called like {hidden}"
                assert names <= names_of(target), f"{package}: {names - names_of(target)} not in {target}"


@cache
def names_of(path: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found.update(name.id for name in ast.walk(node) if isinstance(name, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return frozenset(found)


def test_no_module_is_too_long() -> None:
    long = {dotted(p): n for p in modules() if (n := len(p.read_text("utf-8").splitlines())) > LONGEST_MODULE}
    assert not long, long


def test_no_function_is_too_long() -> None:
    long = {}
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef):
                name = f"{path.relative_to(SOURCES)}:{node.name}"
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > LONGEST_FUNCTION and path.name not in COMPILED:
                    long[name] = lines
    assert not long, long


def test_no_folder_is_too_full() -> None:
    counts: dict[str, int] = defaultdict(int)
    for path in modules():
        if path.name != "__init__.py":
            counts[sub_package(dotted(path))] += 1
    full = {package: n for package, n in counts.items() if n > MOST_MODULES}
    assert not full, full


def test_modules_are_named_by_nouns() -> None:
    gerunds = {p.stem for p in modules() if p.stem.endswith("ing")} - NOUNS_IN_ING
    assert not gerunds
    vague = {p.stem for p in modules()} & {"utils", "helpers", "manager", "processor", "common", "misc"}
    assert not vague


def test_no_two_modules_of_a_folder_share_a_prefix_of_three() -> None:
    prefixes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in modules():
        head, underscore, _ = path.stem.partition("_")
        if underscore and head and path.stem != "__init__":
            prefixes[sub_package(dotted(path)), head].append(path.stem)
    shared = {key: names for key, names in prefixes.items() if len(names) > 2}
    assert not shared, f"these ask for a folder of their own: {shared}"


def test_class_names_are_unique() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for path in modules():
        for node in tree_of(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(dotted(path))
    twice = {name: where for name, where in homes.items() if len(where) > 1}
    assert not twice, twice


def sub_packages() -> set[str]:
    return {name.removeprefix("septel.").replace(".", "/") for name in PACKAGES if name != "septel"}


def test_the_architecture_page_lists_every_room_and_sub_package() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\s*-? ?`([a-z_/]+)/`", page, re.MULTILINE))
    assert listed == sub_packages(), listed ^ sub_packages()


@pytest.mark.parametrize(
    "term", ["channel", "lattice", "posterior", "witness", "ghost", "holding", "furniture"]
)
def test_the_glossary_has_the_terms_that_the_house_is_named_by(term: str) -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
    assert re.search(rf"^\| .*\b{term}\b", page, re.MULTILINE), term
