"""Examples of deployment: they parse, keep their promises, and name settings that exist."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from observatory.ui import watch
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
OPERATIONS = ROOT / "docs" / "operations.md"
UNITS = sorted((DEPLOY / "systemd").iterdir())
OURS = re.compile(r"\bOBSERVATORY_[A-Z_]*[A-Z]\b")
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def names_in_code() -> set[str]:
    """Every setting that the code asks for: text constants, and variables of shell scripts."""
    found: set[str] = set()
    folders = ("observatory", "etl", "pages", "scripts")
    for path in (file for one in folders for file in (ROOT / one).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and OURS.fullmatch(text):
                found.add(text)
    for path in (ROOT / "scripts").glob("*.sh"):
        found |= set(OURS.findall(path.read_text("utf-8")))
    return found


def names_in_table() -> set[str]:
    text = OPERATIONS.read_text("utf-8")
    rows = text[text.index("| variable |") :].split("\n\n")[0].splitlines()[2:]
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}


def test_settings_are_those_of_the_code_everywhere() -> None:
    code = names_in_code()
    assert {one for one in names_in_table() if one.startswith("OBSERVATORY_")} == code
    files = [path for path in DEPLOY.rglob("*") if path.is_file()]
    assert len(files) >= 10
    for path in [*files, *(ROOT / "docs").glob("*.md"), ROOT / "README.md"]:
        assert set(OURS.findall(path.read_text("utf-8"))) <= code, path


def settings(text: str) -> dict[str, str]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def test_the_public_profile_is_careful() -> None:
    found = settings((DEPLOY / "public.env").read_text("utf-8"))
    assert set(found) <= names_in_table()
    assert found["OBSERVATORY_PROFILE"] == "public"
    assert found["OBSERVATORY_SQL"] == "off"
    assert found["OBSERVATORY_HOSTS"] in found["OBSERVATORY_URL"]
    (config, *_rest) = documents()
    same = {key: value for key, value in config["data"].items() if key.startswith("OBSERVATORY_")}
    assert same == {key: value for key, value in found.items() if key in same}
    assert {"OBSERVATORY_PROFILE", "OBSERVATORY_SQL", "OBSERVATORY_HOSTS"} <= set(same)


def test_no_example_holds_a_secret_or_a_place_of_ours() -> None:
    for path in (file for file in DEPLOY.rglob("*") if file.is_file()):
        text = path.read_text("utf-8")
        assert not re.search(r"(?i)(password|secret_access|api_?key|BEGIN [A-Z ]*PRIVATE)", text), (
            path
        )
        for host in re.findall(r"https?://([\w.-]+)", text):
            assert host in ("127.0.0.1", "observatory") or host.endswith(".example"), (path, host)


# Kubernetes -------------------------------------------------------------------------------------


def documents() -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((DEPLOY / "kubernetes" / "observatory.yml").read_text("utf-8")))


def of_kind(kind: str) -> dict[str, Any]:
    (found,) = [one for one in documents() if one["kind"] == kind]
    return found


def test_kubernetes() -> None:
    spec = of_kind("Deployment")["spec"]
    assert spec["replicas"] == 3
    pod = spec["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    job = of_kind("CronJob")["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]
    for one in (container, job):
        assert one["securityContext"]["readOnlyRootFilesystem"] is True
        assert one["securityContext"]["allowPrivilegeEscalation"] is False
        assert one["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert one["resources"]["limits"]["memory"]
    probes = [container[name]["httpGet"]["path"] for name in ("readinessProbe", "livenessProbe")]
    assert probes == ["/readyz", "/_stcore/health"]
    assert set(probes) <= set(watch.PROBES)
    # Replicas read; only the build writes.
    mounts = {one["name"]: one.get("readOnly", False) for one in container["volumeMounts"]}
    assert mounts == {"builds": True, "tmp": False}
    assert {one["name"] for one in pod["volumes"]} == set(mounts)
    service = of_kind("Service")
    assert service["spec"]["sessionAffinity"] == "ClientIP"
    assert service["spec"]["selector"].items() <= spec["template"]["metadata"]["labels"].items()
    assert of_kind("PersistentVolumeClaim")["spec"]["accessModes"] == ["ReadWriteMany"]
    notes = of_kind("Ingress")["metadata"]["annotations"]
    assert notes["nginx.ingress.kubernetes.io/affinity"] == "cookie"
    assert all(isinstance(value, str) for value in notes.values())
    assert all(isinstance(value, str) for value in of_kind("ConfigMap")["data"].values())


# The image --------------------------------------------------------------------------------------


def test_the_image() -> None:
    text = (DEPLOY / "container" / "Containerfile").read_text("utf-8")
    words = [line.split()[0] for line in text.splitlines() if re.match(r"[A-Z]+ ", line)]
    assert words[-1] == "CMD"
    assert "--require-hashes" in text
    assert text.index("USER 10001") < text.index("\nCMD")
    assert "HEALTHCHECK" in text
    (check,) = re.findall(r"HEALTHCHECK[^\n]*\n\s+CMD (\[.*\])", text)
    program = ast.literal_eval(check)
    compile(program[-1], "healthcheck", "exec")
    kept = (DEPLOY / "container" / "Containerfile.dockerignore").read_text("utf-8").splitlines()
    assert kept[0] == "*"
    for line in kept[1:]:
        if line.startswith("!"):
            assert (ROOT / line[1:]).exists(), line
    for needed in ("app.py", "pages", "observatory", "etl", "data", "static", "requirements.txt"):
        assert f"!{needed}" in kept
    # What the code opens beside itself comes along; builds stand in a volume.
    opened = set()
    for path in [*(ROOT / "observatory").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        for names in re.findall(r'parents\[\d\]((?: / "[\w.-]+")+)', path.read_text("utf-8")):
            opened.add("/".join(re.findall(r'"([^"]+)"', names)))
    assert {"docs/method.md", "static/fonts"} <= opened
    for place in opened - {"var"}:
        assert {f"!{place}", f"!{place.partition('/')[0]}"} & set(kept), place


# systemd ----------------------------------------------------------------------------------------


def test_units_start_what_exists() -> None:
    assert {path.suffix for path in UNITS} == {".service", ".timer"}
    for path in UNITS:
        text = path.read_text("utf-8")
        for module in re.findall(r"-m ([a-z._]+)", text):
            file = ROOT / Path(*module.split("."))
            assert file.with_suffix(".py").exists() or (file / "__main__.py").exists()
        for page in re.findall(r"Documentation=file:///opt/observatory/(\S+)", text):
            assert (ROOT / page).exists()
        if path.suffix == ".service":
            for guard in (
                "NoNewPrivileges=yes",
                "ProtectSystem=strict",
                "MemoryMax=",
                "User=observatory",
            ):
                assert guard in text, (path.name, guard)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_finds_no_fault(tmp_path: Path) -> None:
    python = shutil.which("true")
    for path in UNITS:
        # What is installed on a server is not here: users, programs, documents.
        text = path.read_text("utf-8").replace("/opt/observatory/.venv/bin/python", str(python))
        text = re.sub(r"(?m)^(Documentation|User|Group)=.*\n", "", text)
        (tmp_path / path.name.replace("@", "@8501")).write_text(text, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True, text=True, env={**os.environ, "SYSTEMD_LOG_TARGET": "console"},
    )  # fmt: skip
    ours = [
        line for line in done.stderr.splitlines() if str(tmp_path) in line or "observatory" in line
    ]
    assert done.returncode == 0, done.stderr
    assert ours == []


# Continuous integration -------------------------------------------------------------------------


def test_every_change_is_checked_and_every_week_the_world() -> None:
    text = (ROOT / ".github" / "workflows" / "checks.yml").read_text("utf-8")
    plan = yaml.safe_load(text)
    # YAML 1.1 reads the key `on` as true.
    assert set(plan[True]) == {"push", "pull_request", "schedule"}
    assert plan["permissions"] == {"contents": "read"}
    assert "secrets." not in text
    asked = {step["run"].removeprefix("make "): name for name, job in plan["jobs"].items()
             for step in job["steps"] if step["run"].startswith("make ")}  # fmt: skip
    assert asked == {"test": "test", "audit": "audit", "upgrade": "upgrade", "fuzz": "fuzz"}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for name, job in plan["jobs"].items():
        assert re.search(rf"(?m)^{name}:", makefile)
        assert job["timeout-minutes"] <= 120
        # Nobody else's code, and what is given by a change goes in as text.
        for step in job["steps"]:
            assert "uses" not in step
            assert "${{" not in step["run"]
    for shown in ("test", "audit"):
        assert "if" not in plan["jobs"][shown], "runs for every change"
    for script, what in (
        ("audit.sh", "sbom.py"),
        ("audit.sh", "secrets_scan.py"),
        ("audit.sh", "pip-audit"),
    ):
        assert what in (ROOT / "scripts" / script).read_text("utf-8")


# nginx ------------------------------------------------------------------------------------------


def blocks(text: str) -> Iterator[str]:
    """Every statement of an nginx file, blocks opened; AssertionError where braces do not fit."""
    bare = re.sub(r"(?m)^\s*#.*$", "", text)
    depth, start, quote = 0, 0, ""
    for at, sign in enumerate(bare):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign in "{};":
            depth += {"{": 1, "}": -1, ";": 0}[sign]
            assert depth >= 0
            yield " ".join(bare[start:at].split())
            start = at + 1
    assert depth == 0
    assert not bare[start:].strip()


def test_nginx_keeps_its_promises() -> None:
    found = list(blocks((DEPLOY / "nginx" / "observatory.conf").read_text("utf-8")))
    assert "hash $observatory_reader consistent" in found
    assert sum(line.startswith("server 127.0.0.1:85") for line in found) == 3
    assert "proxy_set_header Upgrade $http_upgrade" in found
    assert "client_max_body_size 16k" in found
    metrics = found.index("location = /metrics")
    assert found[metrics + 1 : metrics + 4] == ["allow 127.0.0.1", "allow ::1", "deny all"]
    assert found[found.index("location ~ /_stcore/(metrics|upload_file|agent)") + 1] == "return 404"
    zones = set(re.findall(r"zone=(\w+):\d+m", "\n".join(found)))
    used = set(re.findall(r"(?:limit_req zone=|limit_conn |proxy_cache )(\w+)", "\n".join(found)))
    assert used <= zones | {"observatory_kept", "observatory_open"}
    for shut in watch.SHUT:
        assert re.search(r"/_stcore/(metrics|upload_file|agent)", shut)
    assert list(blocks((DEPLOY / "nginx" / "static-edition.conf").read_text("utf-8")))


EXISTING = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@pytest.mark.parametrize("name", ["operations.md", "threat-model.md"])
def test_every_test_that_a_document_names_exists(name: str) -> None:
    text = (ROOT / "docs" / name).read_text("utf-8")
    named = EXISTING.findall(text)
    assert len(named) >= 15
    for file, test in named:
        assert re.search(rf"^def {test}\(", (ROOT / file).read_text("utf-8"), re.M), (file, test)
    for row in re.findall(
        r"(?m)^\|.*\|$", text[text.index("| fault |" if "| fault |" in text else "| threat |") :]
    ):
        if row.count("|") > 3 and not row.startswith(("| fault", "| threat", "|--", "|:-")):
            assert EXISTING.search(row), row
