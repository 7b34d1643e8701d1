"""The rooms of the house import each other in one direction."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("reading", "annotation", "storage", "search", "answering", "evaluation")
TOP = {"errors", "schema", "settings"}
ALLOWED = {
    "reading": {"reading"},
    "annotation": {"annotation"},
    "storage": {"storage", "annotation"},
    "search": {"search", "storage", "annotation"},
    "answering": {"answering", "search", "storage", "annotation"},
    "evaluation": {"evaluation"},
}


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


WITHIN = {
    "answering": {
        "verification": set(),
        "questions": {"verification"},
        "sentences": {"verification", "questions"},
        "short_answers": {"verification", "questions", "sentences"},
        "who_said": {"questions"},
        "what_happened": {"questions", "sentences"},
        "conversation": {"questions", "sentences", "what_happened"},
        "writing": {"verification", "questions", "sentences"},
    },
    "storage": {"encoding": set(), "index": {"encoding"}, "community": set()},
}
"""What the rooms of a room may import of one another; what stands beside them, all may."""


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_stands_before_it(room: str) -> None:
    for file in (ROOT / "retrieval" / room).rglob("*.py"):
        for name in imports(file):
            if name.startswith("retrieval."):
                part = name.split(".")[1]
                assert part in ALLOWED[room] | TOP, f"{file.name} imports {name}"
            assert name.split(".")[0] not in ("bot", "discord"), f"{file.name} imports {name}"


@pytest.mark.parametrize("house", WITHIN)
def test_the_rooms_within_a_room_import_each_other_in_one_direction(house: str) -> None:
    rooms = WITHIN[house]
    folder = ROOT / "retrieval" / house
    assert {found.name for found in folder.iterdir() if (found / "__init__.py").exists()} == rooms.keys()
    for room, allowed in rooms.items():
        for file in (folder / room).rglob("*.py"):
            for name in imports(file):
                parts = name.split(".")
                if parts[:2] == ["retrieval", house] and len(parts) > 3 and parts[2] != room:
                    assert parts[2] in allowed, f"{file.name} of {room} imports {name}"


def test_retrieval_knows_nothing_of_the_bot_and_prompts_of_neither() -> None:
    for file in (ROOT / "retrieval").rglob("*.py"):
        assert not [n for n in imports(file) if n.split(".")[0] in ("bot", "discord", "tests")], file
    for file in (ROOT / "prompts").rglob("*.py"):
        assert not [n for n in imports(file) if n.split(".")[0] in ("bot", "retrieval", "tests")], file


@pytest.mark.parametrize("module", ["bot.cli", "retrieval.library", "bot.terminal.printing"])
def test_no_model_is_imported_before_it_is_needed(module: str) -> None:
    heavy = "{'torch', 'transformers', 'sentence_transformers', 'chromadb', 'spacy', 'trafilatura', 'langchain_core',"
    heavy += "'lxml', 'httpx', 'pypdf', 'docx', 'feedparser', 'py3langid', 'tld'}"
    code = f"import sys, {module}; loaded = {heavy} & set(sys.modules); assert not loaded, loaded"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_packages_that_import_their_own_modules_are_loaded_before_there_are_threads() -> None:
    """Two threads that import modules of such a package at once find one of them half made: each module waits for its
    package, and the package for its modules."""
    packages = [
        ".".join(file.parent.relative_to(ROOT).parts)
        for room in ROOMS[:-1]  # only a command of its own evaluates
        for file in (ROOT / "retrieval" / room).rglob("__init__.py")
        if any(name.startswith("retrieval.") for name in imports(file))
    ]
    code = f"import sys, bot.cli, retrieval.library; late = set({packages}) - set(sys.modules); assert not late, late"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
