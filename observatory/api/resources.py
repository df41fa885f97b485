"""What the API offers: one declaration for routes, checks of parameters, OpenAPI and docs page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from observatory.db.listing import Limit, Listing, Op
from observatory.i18n import N_
from observatory.model import vocab

BASE: Final = "/api/v1"
MAX_LIMIT: Final = 10_000
DEFAULT_LIMIT: Final = 1000
MAX_OFFSET: Final = 1_000_000
MAX_QUERY: Final = 2000
MAX_VALUES: Final = 50
"""Values in one parameter."""
FORMATS: Final = {
    "json": "application/json",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "spreadsheet": "text/csv",
}
"""Types by format. `spreadsheet` is CSV in which no text runs as a formula."""
KEPT: Final = ("row_id", "status", "source_id", "source_licence", "reuse")
"""Columns that every row keeps whatever `fields` asks for, where the subject has them."""

Kind = Literal["ids", "economies", "period", "day", "words", "flag"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A way to limit a subject. `words` are the values of a closed list."""

    name: str
    kind: Kind
    what: str
    limit: Limit
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """One subject at `/api/v1/<name>`.

    `view` is the view of schema serve that explains its columns; `id` the column that
    `/<name>/<id>` looks at. `single`: parameters which, given with one value, ask for one thing or
    one measure: then nothing is held back, however many rows there are.
    """

    name: str
    title: str
    what: str
    view: str
    id: str | None
    listing: Listing
    parameters: tuple[Parameter, ...]
    single: tuple[str, ...]
    dated: bool
    """Whether `as_of` applies."""

    @property
    def path(self) -> str:
        return f"{BASE}/{self.name}"


