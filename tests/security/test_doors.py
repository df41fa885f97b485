"""Ways in and out that must not exist: found by reading the code, not by running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

FOLDERS = ("observatory", "etl", "pages")
CODE = [ROOT / "app.py", *sorted(path for one in FOLDERS for path in (ROOT / one).rglob("*.py"))]
MARKDOWN = {"markdown", "write", "caption", "title", "header", "subheader", "latex", "code", "text",
            "info", "warning", "error", "success", "toast", "exception", "help", "metric"}  # fmt: skip
RAW = {"html", "iframe", "unsafe_allow_html"}
# The door for HTML takes `Safe` only.
DOOR = ROOT / "observatory" / "ui" / "door.py"
# What is attached and laid out from the operator's setting and the catalogue: DuckDB takes no
# parameters in these statements.
LAKE = ROOT / "observatory" / "db" / "lake.py"
WITHOUT_PARAMETERS = ("ATTACH '", "LOAD ", "CREATE VIEW serve.", "COMMENT ON ", "SET ")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Dotted name and node of every call in a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_there_is_code_to_read() -> None:
    assert len(CODE) > 60


def test_text_reaches_the_page_through_one_door() -> None:
    wrong = []
    for path in CODE:
        for name, node in calls(path):
            owner, _, method = name.rpartition(".")
            streamlit = owner == "st" or owner.startswith(("st.", "streamlit"))
            if streamlit and (method in MARKDOWN or (method in RAW and path != DOOR)):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}: {name}")
            if any(word.arg == "unsafe_allow_html" for word in node.keywords):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}: unsafe_allow_html")
    assert wrong == []


def test_pages_never_make_markup_themselves() -> None:
    for path in sorted((ROOT / "pages").glob("*.py")):
        names = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
        assert not names & {"Safe", "duckdb", "open", "exec", "eval"}, path.name
        assert not any(name.endswith("Safe") for name, _ in calls(path)), path.name


def safe_loader(path: Path, call: ast.Call) -> bool:
    """Whether YAML is read by a loader that makes no objects, or by a class made of one in this file."""
    safe = {"yaml.CSafeLoader", "yaml.CBaseLoader", "yaml.SafeLoader", "yaml.BaseLoader"}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) in safe for base in node.bases):
            safe = safe | {node.name}
    return any(word.arg == "Loader" and ast.unparse(word.value) in safe for word in call.keywords)


def test_nothing_is_evaluated_or_unpickled() -> None:
    forbidden = {"eval", "exec", "compile", "pickle.load", "pickle.loads", "os.system", "yaml.load",
                 "subprocess.getoutput", "__import__"}  # fmt: skip
    wrong = []
    for path in CODE:
        for name, node in calls(path):
            shell = any(
                word.arg == "shell" and ast.unparse(word.value) != "False" for word in node.keywords
            )
            if name == "yaml.load" and safe_loader(path, node):
                continue
            if name in forbidden or (name.startswith("subprocess.") and shell):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}: {name}")
    assert wrong == []


def test_only_the_etl_opens_a_database_for_writing() -> None:
    seen = 0
    for path in CODE:
        for name, node in calls(path):
            if name != "duckdb.connect":
                continue
            seen += 1
            if (ROOT / "etl") in path.parents:
                continue
            given = {word.arg: ast.unparse(word.value) for word in node.keywords}
            # A database in memory has no file that could be written.
            memory = bool(node.args) and ast.unparse(node.args[0]) == "':memory:'"
            assert memory or given.get("read_only") == "True", (
                f"{path.relative_to(ROOT)}:{node.lineno}"
            )
            assert "config" in given, path
    assert seen >= 2


def test_queries_take_values_as_parameters() -> None:
    """SQL of the app stands in files; none is put together from text."""
    for path in sorted((ROOT / "observatory").rglob("*.py")):
        for name, node in calls(path):
            if name.rpartition(".")[2] in {"execute", "sql"} and node.args:
                first = node.args[0]
                if path == LAKE and isinstance(first, ast.JoinedStr):
                    start = first.values[0]
                    assert isinstance(start, ast.Constant)
                    assert str(start.value).startswith(WITHOUT_PARAMETERS), node.lineno
                    continue
                assert not isinstance(first, (ast.JoinedStr, ast.BinOp)), (
                    f"{path.relative_to(ROOT)}:{node.lineno}"
                )


@pytest.mark.parametrize(
    "path", [".streamlit/secrets.toml", ".env", "secrets.toml", "credentials.json", ".netrc"]
)
def test_no_secrets_in_the_tree(path: str) -> None:
    assert not (ROOT / path).exists()


def test_the_static_folder_holds_only_what_anybody_may_have() -> None:
    allowed = {".woff2", ".png", ".svg", ".jpg", ".webp", ".ico", ".css", ".txt"}
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    assert files
    assert {path.suffix for path in files} <= allowed
    assert not [path for path in (ROOT / "static").rglob("*") if path.is_symlink()]


def test_settings_keep_errors_and_uploads_to_themselves() -> None:
    import tomllib

    with (ROOT / ".streamlit" / "config.toml").open("rb") as stream:
        config = tomllib.load(stream)
    assert config["client"]["showErrorDetails"] == "none"
    assert config["server"]["maxUploadSize"] <= 1
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"].get("enableXsrfProtection", True) is True
    assert config["server"].get("enableCORS", True) is True
