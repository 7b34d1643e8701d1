"""The versions that a release is locked to."""

from __future__ import annotations

import re
import tomllib

from tests.conftest import ROOT

LINES = (ROOT / ".ci" / "requirements.lock").read_text(encoding="utf-8").splitlines()


def test_the_lock_pins_every_dependency_at_the_version_that_the_project_names() -> None:
    locked = dict(line.split("==") for line in LINES if not line.startswith("#"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in project["dependencies"]:
        name, version = re.sub(r"\[.*?\]", "", requirement).split("==")
        assert locked[re.sub(r"[-_.]+", "-", name).lower()] == version


def test_the_lock_names_no_index_no_build_and_no_range() -> None:
    assert len(LINES) > 60
    assert all(line.startswith("#") or re.fullmatch(r"[a-z0-9-]+==[\w.]+", line) for line in LINES)
