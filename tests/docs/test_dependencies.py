"""Every dependency is justified, and none can be had under GPL or AGPL only."""

from __future__ import annotations

import importlib.util
import json
import re
from importlib import metadata
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, ROOT

KNOWN = ("MIT", "BSD", "Apache", "ISC", "MPL", "PSF")
COPYLEFT = re.compile(r"(?<!L)A?GPL|(?<!Lesser )General Public|Affero", re.IGNORECASE)
OTHER_CHOICE = re.compile(
    r"MIT|BSD|Apache|Artistic|ISC|MPL|Mozilla|LGPL|Lesser|PSF|Python Software", re.IGNORECASE
)


def named(file: str) -> list[str]:
    lines = (ROOT / file).read_text("utf-8").splitlines()
    return [
        re.split(r"[\[=<>~! ]", line)[0]
        for line in lines
        if line and not line.startswith(("#", "-"))
    ]


def table(title: str) -> dict[str, list[str]]:
    """Rows of the table below a title: name -> other cells."""
    text = (DOCS / "dependencies.md").read_text("utf-8")
    part = text[text.index(f"## {title}") :].split("\n\n")[0].splitlines()[3:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in part]
    return {row[0]: row[1:] for row in rows}


RUN = table("What the observatory runs with")
DEV = table("What developers and tests need on top")


def licence_of(package: metadata.PackageMetadata) -> str:
    """All that a package says of its licence, but for whole texts."""
    said = [
        package.get("License-Expression") or "",
        (package.get("License") or "").split("\n")[0][:100],
    ]
    said += [one for one in package.get_all("Classifier") or [] if one.startswith("License")]
    return " ".join(said)


def test_both_tables_are_complete_and_in_order() -> None:
    run, dev = named("requirements.in"), named("requirements-dev.in")
    assert list(RUN) == run
    assert list(DEV) == [name for name in dev if name not in run]
    for name, cells in {**RUN, **DEV}.items():
        assert len(cells) == 3, name
        assert all(cells), name


@pytest.mark.parametrize("name", [*RUN, *DEV])
def test_the_licence_is_the_one_that_is_installed(name: str) -> None:
    told = {one for one in KNOWN if one in {**RUN, **DEV}[name][1]}
    assert told, name
    said = licence_of(metadata.metadata(name)).replace("Mozilla", "MPL")
    own = {one for one in KNOWN if re.search(rf"\b{one}\b", said)}
    # A few say nothing in their metadata; their repositories do.
    assert not own or told & own, (name, said)


def test_nothing_is_under_gpl_alone() -> None:
    seen, wrong = 0, []
    for one in metadata.distributions():
        said = licence_of(one.metadata)
        seen += 1
        if COPYLEFT.search(said) and not OTHER_CHOICE.search(said):
            wrong.append(f"{one.metadata['Name']}: {said}")
    assert seen > 60
    assert wrong == []


def test_the_list_of_parts_is_whole_and_each_has_a_licence(tmp_path: Path) -> None:
    """All that is pinned to run with, not only what is named."""
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "scripts" / "sbom.py")
    assert spec
    assert spec.loader
    sbom = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sbom)
    assert sbom.main([str(tmp_path / "sbom.json")]) == 0
    made = json.loads((tmp_path / "sbom.json").read_text("utf-8"))
    parts = {part["name"]: part for part in made["components"]}
    pinned = re.findall(r"(?m)^([\w.-]+)==", (ROOT / "requirements.txt").read_text("utf-8"))
    assert sorted(parts) == sorted(pinned)
    assert set(RUN) <= set(parts)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    for name, part in parts.items():
        assert part["purl"] == f"pkg:pypi/{name}@{part['version']}"
        assert part["hashes"], name
        told = [one.get("expression") or one["license"]["name"] for one in part["licenses"]]
        # Where the metadata is silent, the table above all this says what the repository does.
        said = " ".join(told) or RUN[name][1]
        assert OTHER_CHOICE.search(said), (name, said)
