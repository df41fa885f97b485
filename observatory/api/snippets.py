"""Snippets of the docs page. A test runs them against a server, word for word."""

from __future__ import annotations

from dataclasses import dataclass

from observatory.api.resources import BASE
from observatory.i18n import N_

SERIES = "headlines?indicator=internet_users_pct&economy=KOR,JPN,SGP"


@dataclass(frozen=True, slots=True)
class Snippet:
    """One snippet: `id` for the test, a title, a sentence, the language of the code, the code."""

    id: str
    title: str
    what: str
    language: str
    code: str


def snippets(base: str) -> tuple[Snippet, ...]:
    """Every snippet with the address of this server in it."""
    api = f"{base}{BASE}"
    rows = f"{api}/{SERIES}"
    return (
        Snippet(
            "curl", "curl", N_("Ask for rows; ask later whether they have changed, without loading them again."), "sh",
            f'curl -s "{rows}&format=csv" -o series.csv\n'
            "# unchanged since then? The answer is 304 and has no body.\n"
            f'etag=$(curl -sI "{rows}&format=csv" | tr -d "\\r" | sed -n "s/^etag: //p")\n'
            f'curl -s -o /dev/null -w "%{{http_code}}\\n" -H "If-None-Match: $etag" "{rows}&format=csv"',
        ),
        Snippet(
            "pandas", "pandas", N_("A frame from CSV, and every page of a long answer."), "python",
            "import json\n"
            "from urllib.request import urlopen\n\n"
            "import pandas as pd\n\n"
            f'frame = pd.read_csv("{rows}&format=csv")\n'
            'print(frame.pivot(index="period", columns="entity_id", values="value").tail())\n\n'
            f'page = "{api}/observations?period=2024&fields=indicator_id,entity_id,period,value,unit"\n'
            "rows = []\n"
            "while page:\n"
            "    answer = json.load(urlopen(page))\n"
            '    rows += answer["data"]\n'
            '    page = answer["links"].get("next")\n'
            'print(len(rows), "rows;", answer["meta"]["held_back"]["rows"], "held back by licence")',
        ),
        Snippet(
            "duckdb", "DuckDB", N_("Parquet keeps types; DuckDB reads the file where it lies."), "sh",
            f'curl -s "{api}/models?format=parquet&limit=10000" -o models.parquet\n'  # noqa: S608
            "duckdb -c \"SELECT economy_id, count(*) AS models FROM 'models.parquet'"
            ' GROUP BY ALL ORDER BY models DESC LIMIT 5"',
        ),
        Snippet(
            "r", "R", N_("Base R reads the CSV by its address."), "r",
            f'rows <- read.csv("{rows}&format=csv")\n'
            'korea <- subset(rows, entity_id == "KOR" & status != "disputed")\n'
            'plot(as.Date(korea$period_end), korea$value, type = "l",\n'
            '     xlab = "", ylab = korea$unit[1])',
        ),
        Snippet(
            "sheets", "Google Sheets, LibreOffice",
            N_("In a cell, or in LibreOffice under Sheet, Link to External Data."), "",
            f'=IMPORTDATA("{rows}&format=spreadsheet")',
        ),
        Snippet(
            "excel", "Excel",
            N_("Data, From Web, or in the editor of Power Query. Text that looks like a formula stays text."), "",
            f'let\n  File = Web.Contents("{rows}&format=spreadsheet"),\n'
            '  Rows = Csv.Document(File, [Delimiter = ",", Encoding = 65001]),\n'
            "  Table = Table.PromoteHeaders(Rows)\n"
            "in\n  Table",
        ),
    )  # fmt: skip
