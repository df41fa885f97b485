"""LLM-jp's overview of Japanese models: tables of a Markdown page, and the list behind its chart of sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.refresh.faults import Fault, brief
from etl.refresh.kit import Item, Kit, Scope, as_number
from etl.refresh.modelrows import Models
from etl.refresh.received import Received
from etl.refresh.tabular import Row, text_of

LINK = re.compile(r"\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)")
SIZE = re.compile(r"(?<![\w.×])(\d+(?:\.\d+)?)\s?[bB](?![a-zA-Z])")
YEAR = re.compile(r"(20\d\d)")
END = "Evaluation Benchmarks"
OVERVIEW, SIZES = "llm-jp-awesome-japanese-llm-overview", "llm-jp-awesome-japanese-llm-sizes"


def parse(kit: Kit) -> None:
    models = Models(kit, lambda source: source.startswith(OVERVIEW), ", row ")
    for item in kit.of("overview"):
        _overview(kit, models, item)
    if kit.has("overview"):
        models.speak_of(lambda row: True, ("released", "params_b"))
    for item in kit.of("sizes"):
        _sizes(kit, models, item)
        if not kit.has("overview"):
            models.speak_of(lambda row: False, ("released", "params_b"))


def _overview(kit: Kit, models: Models, item: Received) -> None:
    edition = kit.edition(item, of="overview")
    count = 0
    for section, chain, row in _tables(text_of(item)):
        if any(END in title for title in chain):
            break
        name = _name(row.get("", ""))
        if not name:
            continue
        count += 1
        year = YEAR.search(row.get("Release Year", ""))
        if "Release Year" not in row:
            raise Fault(
                "a column 'Release Year' in each table of models",
                f"none in {section!r}",
                item.where,
            )
        maker = _plain(row.get("Developer", ""))
        first = re.split(r"[,、/]|<br>", maker)[0].strip()
        if maker.startswith("Individual"):
            kit.left_out["models of single people"] += 1
            continue
        org = (
            kit.organization(maker)
            if kit.upstream.lookup("organization", maker)
            else kit.organization(first)
        )
        sizes = [float(found) for found in SIZE.findall(_sizes_text(row))]
        licence = _plain(row.get("License") or row.get("License / Terms of Use") or "")
        models.add(
            item,
            edition,
            name,
            {
                "org_id": org,
                "economy_id": kit.names.economy_of_org.get(org, ""),
                "released": year[1] if year else "",
                "modality": _modality(chain),
                "params_b": f"{max(sizes):g}" if sizes else "",
                "licence": licence,
                "locator": f"section {section}, row {name}",
                "confidence": "high",
                "note": "release year only" + ("" if org else f"; maker as listed: {maker}"),
            },
        )
    if not count:
        raise Fault(
            "tables of models, each with a column 'Developer'", "none in the whole page", item.where
        )
    kit.count(item, count)


def _tables(text: str) -> Iterator[tuple[str, tuple[str, ...], Row]]:
    """Section, headings above it and cells by column of each row of each table."""
    chain: list[str] = []
    header: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            title = re.sub(r"\s*\[\^\d+\]", "", line.lstrip("#").strip())
            chain = [*chain[: level - 1], *[""] * (level - 1 - len(chain)), title]
            header = []
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not header:
                header = cells
            elif not set("".join(cells)) <= set(":- "):
                row = dict(zip(header, cells, strict=False))
                if "Developer" in row:
                    yield chain[-1] if chain else "", tuple(chain), row
        else:
            header = []


def _plain(text: str) -> str:
    text = LINK.sub(r"\1", text)
    text = re.sub(r"\[\^\d+\]|\*\*", "", text)
    return " ".join(text.replace("<br>", " ").split())


def _name(cell: str) -> str:
    """First name of a cell: the text of its first link, else all before a line break."""
    found = LINK.search(cell)
    head = cell.partition("<br>")[0]
    return _plain(found[1] if found and found.start() < 3 else head)


def _sizes_text(row: Row) -> str:
    shown = LINK.sub(
        r"\1", " ".join(row.get(key, "") for key in ("", "Architecture", "Base Model"))
    )
    return shown.replace("*", "").replace("x", " x")


def _modality(chain: tuple[str, ...]) -> str:
    said = " ".join(chain)
    if "Speech" in said or "Music" in said:
        return "audio"
    if "Text+Image" in said:
        return "multimodal"
    if "Text to Image" in said:
        return "image"
    return "video" if "Text to Video" in said else "text"


def _sizes(kit: Kit, models: Models, item: Received) -> None:
    """The list of the chart: what it says of models on file, and models that are not like any."""
    edition = kit.edition(item, of="sizes")
    named = set()
    for row in kit.csv(item):
        name, lab = " ".join(row["Model"].split()), row["Lab"].strip()
        if not name:
            kit.left_out["rows without a name"] += 1
            continue
        found = re.fullmatch(r"(20\d\d)/(\d{1,2})(?:/(\d{1,2}))?", row["Announced"].strip())
        if not found:
            raise Fault(
                "days written YYYY/MM/DD", f"{row['Announced']!r} for {brief(name)}", item.where
            )
        day = "-".join(
            part if len(part) > 2 else f"{int(part):02}" for part in found.groups() if part
        )
        size = row["Parameters(B)"].strip()
        if size and as_number(size, item.where, f"size of {brief(name)}") <= 0:
            raise Fault("a size above zero", f"{size} for {brief(name)}", item.where)
        kind = row["Type"].strip()
        if kind.startswith("JP-"):
            weights = "false" if "unavailable" in kind else "true"
        else:
            kit.left_out["models that are not Japanese"] += 1
            continue
        org = kit.organization(lab)
        key, doubt = models.find(name, org)
        cells = {"released": day, "params_b": size, "open_weights": weights}
        if key:
            if (key, name) in named:
                kit.left_out["further sizes of a model that was taken"] += 1
                continue
            named.add((key, name))
            statement = {
                **cells,
                "model_id": key,
                "name": name,
                "licence": "",
                "source_id": "",
                "locator": f"row {name}, {day}",
                "confidence": "medium",
                "note": f"{kind}; {row['Source(JP)'].strip()}",
            }
            kit.items.append(
                Item("model_sources", statement, f"{name} ({key})", item.role, edition)
            )
            continue
        near = [
            hit
            for hit in kit.names.near("model", name)
            if models.by_id.get(hit.id, {}).get("org_id") == org
        ]
        if doubt or near:
            kit.report(
                "model",
                name,
                "held back until a lookup says which it is (an id of its own for a new one)",
            )
            continue
        models.add(
            item,
            edition,
            name,
            {
                **cells,
                "org_id": org,
                "economy_id": kit.names.economy_of_org.get(org, ""),
                "modality": "text",
                "locator": f"row {name}, {day}",
                "confidence": "medium",
                "note": f"{kind}; {row['Source(JP)'].strip()}"
                + ("" if org else f"; maker as listed: {lab}"),
            },
        )

    def ours(row: Row) -> bool:
        return not row["source_id"] or row["source_id"].startswith(SIZES)

    kit.scopes.append(
        Scope(
            "model_sources",
            ("model_id", "name"),
            ("released", "params_b", "open_weights"),
            ours,
            ours,
        )
    )
