"""The tiny data set with markup of several kinds in every free text it holds."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import get_args

import yaml

from observatory.model.fields import Record, _text
from observatory.model.tables import TABLES
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


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onmouseover=alert(1) </title></style>"
    "[x](javascript:alert(1)) :red[x] $x^2$ \\frac{1}{2} =1+1 **b** `c` &lt;b&gt; {{7*7}} ${7*7} {x} %s "
    "\u200d\u200fאב e\u0301\u0301 ]]> -->"
)
"""More kinds: scripts, ends of elements, templates, letters from right to left, joiners."""
KEPT = {
    "observations.unit": "the unit of the measure",
    "indicators.unit": "the unit of the values",
    "economies.subregion": "one of the subregions that pages know",
}
"""Texts that checks compare with others, and why no hostile one gets in."""


def free_texts(record: type[Record]) -> list[str]:
    """Columns that hold whatever an editor types."""
    found = []
    for name, field in record.model_fields.items():
        # Of `Text` the marks stand beside the field, of `Text | None` within its type.
        inner = [getattr(one, "__metadata__", ()) for one in get_args(field.annotation)]
        marks = [*field.metadata, *(mark for marks in inner for mark in marks)]
        if any(getattr(mark, "func", None) is _text for mark in marks):
            found.append(name)
    return found


def every_text() -> dict[str, tuple[str, ...]]:
    """File pattern -> all columns of free text, those of KEPT left out."""
    return {
        table.files: tuple(
            name for name in free_texts(table.record) if f"{table.name}.{name}" not in KEPT
        )
        for table in TABLES
    }


def nasty_data(folder: Path, text: str = NASTY, more: bool = False) -> Path:
    """Copy the tiny data set below ``folder`` and put ``text`` after what its free texts say."""
    data = folder / "data"
    shutil.copytree(TINY, data)
    wanted = every_text() if more else TEXTS
    for file, columns in (
        (found, wanted[name]) for name in wanted for found in sorted(data.glob(name))
    ):
        if file.suffix != ".csv":
            continue
        rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))
        for column in columns:
            # What stays empty means something, as a name without a native form does; but no column
            # that nobody has filled yet is left out where all are asked for.
            empty = more and not any(row[column] for row in rows)
            for row in rows:
                if row[column] or empty:
                    row[column] = f"{row[column]} {text}".strip()
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        file.write_text(out.getvalue(), "utf-8")
    measures = data / "indicators" / "adoption.yml"
    told = measures.read_text("utf-8")
    for old, new in MARKUP_IN_MEASURES.items():
        assert told.count(old) == 1, old
        told = told.replace(old, new.replace(repr(NASTY), json.dumps(text)))
    measures.write_text(told, "utf-8")
    if more:
        known = yaml.safe_load(told)
        for column in wanted["indicators/*.yml"]:
            known["firms_using"][column] = f"{known['firms_using'].get(column, '')} {text}".strip()
        measures.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
    return data
