"""Mutation tests: change one thing at a time in a module and see whether its tests notice.

    make mutate MODULE=frontier SAMPLE=50        (one module; names as in TESTS below)
    make mutate                                  (all of them, one after the other; hours)

Mutants are drawn with a fixed seed, so that a second run speaks of the same ones. Each runs against
the quick tests of its module, in a copy of the house. Mutants that live are printed with their
change; docs/testing.md says which of them cannot be told from the original.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORK = Path(os.environ.get("MUTATE_WORK") or ROOT / "var" / "mutate")
CHECKS = (
    "etl/test_checks.py",
    "etl/test_checks_deals.py",
    "etl/test_checks_values.py",
    "etl/test_breaks.py",
    "etl/test_claim_checks.py",
)
SCORECARD = (
    "unit/test_scorecard.py",
    "unit/test_scorecard_choice.py",
    "unit/test_scorecard_draws.py",
    "unit/test_scorecard_edges.py",
)
TESTS: dict[str, tuple[str, ...]] = {
    "observatory/analysis/breaks.py": ("unit/test_series_breaks.py",),
    "observatory/analysis/changes.py": ("unit/test_analysis.py",),
    "observatory/analysis/chips.py": ("unit/test_chips.py",),
    "observatory/analysis/coalition.py": ("unit/test_coalition.py",),
    "observatory/analysis/comparable.py": ("unit/test_overview.py",),
    "observatory/analysis/cross_section.py": ("unit/test_analysis.py", "unit/test_differences.py"),
    "observatory/analysis/differences.py": ("unit/test_differences.py",),
    "observatory/analysis/freshness.py": ("unit/test_evidence_logic.py",),
    "observatory/analysis/frontier.py": ("unit/test_frontier.py",),
    "observatory/analysis/leaderboard.py": ("unit/test_leaderboard.py",),
    "observatory/analysis/money_flows.py": ("unit/test_money_flows.py",),
    "observatory/analysis/peers.py": ("unit/test_peers.py",),
    "observatory/analysis/pipeline.py": ("unit/test_pipeline.py",),
    "observatory/analysis/policy_state.py": ("unit/test_policy_state.py",),
    "observatory/analysis/relative.py": ("unit/test_relative.py",),
    "observatory/analysis/revisions.py": ("unit/test_evidence_logic.py",),
    "observatory/analysis/scorecard.py": SCORECARD,
    "observatory/analysis/scorecard_change.py": SCORECARD,
    "observatory/analysis/scorecard_draws.py": SCORECARD,
    "observatory/analysis/stack.py": ("unit/test_stack.py",),
    "observatory/analysis/strengths.py": ("unit/test_strengths.py",),
    "etl/checks/breaks.py": ("etl/test_breaks.py",),
    "etl/checks/capital.py": CHECKS,
    "etl/checks/claims.py": ("etl/test_claim_checks.py",),
    "etl/checks/keys.py": CHECKS,
    "etl/checks/scales.py": CHECKS,
    "etl/checks/values.py": CHECKS,
    "etl/derive/status.py": ("etl/test_status.py",),
    "etl/freshness.py": ("etl/test_upstream_rhythm.py",),
}
SETTINGS = """[mutmut]
source_paths=
    observatory
    etl
only_mutate=
    {module}
pytest_add_cli_args=
    -p
    no:cacheprovider
    -p
    no:xdist
pytest_add_cli_args_test_selection=
    {tests}
timeout_constant=10.0
use_git_change_detection=false
"""
NO_SOURCE = ("__pycache__", "node_modules", "*.pyc")


def house(module: str) -> Path:
    """A copy of the house whose settings name one module and its tests."""
    folder = WORK / "house"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("observatory", "etl", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(*NO_SOURCE))
    shutil.copy2(ROOT / "pyproject.toml", folder)
    inner = folder / "mutants"
    inner.mkdir()
    for path in ROOT.iterdir():
        # What tests read beside the code; never written to.
        if path.name in ("data", "docs", "pages", "app.py", "scripts"):
            (inner / path.name).symlink_to(path)
    tests = "\n    ".join(f"tests/{name}" for name in TESTS[module])
    (folder / "setup.cfg").write_text(SETTINGS.format(module=module, tests=tests), "utf-8")
    return folder


def mutants_of(module: str) -> list[str]:
    """Names of all mutants of a module; the working directory is the house."""
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name

    found = mutate_file_contents(module, Path(module).read_text("utf-8"))
    return sorted(get_mutant_name(Path(module), name) for name in found.mutant_names)


def run(module: str, sample: int, seed: int, only: str) -> dict[str, str]:
    """What became of each drawn mutant: killed, survived, timeout, no tests."""
    from mutmut.configuration import reset_config
    from mutmut.stats import status_by_exit_code

    folder = house(module)
    os.chdir(folder)
    reset_config()
    every = [name for name in mutants_of(module) if fnmatch.fnmatch(name, only)]
    drawn = random.Random(seed).sample(every, min(sample, len(every)))  # noqa: S311 - no secret
    if not drawn:
        return {}
    print(f"{module}: {len(drawn)} of {len(every)} mutants", flush=True)
    subprocess.run(
        [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *drawn],
        check=True, stdout=(WORK / "mutmut.log").open("w"), stderr=subprocess.STDOUT,
    )  # fmt: skip
    meta = json.loads((folder / "mutants" / f"{module}.meta").read_text("utf-8"))
    return {name: status_by_exit_code[meta["exit_code_by_key"][name]] for name in drawn}


def change(name: str) -> str:
    """The lines that a mutant changes."""
    shown = subprocess.run(
        [sys.executable, "-m", "mutmut", "show", name], check=True, capture_output=True, text=True
    ).stdout
    return "\n".join(line for line in shown.splitlines() if re.match(r"[-+](?![-+])", line))


def main() -> None:
    """Run the modules asked for; the exit code says nothing of survivors: people judge them."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    asked.add_argument("module", nargs="?", default="", help="part of a name in TESTS")
    asked.add_argument("--sample", type=int, default=50, help="mutants drawn for each module")
    asked.add_argument("--seed", type=int, default=11)
    asked.add_argument("--only", default="*", help="pattern of the names of mutants")
    given = asked.parse_args()
    exact = f"/{given.module}.py"
    modules = [name for name in TESTS if name.endswith(exact)] or [
        name for name in TESTS if given.module in name
    ]
    if not modules:
        raise SystemExit(f"no module like {given.module!r}; there are {', '.join(TESTS)}")
    if (ROOT / "var" / "current.json").exists():
        # Tests of the shipped data need no build of their own.
        os.environ.setdefault("OBSERVATORY_VAR", str(ROOT / "var"))
    for module in modules:
        found = run(module, given.sample, given.seed, given.only)
        living = [name for name, said in found.items() if said not in ("killed", "timeout")]
        for name in living:
            print(f"\n{found[name]}: {name}\n{change(name)}", flush=True)
        print(
            f"{module}: {len(found)} mutants, {len(found) - len(living)} noticed, {len(living)} live\n"
        )


if __name__ == "__main__":
    main()
