"""Keep the counts in data/README.md true: python scripts/data_counts.py [--check]

Counts the rows of every curated table and what an open build keeps, and writes both tables between
the marks in data/README.md. `--check` changes nothing and exits 1 where they are out of date.
Counts of data/manifest.yml that differ are named: those are changed by hand, by who meant it.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from etl.build import check  # noqa: E402 - the folder above has to be found first
from etl.licence import open_only  # noqa: E402
from etl.read import Dataset  # noqa: E402
from observatory.model.tables import TABLES  # noqa: E402
from observatory.model.vocab import Reuse  # noqa: E402

README = ROOT / "data" / "README.md"
TABLES_MARK, OPEN_MARK = "tables", "open"


def block(text: str, mark: str) -> tuple[int, int]:
    """Where the generated lines between a pair of marks start and end. ValueError without marks."""
    start = f"<!-- counts:{mark} -->\n"
    at = text.index(start) + len(start)
    return at, text.index(f"<!-- /counts:{mark} -->", at)


def table_lines(data: Dataset) -> list[str]:
    """One row a curated table: file, rows, what a row is, key."""
    lines = ["| file | rows | one row is | key |", "|---|---:|---|---|"]
    for table in TABLES:
        key = ", ".join(f"`{column}`" for column in table.key)
        words = table.comment.rstrip(".").partition(". ")[0]
        words = words[0].lower() + words[1:] if not words.startswith("AI") else words
        lines.append(f"| `{table.files}` | {len(data.rows(table.name)):,} | {words} | {key} |")
    return lines


def open_lines(data: Dataset) -> list[str]:
    """What an open build keeps of each table with rows, and why the rest is left out."""
    kept, left = open_only(data)
    reuse = {row.record.source_id: row.record.reuse for row in data.rows("sources")}
    lines = [
        "| table | rows | in an open build | left out | source quotable | source closed | needs a row left out |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    total: Counter[str] = Counter()
    for table in TABLES:
        rows = data.rows(table.name)
        if not rows or not left[table.name]:
            continue
        by: Counter[Reuse] = Counter()
        if table.sourced or table.name == "sources":
            by = Counter(reuse[row.record.source_id] for row in rows)
        numbers = {
            "rows": len(rows),
            "kept": len(kept.rows(table.name)),
            "left": left[table.name],
            "quotable": by[Reuse.QUOTABLE],
            "closed": by[Reuse.CLOSED],
        }
        numbers["needs"] = numbers["left"] - numbers["quotable"] - numbers["closed"]
        total.update(numbers)
        lines.append(f"| {table.name} | " + " | ".join(f"{n:,}" for n in numbers.values()) + " |")
    lines.append("| **all of these** | " + " | ".join(f"**{n:,}**" for n in total.values()) + " |")
    return lines


def renewed(text: str, data: Dataset) -> str:
    """The README with counts of today."""
    for mark, lines in ((TABLES_MARK, table_lines(data)), (OPEN_MARK, open_lines(data))):
        start, end = block(text, mark)
        text = text[:start] + "\n".join(lines) + "\n" + text[end:]
    return text


def undeclared(data: Dataset) -> list[str]:
    """Tables whose rows are not as many as the manifest says, one line each."""
    declared = yaml.safe_load((ROOT / "data" / "manifest.yml").read_text("utf-8"))["tables"]
    return [
        f"data/manifest.yml: {table.name}: {declared.get(table.name, 0)}, but there are"
        f" {len(data.rows(table.name))}; change the number if you meant it"
        for table in TABLES
        if declared.get(table.name, 0) != len(data.rows(table.name))
    ]


def main() -> int:
    """Write or compare, and return the exit code."""
    found = check(ROOT / "data")
    if found.errors:
        print(f"data/ has {len(found.errors)} errors; run: python -m etl check", file=sys.stderr)
        return 1
    for line in undeclared(found.data):
        print(line, file=sys.stderr)
    old = README.read_text(encoding="utf-8")
    new = renewed(old, found.data)
    if old == new:
        return 0
    if "--check" in sys.argv[1:]:
        print(
            "data/README.md: counts are out of date; run: python scripts/data_counts.py",
            file=sys.stderr,
        )
        return 1
    README.write_text(new, encoding="utf-8")
    print("data/README.md: counts written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
