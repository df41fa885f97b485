"""Records of what other tables refer to: economies, organisations, names, sources, indicators."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from observatory.model import vocab as v
from observatory.model.fields import (
    Count,
    Currency,
    Day,
    EntityId,
    Flag,
    Id,
    Language,
    Number,
    PeriodText,
    Record,
    Ref,
    Text,
    Url,
    Whole,
)

Economy = Annotated[str, Ref("economies"), Field(pattern=r"^[A-Z]{3}$")]
Organization = Annotated[Id, Ref("organizations")]
Source = Annotated[Id, Ref("sources")]


class EconomyRow(Record):
    """An economy (a statistical area) or an aggregate."""

    economy_id: str = Field(
        pattern=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3, or WLD, SEA, INT"
    )
    iso2: str | None = Field(default=None, pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")
    group: v.EconomyGroup = Field(description="Role in the observatory; 'other' is never charted")
    name_en: Text = Field(description="Name in English")
    name_zh_hans: Text = Field(description="Name in Chinese, simplified script")
    name_zh_hant: Text = Field(description="Name in Chinese, traditional script")
    name_ja: Text = Field(description="Name in Japanese")
    name_ko: Text = Field(description="Name in Korean")
    currency: Currency | None = Field(default=None, description="ISO 4217 code")
    subregion: Text = Field(description="Statistical subregion")
    map_row: Count | None = Field(
        default=None, description="Row of its tile; 7 is the comparators' strip"
    )
    map_col: Count | None = Field(default=None, description="Column of its tile")


class SubnationalRow(Record):
    """A province used by some counts."""

    subnational_id: str = Field(pattern=r"^[A-Z]{2}-[A-Z]{2}$", description="ISO 3166-2 code")
    economy_id: Economy = Field(description="Economy it belongs to")
    name_en: Text = Field(description="Name in English")
    name_native: Text = Field(description="Name in its own script")


class SourceRow(Record):
    """An address that facts were read from."""

    source_id: Id = Field(description="Readable identifier")
    url: Url | None = Field(default=None, description="Address that was read; empty if it has none")
    title: Text = Field(description="Title of the page, file or article")
    publisher: Text = Field(description="Who published the page that was read")
    origin: Text = Field(description="Body that made the numbers, not the mirror that repeats them")
    edition: Text | None = Field(
        default=None, description="Edition, where a later one supersedes it"
    )
    published: PeriodText | None = Field(default=None, description="Date of publication as stated")
    read_on: Day = Field(description="Day it was read")
    kind: v.SourceKind = Field(description="Kind of source, in order of trust")
    language: Language | None = Field(default=None, description="Language of the text (BCP 47)")
    licence: Text = Field(description="Licence or terms as found")
    reuse: v.Reuse = Field(
        description="open: may be redistributed; quotable: single figures; closed"
    )
    redistribute: v.Redistribute = Field(description="What was found on redistribution")
    attribution: Text = Field(description="Credit to show")
    note: Text | None = Field(default=None, description="Remark on the source")


class OrganizationRow(Record):
    """A real organisation, resolved over all tables."""

    org_id: Id = Field(description="Readable identifier")
    name: Text = Field(description="Name in English")
    native_name: Text | None = Field(default=None, description="Name in its own script")
    native_language: Language | None = Field(
        default=None, description="Language of the native name"
    )
    economy_id: Economy | None = Field(default=None, description="Economy of its head office")
    kind: v.OrgKind = Field(description="Kind of organisation")
    stack_layer: v.StackLayer | None = Field(default=None, description="Layer of the AI stack")
    parent_org_id: Organization | None = Field(default=None, description="Parent organisation")
    founded: PeriodText | None = Field(default=None, description="Founding date as stated")
    tickers: Text | None = Field(default=None, description="EXCHANGE:SYMBOL, semicolon separated")
    website: Url | None = Field(default=None, description="Own web site")
    source_id: Source = Field(description="Source of the row")
    note: Text | None = Field(default=None, description="Remark")


class NameRow(Record):
    """A name, brand, former name or ticker of an organisation."""

    org_id: Organization = Field(description="Organisation")
    language: Language = Field(description="Language and script of the name")
    name: Text = Field(description="The name")
    kind: v.NameKind = Field(description="Kind of name")
    source_id: Source | None = Field(
        default=None, description="Source that prints it; empty for a form of the house"
    )


class IndicatorRow(Record):
    """A measure with one definition and one unit."""

    indicator_id: Id = Field(description="Readable identifier")
    domain: v.Domain = Field(description="Subject; the file the indicator stands in")
    measure_id: Id = Field(description="Ties series of one measure in several units or publishers")
    name: Text = Field(description="Full name")
    short_name: Text = Field(description="Name for small places")
    entity_type: v.EntityType = Field(description="What it is measured for")
    unit: Text = Field(description="Unit of every value")
    unit_label: Text = Field(description="Unit as shown beside a value")
    currency: Currency | None = Field(default=None, description="ISO 4217 code of money values")
    scale: Whole = Field(default=1, ge=1, description="Value times scale is in base units")
    value_kind: v.ValueKind = Field(description="Kind of value; plausible ranges follow from it")
    higher_is_better: Flag | None = Field(default=None, description="Direction, where there is one")
    frequency: v.Frequency = Field(description="Rhythm of publication")
    aggregation: v.Aggregation = Field(
        default=v.Aggregation.NONE, description="How values of economies may be combined"
    )
    per_capita_base: v.PerCapitaBase = Field(
        default=v.PerCapitaBase.NONE, description="Sensible denominator"
    )
    definition: Text = Field(description="What it means, in words a reader can trust")
    method_caveats: Text | None = Field(
        default=None, description="What it does not count; cautions"
    )
    publisher: Text = Field(description="Who publishes the series")
    method_url: Url | None = Field(default=None, description="Page that explains the method")
    headline: Flag = Field(default=False, description="Broad, comparable, fairly recent coverage")
    pillar: v.Pillar | None = Field(default=None, description="Pillar of the profile")
    counterpart_id: Economy | None = Field(default=None, description="Other economy of a pair")
    minimum: Number | None = Field(default=None, description="Lowest plausible value")
    maximum: Number | None = Field(default=None, description="Highest plausible value")


class IndicatorBreakRow(Record):
    """A point from which values of an indicator do not compare with earlier ones."""

    indicator_id: Annotated[Id, Ref("indicators")] = Field(description="Indicator")
    starts: PeriodText | None = Field(
        default=None,
        description="First period that does not compare with those before; empty: no two compare",
    )
    entity_id: EntityId | None = Field(
        default=None, description="The one entity it holds for; empty: all"
    )
    reason: Text = Field(description="Why, from the indicator's definition or cautions")


class AcceptedRow(Record):
    """A warning of the checks that an editor looked at and explained."""

    check: Id = Field(description="Name of the check")
    key: Text = Field(description="Key of the finding; * stands for any text")
    reason: Text = Field(description="Why the data is right or kept as it is")


__all__ = [
    "AcceptedRow",
    "Economy",
    "EconomyRow",
    "EntityId",
    "IndicatorBreakRow",
    "IndicatorRow",
    "NameRow",
    "Organization",
    "OrganizationRow",
    "Source",
    "SourceRow",
    "SubnationalRow",
]
