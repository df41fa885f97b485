"""Try the newest releases of what requirements*.in name: `python scripts/upgrade.py [TEST …]`.

Makes an environment of its own in var/upgrade without the pins, runs the quick checks and the tests
that need no browser in it, and says what breaks. Each test that fails there and not here is run again
with one package at a time put back to its pinned release: the one that mends it is named.
The last line is the verdict; exit code 1 where something broke. Arguments are tests to run instead.
Where nothing newer exists it says so and ends.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "var" / "upgrade"
PYTHON = HOME / "bin" / "python"
INPUTS = ("requirements.in", "requirements-dev.in")
PINNED = ("requirements.txt", "requirements-dev.txt")
CHECKS = (
    ("-m", "ruff", "check", "."),
    ("-m", "mypy"),
    ("-c", "from importlinter.cli import lint_imports_command as run; run()"),
    ("-m", "observatory.i18n", "check"),
    ("-m", "etl", "check"),
)
TESTS = ("tests/unit", "tests/etl", "tests/db", "tests/api", "tests/security", "tests/pages")


def normal(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def direct() -> list[str]:
    """What the inputs name, with extras and without versions."""
    lines = [
        line.strip() for file in INPUTS for line in (ROOT / file).read_text("utf-8").splitlines()
    ]
    return sorted(
        {re.split(r"[<>=~! ;]", line)[0] for line in lines if line and line[0] not in "#-"}
    )


def pinned() -> dict[str, str]:
    """Pinned versions by name."""
    found = {}
    for file in PINNED:
        text = (ROOT / file).read_text("utf-8")
        found.update(re.findall(r"(?m)^([A-Za-z0-9._-]+)==([^\s;\\]+)", text))
    return {normal(name): version for name, version in found.items()}


def pip(*words: str) -> str:
    done = subprocess.run(
        [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *words],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


def installed() -> dict[str, str]:
    return {
        normal(one["name"]): one["version"] for one in json.loads(pip("list", "--format", "json"))
    }


def failed(python: Path | str, tests: list[str]) -> list[str]:
    """Ids of tests that fail; the run itself if it breaks off."""
    done = subprocess.run(
        [str(python), "-m", "pytest", "-q", "-rfE", "-p", "no:cacheprovider", "-m", "not browser", *tests],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    found = re.findall(r"(?m)^(?:FAILED|ERROR) (\S+::.+?)(?: - .*)?$", done.stdout)
    if done.returncode not in (0, 1) and not found:
        return [
            f"pytest itself, exit code {done.returncode}: {done.stdout[-400:]}{done.stderr[-400:]}"
        ]
    print(done.stdout.strip().splitlines()[-1], flush=True)
    return found


def broken_checks() -> list[str]:
    """Quick checks that fail with the newest and not with the pinned releases."""
    broken = []
    for words in CHECKS:
        new = subprocess.run([str(PYTHON), *words], cwd=ROOT, capture_output=True, text=True)
        if not new.returncode:
            continue
        old = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True)
        if not old.returncode:
            broken.append(f"{' '.join(words)}\n{new.stdout[-1500:]}{new.stderr[-1500:]}")
    return broken


def blamed(tests: list[str], newer: dict[str, tuple[str, str]]) -> dict[str, list[str]]:
    """Failing tests by the package whose pinned release mends them; under '' those that none alone mends."""
    left, found = list(tests), {}
    for name, (old, new) in newer.items():
        if not left:
            break
        pip("install", "--quiet", "--no-deps", f"{name}=={old}")
        still = failed(PYTHON, left)
        mended = [one for one in left if one not in still]
        if mended:
            found[name] = mended
        left = [one for one in left if one in still]
        pip("install", "--quiet", "--no-deps", f"{name}=={new}")
    return {**found, **({"": left} if left else {})}


def main(arguments: list[str]) -> int:
    """Install, compare, run, blame; the exit code."""
    if not PYTHON.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
    names, pins = direct(), pinned()
    pip("install", "--quiet", "--upgrade", "--upgrade-strategy", "eager", *names)
    now = installed()
    own = {normal(name.partition("[")[0]) for name in names}
    newer = {
        name: (pins[name], version)
        for name, version in sorted(now.items(), key=lambda one: (one[0] not in own, one[0]))
        if pins.get(name) not in (None, version)
    }
    print(f"{len(own)} packages named, {len(newer)} installed ones newer than pinned", flush=True)
    for name, (old, new) in newer.items():
        print(f"  {name}: {old} -> {new}", flush=True)
    if not newer:
        print("What is pinned is the newest: nothing to try.")
        return 0
    broken = broken_checks()
    for text in broken:
        print(f"broken check: {text}")
    tests = arguments or list(TESTS)
    worse = failed(PYTHON, tests)
    ids = [one for one in worse if "::" in one]
    here = failed(sys.executable, ids) if ids else []
    ids = [one for one in ids if one not in here]
    guilty = {"": worse} if worse and "::" not in worse[0] else blamed(ids, newer)
    for name, ids in guilty.items():
        print(f"broken by {name or 'no one package alone'}: {len(ids)} tests")
        for one in ids:
            print(f"  {one}")
    bad = bool(broken or guilty)
    print(
        "The newest releases break something."
        if bad
        else "The newest releases break nothing that was run."
    )
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
