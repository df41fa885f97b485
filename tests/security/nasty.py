"""The tiny data set with markup of several kinds in every free text it holds."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

from tests.conftest import TINY

NASTY = "<img src=x onerror=alert(1)>[x](javascript:alert(1)) :red[x] $x$ {=1+1} **b**"
"""HTML, a Markdown link, Streamlit's directives, TeX, a formula."""

# Free text of each file. Dates, ids, numbers and closed vocabularies refuse markup by themselves.
TEXTS: dict[str, tuple[str, ...]] = {
    "organizations.csv": ("name", "native_name", "note"),
    "names.csv": ("name",),
    "sources.csv": ("title", "publisher", "origin", "edition", "licence", "attribution", "note"),
    "economies.csv": ("name_en", "name_ja", "name_ko", "name_zh_hans", "name_zh_hant"),
    "capital/deals.csv": ("investors", "round", "locator", "note"),
    "capital/deal_parties.csv": ("party_name",),
    "capital/ipo_events.csv": ("locator", "note"),
    "evidence/claims.csv": ("statement", "evidence", "locator", "note"),
    "observations/adoption.csv": ("locator", "note"),
    "observations/investment.csv": ("locator", "note"),
    "policy/policies.csv": ("title", "title_native", "summary", "locator", "note"),
    "technology/models.csv": ("name", "native_name", "licence", "locator", "note"),
    "technology/benchmarks.csv": ("name", "metric", "definition", "comparability_note"),
    "technology/benchmark_results.csv": ("model_name", "locator", "note"),
    "technology/chips.csv": ("name", "foundry", "memory_type", "locator", "note"),
    "technology/clusters.csv": ("name", "chip", "locator", "note"),
    "technology/supercomputers.csv": ("system", "site", "vendor", "accelerator", "locator", "note"),
}
MARKUP_IN_MEASURES = {
    "name: Firms using the thing": f"name: {NASTY!r}",
    "short_name: Firms using": f"short_name: {NASTY!r}",
    "definition: Share of firms that use the thing.": f"definition: {NASTY!r}",
}


def nasty_data(folder: Path) -> Path:
    """Copy the tiny data set below ``folder`` and put NASTY after what its free texts say."""
    data = folder / "data"
    shutil.copytree(TINY, data)
    for name, columns in TEXTS.items():
        file = data / name
        rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))
        for row in rows:
            for column in columns:
                # What stays empty means something, as a name without a native form does.
                if row[column]:
                    row[column] = f"{row[column]} {NASTY}"
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        file.write_text(out.getvalue(), "utf-8")
    measures = data / "indicators" / "adoption.yml"
    text = measures.read_text("utf-8")
    for old, new in MARKUP_IN_MEASURES.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    measures.write_text(text, "utf-8")
    return data
