"""What the SQL page says: why a statement is not run, what its limits are."""

from __future__ import annotations

from observatory.cards.states import Gap
from observatory.db.sandbox import FILE_ROWS, MAX_SQL, ROWS, SECONDS, Refusal
from observatory.export.holdback import QUOTED_ROWS
from observatory.i18n import Translator


def reason(refusal: Refusal, t: Translator) -> tuple[str, str]:
    """Why there are no rows, and what to do: two sentences; messages of DuckDB stay English."""
    detail, near = refusal.detail, refusal.near
    match refusal.kind:
        case "empty":
            return t("There is no query."), t("Write one, or start from an example.")
        case "long":
            return (
                t("The query is too long."),
                t("At most {n} signs are read.", n=t.number(MAX_SQL)),
            )
        case "syntax":
            return t("This is not SQL that DuckDB can read."), detail
        case "several":
            return t("These are several statements."), t("One at a time is run.")
        case "not_select":
            return (
                t("Only SELECT is run here."),
                t("Nothing can be created, changed, loaded, attached, copied or set."),
            )
        case "parameters":
            return t("The query has a place for a value that nobody gives."), t(
                "Write the value itself."
            )
        case "describe":
            return t("Tables are described below."), t(
                "DESCRIBE, SUMMARIZE and SHOW are not run here."
            )
        case "schema":
            return (
                t("“{name}” is not open to queries.", name=detail),
                t("Only the tables of schema serve are: they are listed below."),
            )
        case "table":
            if near:
                return t("There is no table “{name}”.", name=detail), t(
                    "Did you mean {name}?", name=near
                )
            return t("There is no table “{name}”.", name=detail), t("The tables are listed below.")
        case "function":
            return (
                t("The function {name} is not open to queries.", name=detail),
                t("Nothing may read files, settings or other queries."),
            )
        case "with_name":
            return t("“{name}” cannot be the name of a WITH.", name=detail), t(
                "Choose another name."
            )
        case "time":
            return (
                t("The query took longer than {n} seconds and was ended.", n=t.number(SECONDS)),
                t("Limit it to fewer rows, or join on ids."),
            )
        case "memory":
            return (
                t("The query needed more memory than it may have and was ended."),
                t("Limit it to fewer rows or shorter texts."),
            )
        case "busy":
            return t("Too many queries are running."), t("Try again in a few seconds.")
        case "unsupported":
            return t("Queries cannot be limited on this machine and are not run."), ""
        case _:
            return t("DuckDB refused the query."), detail


def limits(t: Translator) -> str:
    """One line under the editor."""
    return t(
        "One SELECT over the tables below, {seconds} seconds, {rows} rows on the page, {file} in a file.",
        seconds=t.number(SECONDS), rows=t.number(ROWS), file=t.number(FILE_ROWS),
    )  # fmt: skip


def gaps(t: Translator) -> list[Gap]:
    """What a reader of results must know."""
    return [
        Gap(t("Time."), t("The tables hold every state of knowledge: valid_to IS NULL is what is known today. The day"
                          " chosen at the top of other pages does not limit queries.")),
        Gap(t("Sums."), t("Rows of one deal, pledged and spent money, or different definitions can be added up here;"
                          " pages never do. The columns deal_id, commitment and indicator_id keep them apart.")),
        Gap(t("Receipts."), t("A number opens its receipt where the query keeps the column row_id. Computed numbers"
                              " have none.")),
        Gap(t("Licences."), t("The page shows rows of all sources with their source ids. A file of more than {n} rows"
                              " is made over openly licensed rows only.", n=t.number(QUOTED_ROWS))),
    ]  # fmt: skip