def _words(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(str(word) for word in kind)


def _p(
    name: str, kind: Kind, what: str, *columns: str, op: Op = "in", words: tuple[str, ...] = ()
) -> Parameter:
    return Parameter(name, kind, what, Limit(name, op, columns or (name,)), words)


def _id(column: str) -> Parameter:
    return _p("id", "ids", N_("Ids of the things themselves, joined by commas."), column)


def _org(*columns: str) -> Parameter:
    return _p("org", "ids", N_("Ids of organisations, joined by commas."), *columns)


def _economy(*columns: str, op: Op = "in") -> Parameter:
    return _p(
        "economy", "economies",
        N_("Economies by ISO 3166-1 alpha-3 code, joined by commas, or the name of a group."),
        *columns, op=op,
    )  # fmt: skip


def _kind(what: str, words: type[StrEnum], column: str, name: str = "") -> Parameter:
    return _p(name or column, "words", what, column, words=_words(words))


ROW: Final = _p("row", "ids", N_("Row ids, joined by commas."), "row_id")
SOURCE: Final = _p("source", "ids", N_("Ids of sources, joined by commas."), "source_id")
STATUS: Final = _kind(N_("Status words, joined by commas."), vocab.Status, "status")
PERIOD: Final = _p(
    "period", "period",
    N_("The days the rows speak of: a year, quarter, month or day, or two of them joined by two dots."),
    "period_start", "period_end", op="overlap",
)  # fmt: skip
FACTS: Final = (ROW, SOURCE, STATUS)
SINCE: Final = _p("since", "day", N_("The first day."), "day", op="since")
UNTIL: Final = _p("until", "day", N_("The last day."), "day", op="until")
INDICATOR: Final = _p(
    "indicator", "ids", N_("Ids of indicators, joined by commas."), "indicator_id"
)
LEAD: Final = _p(
    "lead", "flag", N_("true: one row a thing, the one that stands for it in lists."), "is_lead",
    op="true",
)  # fmt: skip
TABLES: Final = (
    "observations", "deals", "ipo_events", "models", "benchmark_results", "chips", "clusters",
    "supercomputers", "policies", "organizations", "fx_rates",
)  # fmt: skip


def _resource(
    name: str,
    title: str,
    what: str,
    order: str,
    parameters: Iterable[Parameter],
    *,
    view: str = "",
    id_column: str | None = None,
    single: str = "",
    dated: bool = True,
) -> Resource:
    """`order` and `single` are names with spaces between them."""
    view = view or name.replace("-", "_")
    every = (*((_id(id_column),) if id_column else ()), *parameters)
    names = {one.name for one in every}
    alone = [one for one in ("id", "row") if one in names]
    return Resource(
        name, title, what, view, id_column,
        Listing(f"api_{view}", tuple(one.limit for one in every), tuple(order.split())),
        every, (*alone, *single.split()), dated,
    )  # fmt: skip


RESOURCES: Final[tuple[Resource, ...]] = (
    _resource(
        "indicators", N_("Indicators"),
        N_("What each indicator means: unit, definition, cautions, who publishes it."),
        "indicator_id",
        (_kind(N_("Subjects, joined by commas."), vocab.Domain, "domain"),
         _kind(N_("Pillars of the scorecard, joined by commas."), vocab.Pillar, "pillar"),
         _p("headline", "flag", N_("true: the indicators that pages show first."), op="true")),
        id_column="indicator_id", dated=False,
    ),
    _resource(
        "observations", N_("Observations"),
        N_("Every value that any source gives, with its status, also those that were not chosen."),
        "indicator_id entity_id period_end period row_id",
        (INDICATOR, _economy("entity_id"),
         _p("entity", "ids", N_("Ids of economies, provinces or organisations, joined by commas."),
            "entity_id"),
         PERIOD, *FACTS),
        id_column="row_id", single="indicator",
    ),
    _resource(
        "headlines", N_("Headline values"),
        N_("The value chosen for each indicator, entity and period, with the rule that chose it; empty while sources"
           " are in dispute."),
        "indicator_id entity_id period_end period row_id",
        (INDICATOR, _economy("entity_id"),
         _p("entity", "ids", N_("Ids of economies, provinces or organisations, joined by commas."),
            "entity_id"),
         PERIOD, *FACTS),
        id_column="row_id", single="indicator",
    ),
    _resource(
        "economies", N_("Economies"),
        N_("Economies and aggregates with their names in five languages."),
        "economy_id", (_economy("economy_id"),),
        id_column="economy_id", dated=False,
    ),
    _resource(
        "organizations", N_("Organisations"),
        N_("Companies, universities, authorities and laboratories."), "org_id row_id",
        (_economy("economy_id"),
         _kind(N_("Kinds, joined by commas."), vocab.OrgKind, "kind"),
         _kind(N_("Layers of the stack, joined by commas."), vocab.StackLayer, "stack_layer", "layer"),
         *FACTS),
        id_column="org_id",
    ),
    _resource(
        "deals", N_("Deals"),
        N_("What each source says of deals, plans, funds and budgets. Rows of one deal are never added up."),
        "period_end deal_id row_id",
        (_org("org_id"), _economy("org_economy_id", "host_economy"), PERIOD,
         _kind(N_("Kinds, joined by commas."), vocab.DealKind, "kind"),
         _kind(N_("How firm the money is, joined by commas."), vocab.Commitment, "commitment"),
         LEAD, *FACTS),
        id_column="deal_id",
    ),
    _resource(
        "ipo-events", N_("Listing stages"),
        N_("What each source says of the stages of stock exchange listings."),
        "period_end ipo_id row_id",
        (_org("org_id"), _economy("org_economy_id"), PERIOD,
         _kind(N_("Stages, joined by commas."), vocab.IpoStage, "stage"), LEAD, *FACTS),
        id_column="ipo_id",
    ),
    _resource(
        "models", N_("Models"), N_("AI models with their maker, size, licence and release date."),
        "period_end model_id row_id",
        (_org("org_id"), _economy("economy_id"), PERIOD,
         _p("open_weights", "flag", N_("true: the weights can be downloaded."), op="true"), *FACTS),
        id_column="model_id",
    ),
    _resource(
        "benchmarks", N_("Benchmarks"),
        N_("Benchmarks and leaderboards: what they measure and what can be compared."),
        "benchmark_id", (), id_column="benchmark_id", dated=False,
    ),
    _resource(
        "benchmark-results", N_("Benchmark results"),
        N_("Scores and ranks of models on boards and dates. Scores of one board and date belong together."),
        "benchmark_id period_end rank row_id",
        (_p("benchmark", "ids", N_("Ids of benchmarks, joined by commas."), "benchmark_id"),
         _p("model", "ids", N_("Ids of models, joined by commas."), "model_id"),
         _org("org_id"), _economy("economy_id"), PERIOD, *FACTS),
        id_column="row_id",
    ),
    _resource(
        "chips", N_("Chips"), N_("What each source says of AI chips."),
        "period_end chip_id row_id",
        (_org("org_id"), _economy("economy_id"), PERIOD, LEAD, *FACTS),
        id_column="chip_id",
    ),
    _resource(
        "clusters", N_("Clusters"), N_("AI clusters, running and planned."),
        "cluster_id row_id", (_org("owner_org_id"), _economy("economy_id"), PERIOD, *FACTS),
        id_column="cluster_id",
    ),
    _resource(
        "supercomputers", N_("Supercomputers"), N_("Systems on the TOP500 lists."),
        "list_date rank row_id",
        (_org("site_org_id"), _economy("economy_id"), *FACTS),
        id_column="row_id",
    ),
    _resource(
        "policies", N_("Laws and programmes"),
        N_("What each source says of laws, programmes, institutions and disputes."),
        "period_end policy_id row_id",
        (_economy("economy_id", "parties", op="any"), _org("issuer_org_id", "parties"), PERIOD,
         _kind(N_("Kinds, joined by commas."), vocab.PolicyKind, "kind"),
         _p("topic", "ids", N_("Topics, joined by commas."), "topics", op="any"), LEAD, *FACTS),
        id_column="policy_id",
    ),
    _resource(
        "claims", N_("Claims"),
        N_("Statements of the founding documents with the verdict of each check."), "claim_id row_id",
        (_p("entity", "ids", N_("Ids of economies or organisations that a claim names."), "entity_ids",
            op="any"),
         _kind(N_("Verdicts, joined by commas."), vocab.Verdict, "verdict"),
         _p("document", "ids", N_("Documents, joined by commas.")),
         ROW, SOURCE),
        id_column="claim_id",
    ),
    _resource(
        "conflicts", N_("Conflicts"),
        N_("Everything on which sources differ, in figures, dates or conditions, and what was chosen."),
        "table_name thing_id entity_id period cell_id",
        (INDICATOR, _economy("entity_id", "economy_id"), _org("org_id"),
         _p("table", "words", N_("Tables, joined by commas."), "table_name", words=TABLES),
         PERIOD, ROW, STATUS),
        id_column="cell_id", single="indicator",
    ),
    _resource(
        "events", N_("Events"),
        N_("One dated stream of policies, deals, listing stages, models and chips."),
        "date_start event_id row_id",
        (_org("org_id"), _economy("economy_id"),
         _p("period", "period", PERIOD.what, "date_start", "date_end", op="overlap"),
         _kind(N_("Kinds, joined by commas."), vocab.EventKind, "kind"), *FACTS),
        id_column="event_id",
    ),
    _resource(
        "changes", N_("Changes"),
        N_("Every day on which a row became known or its status changed: read it again since the day of your last"
           " visit."),
        "day row_id",
        (SINCE, UNTIL,
         _p("table", "words", N_("Tables, joined by commas."), "table_name", words=TABLES),
         _p("change", "words", N_("new or status."), words=("new", "status")),
         _economy("entity_id"), *FACTS),
    ),
    _resource(
        "fx-rates", N_("Exchange rates"), N_("Yearly average exchange rates, units for one US dollar."),
        "currency period row_id",
        (_p("currency", "ids", N_("Currencies by ISO 4217 code, joined by commas.")), ROW, SOURCE),
        id_column="row_id", single="currency",
    ),
    _resource(
        "sources", N_("Sources"),
        N_("Every source: who says it, where, under which terms, and how many observations rest on it."),
        "source_id",
        (_kind(N_("Kinds, joined by commas."), vocab.SourceKind, "source_kind", "kind"),
         _kind(N_("How rows of the source may be reused, joined by commas."), vocab.Reuse,
               "source_reuse", "reuse")),
        id_column="source_id", dated=False,
    ),
)  # fmt: skip

BY_NAME: Final = {one.name: one for one in RESOURCES}
