"""Records of the facts: observations, capital, technology, policy, claims."""

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
    NonNegative,
    Number,
    PeriodText,
    Positive,
    Record,
    Ref,
    RefList,
    Text,
    Whole,
)
from observatory.model.reference import Economy, Organization, Source

Ids = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.+-]+(;[A-Za-z0-9_.+-]+)*$")]


class Sourced(Record):
    """What every fact carries: source, place in it, confidence, remark."""

    source_id: Source = Field(description="Source the row was read from")
    locator: Text | None = Field(default=None, description="Where in the source")
    confidence: v.Confidence = Field(
        description="high: primary text; medium: press; low: contested"
    )
    note: Text | None = Field(default=None, description="Remark; figures as the source prints them")


class ObservationRow(Sourced):
    """A value of one indicator for one entity and period from one source."""

    indicator_id: Annotated[Id, Ref("indicators")] = Field(description="Indicator")
    entity_id: EntityId = Field(description="Economy, province or organisation")
    period: PeriodText = Field(description="Period the value speaks of")
    span: PeriodText | None = Field(
        default=None, description="Days covered, if not the period's own"
    )
    value: Number = Field(description="Value as published")
    unit: Text = Field(description="Unit; equals the indicator's")
    status_hint: v.StatusHint = Field(description="What the source says the value is")
    known_on: Day | None = Field(default=None, description="Read again on this day, if later")


class DealRow(Sourced):
    """What one source says of one deal, plan, fund or budget."""

    deal_id: Id = Field(description="One deal; its rows are never added up")
    line: Whole = Field(ge=1, description="Number of the row where one source says several things")
    org_id: Organization = Field(description="Organisation the deal is about")
    announced: PeriodText = Field(description="Date of announcement, as precise as stated")
    kind: v.DealKind = Field(description="Kind of deal")
    round: Text | None = Field(default=None, description="Name of the financing round")
    amount: NonNegative | None = Field(default=None, description="Amount in original currency")
    currency: Currency | None = Field(default=None, description="Currency of the amount")
    amount_usd_m: NonNegative | None = Field(
        default=None, description="US$ million, as the source gives it"
    )
    post_money_usd_m: NonNegative | None = Field(
        default=None, description="Post-money valuation, US$ million"
    )
    investors: Text | None = Field(
        default=None, description="Names as printed, semicolon separated"
    )
    host_economy: Economy | None = Field(default=None, description="Where the money is to be spent")
    commitment: v.Commitment = Field(description="pledged, committed and closed are never added")
    known_on: Day | None = Field(default=None, description="Read again on this day, if later")


class DealPartyRow(Record):
    """A party of a deal, as far as the row names it."""

    deal_id: Id = Field(description="Deal")
    party_kind: v.PartyKind = Field(description="What party_id points at; name: not resolved")
    party_id: Id | None = Field(default=None, description="Economy or organisation")
    party_name: Text = Field(description="Name as printed")
    role: v.DealRole = Field(description="payer, receiver or investor")


class DealLinkRow(Record):
    """Two deals that are no two sums of money: one is part of the other, or may be."""

    deal_id: Id = Field(description="Deal")
    relation: v.DealRelation = Field(description="Kind of relation")
    related_deal_id: Id = Field(description="The deal it is part of, or may overlap with")
    basis: Text = Field(description="Why, in words of the rows")


class IpoEventRow(Sourced):
    """What one source says of one listing stage."""

    ipo_id: Id = Field(description="One attempt of one company on one venue")
    event_id: Id = Field(description="One stage of the attempt")
    line: Whole = Field(ge=1, description="Number of the row where one source says several things")
    org_id: Organization = Field(description="Company")
    exchange: Text = Field(description="Venue")
    stage: v.IpoStage = Field(description="Stage reached")
    stage_date: PeriodText = Field(description="Date of the stage, as precise as stated")
    raise_amount: NonNegative | None = Field(
        default=None, description="Amount in original currency"
    )
    currency: Currency | None = Field(default=None, description="Currency of the amount")
    raise_usd_m: NonNegative | None = Field(
        default=None, description="US$ million, as the source gives it"
    )
    valuation_usd_m: NonNegative | None = Field(default=None, description="Valuation, US$ million")
    ticker: Text | None = Field(default=None, description="EXCHANGE:SYMBOL")
    known_on: Day | None = Field(default=None, description="Read again on this day, if later")


class FxRow(Sourced):
    """A yearly average exchange rate."""

    currency: Currency = Field(description="Currency")
    period: str = Field(pattern=r"^[0-9]{4}$", description="Year of the average")
    units_per_usd: Positive = Field(description="Units of the currency for one US dollar")


class ModelRow(Sourced):
    """An AI model."""

    model_id: Id = Field(description="Readable identifier")
    name: Text = Field(description="Name")
    native_name: Text | None = Field(default=None, description="Name in its own script")
    org_id: Organization | None = Field(default=None, description="First listed maker")
    economy_id: Economy | None = Field(
        default=None, description="Economy of the first listed maker"
    )
    released: PeriodText | None = Field(
        default=None, description="Release date, as precise as stated"
    )
    modality: v.Modality = Field(description="Main modality")
    params_b: Positive | None = Field(default=None, description="Parameters, billion")
    active_params_b: Positive | None = Field(default=None, description="Active parameters, billion")
    context_tokens: Count | None = Field(default=None, description="Context length, tokens")
    open_weights: Flag | None = Field(default=None, description="Weights can be downloaded")
    licence: Text | None = Field(default=None, description="Licence of the weights")
    notable_epoch: Flag | None = Field(
        default=None, description="On Epoch AI's list of notable models"
    )


class ModelSourceRow(Sourced):
    """What a further source says of a model."""

    model_id: Annotated[Id, Ref("models")] = Field(description="Model")
    name: Text = Field(description="Name in that source")
    released: PeriodText | None = Field(default=None, description="Release date in that source")
    params_b: Positive | None = Field(
        default=None, description="Parameters in that source, billion"
    )
    open_weights: Flag | None = Field(default=None, description="Open weights in that source")
    licence: Text | None = Field(default=None, description="Licence in that source")


class ModelNameRow(Record):
    """Another name of a model."""

    model_id: Annotated[Id, Ref("models")] = Field(description="Model")
    language: Language = Field(description="Language of the name")
    name: Text = Field(description="The name")
    kind: v.ModelNameKind = Field(description="Kind of name")


class BenchmarkRow(Record):
    """A benchmark, leaderboard or part of one."""

    benchmark_id: Id = Field(description="Readable identifier")
    name: Text = Field(description="Name")
    native_name: Text | None = Field(default=None, description="Name in its own script")
    version: Text | None = Field(default=None, description="Version or edition")
    metric: Text = Field(description="What is measured")
    unit: Text = Field(description="Unit of the score")
    higher_is_better: Flag = Field(description="Direction of the score")
    language_scope: Text | None = Field(default=None, description="Languages tested")
    modality: v.Modality = Field(description="Modality tested")
    subject: v.BenchmarkSubject = Field(description="Who is graded: a model or a firm")
    comparable_over_time: Flag = Field(description="Whether levels may be compared over dates")
    comparability_note: Text | None = Field(default=None, description="Why, or why not")
    definition: Text = Field(description="What the benchmark is")
    source_id: Source = Field(description="Source of the description")


class BenchmarkResultRow(Sourced):
    """A score of a model on a date from one source."""

    benchmark_id: Annotated[Id, Ref("benchmarks")] = Field(description="Benchmark")
    model_id: Annotated[Id, Ref("models")] | None = Field(
        default=None, description="Model, if matched"
    )
    model_name: Text = Field(description="Name on the board")
    org_id: Organization | None = Field(default=None, description="Maker")
    economy_id: Economy | None = Field(default=None, description="Economy of the maker")
    score: Number | None = Field(default=None, description="Score in the benchmark's unit")
    rank: Count | None = Field(default=None, description="Rank in the source")
    ci_low: Number | None = Field(default=None, description="Lower end of the stated interval")
    ci_high: Number | None = Field(default=None, description="Upper end of the stated interval")
    as_of: PeriodText = Field(description="Date of the board or run")
    known_on: Day | None = Field(default=None, description="Read again on this day, if later")


_CHIP_VALUES = "process_nm|memory_gb|memory_bandwidth_gbs|fp16_tflops|int8_tops|tdp_w"
_CHIP_COLUMNS = rf"^({_CHIP_VALUES})(;({_CHIP_VALUES}))*$"


class ChipRow(Sourced):
    """What one source says of an AI chip."""

    chip_id: Id = Field(description="Readable identifier")
    name: Text = Field(description="Name")
    native_name: Text | None = Field(default=None, description="Name in its own script")
    org_id: Organization = Field(description="Maker")
    economy_id: Economy | None = Field(default=None, description="Economy of the maker")
    kind: v.ChipKind = Field(description="Accelerator, or a processor that stands beside them")
    released: PeriodText | None = Field(default=None, description="Release or announcement date")
    process_nm: Positive | None = Field(default=None, description="Process node, nanometres")
    foundry: Text | None = Field(default=None, description="Foundry")
    memory_type: Text | None = Field(default=None, description="Memory type")
    memory_gb: Positive | None = Field(default=None, description="Memory, GB")
    memory_bandwidth_gbs: Positive | None = Field(
        default=None, description="Memory bandwidth, GB/s"
    )
    fp16_tflops: Positive | None = Field(default=None, description="FP16 or BF16, dense, TFLOP/s")
    fp16_format: v.HalfFormat | None = Field(
        default=None, description="Format of that throughput; empty where the source does not say"
    )
    int8_tops: Positive | None = Field(default=None, description="INT8, dense, TOP/s")
    tdp_w: Positive | None = Field(default=None, description="Design power, W")
    status: v.ChipStatus | None = Field(
        default=None, description="Shipping or announced; empty where the source does not say"
    )
    not_compared: Annotated[str, Field(pattern=_CHIP_COLUMNS)] | None = Field(
        default=None,
        description="Columns whose value is doubtful or reckoned by others than the maker: shown, "
        "not compared; the note says why",
    )


class SupercomputerRow(Sourced):
    """A system on a TOP500 list."""

    list_date: str = Field(pattern=r"^[0-9]{4}-(06|11)$", description="Edition of the list")
    rank: Whole = Field(ge=1, le=500, description="Rank on the list")
    system: Text = Field(description="Name of the system")
    site: Text = Field(description="Site as listed")
    site_org_id: Organization | None = Field(default=None, description="Organisation of the site")
    economy_id: Economy = Field(description="Economy where it stands")
    vendor: Text = Field(description="Maker of the system")
    rmax_pflops: Positive = Field(description="Measured performance (HPL Rmax), PFLOP/s")
    accelerator: Text | None = Field(default=None, description="Accelerator")


class ClusterRow(Sourced):
    """An AI cluster, running or planned."""

    cluster_id: Id = Field(description="Readable identifier")
    name: Text = Field(description="Name")
    owner_org_id: Organization | None = Field(default=None, description="Owner")
    economy_id: Economy = Field(description="Economy where it stands")
    chip: Text | None = Field(default=None, description="Chip")
    chip_count: Count | None = Field(default=None, description="Number of chips")
    power_mw: Positive | None = Field(default=None, description="Power, MW")
    h100_equivalents: Positive | None = Field(
        default=None, description="H100 equivalents, estimated"
    )
    status: v.ClusterStatus = Field(description="Running, being built, planned or closed")
    date: PeriodText | None = Field(default=None, description="Date of the status")


class PolicyRow(Sourced):
    """What one source says of a policy, law, programme or dispute."""

    policy_id: Id = Field(description="Readable identifier")
    economy_id: Economy = Field(description="Economy; INT for several parties")
    date: PeriodText | None = Field(
        default=None, description="Date of the event, as precise as stated"
    )
    effective_from: PeriodText | None = Field(
        default=None, description="Takes effect on, if the text says so"
    )
    kind: v.PolicyKind = Field(description="Kind of instrument")
    status: v.PolicyStatus = Field(description="Status as the source saw it")
    actor: v.PolicyActor = Field(description="Whose act it is")
    issuer_org_id: Organization | None = Field(default=None, description="Issuing body")
    title: Text = Field(description="Title in English")
    title_native: Text | None = Field(default=None, description="Title in its own language")
    summary: Text = Field(description="What it does, in one or two sentences")


class TopicRow(Record):
    """A topic of policies."""

    topic: Id = Field(description="Identifier")
    name_en: Text = Field(description="Name in English")
    meaning: Text = Field(description="What belongs to it")


class PolicyTopicRow(Record):
    """A topic of a policy."""

    policy_id: Id = Field(description="Policy")
    topic: Annotated[Id, Ref("topics")] = Field(description="Topic")


class PolicyPartyRow(Record):
    """A party named in a policy's text, or an issuer read off its title."""

    policy_id: Id = Field(description="Policy")
    party_kind: v.PartyKind = Field(description="What party_id points at")
    party_id: Id | None = Field(default=None, description="Economy or organisation")
    party_name: Text = Field(description="Name as printed")
    role: v.PolicyRole = Field(description="Role of the party")
    basis: v.PartyBasis | None = Field(
        default=None,
        description="title: read off the title or its number by rule; empty: the text names it",
    )


class PolicyRelationRow(Record):
    """How one policy relates to another, in the words of its row."""

    policy_id: Id = Field(description="Policy")
    relation: v.PolicyRelation = Field(description="Kind of relation")
    related_policy_id: Id = Field(description="The other policy")
    basis: Text = Field(description="Words of the row that say so")


class ClaimRow(Sourced):
    """A statement of a founding document with verdict and evidence."""

    claim_id: Id = Field(description="Identifier")
    document: Id = Field(description="Document that makes the claim")
    statement: Text = Field(description="The claim")
    entity_ids: Ids | None = Field(default=None, description="Economies and organisations it names")
    topic: v.Domain = Field(description="Subject")
    value: Text | None = Field(default=None, description="Figure claimed")
    unit: Text | None = Field(default=None, description="Unit of the figure")
    period: PeriodText | None = Field(default=None, description="Period it speaks of")
    verdict: v.Verdict = Field(description="What the evidence says")
    evidence: Text = Field(description="The evidence in words")
    second_source_id: Source | None = Field(
        default=None, description="Second source of the verdict"
    )
    related_indicator_ids: Annotated[Ids, RefList("indicators")] | None = Field(
        default=None, description="Indicators that bear on it"
    )
    related_policy_ids: Annotated[Ids, RefList("policies")] | None = Field(
        default=None, description="Policies that bear on it"
    )
    related_ipo_ids: Annotated[Ids, RefList("ipo_events")] | None = Field(
        default=None, description="Listing attempts that bear on it"
    )
    related_deal_ids: Annotated[Ids, RefList("deals")] | None = Field(
        default=None, description="Deals that bear on it"
    )
    related_benchmark_ids: Annotated[Ids, RefList("benchmarks")] | None = Field(
        default=None, description="Benchmarks that bear on it"
    )
    related_model_ids: Annotated[Ids, RefList("models")] | None = Field(
        default=None, description="Models that bear on it"
    )
    dashboard_home: Text = Field(description="Where in the observatory it is shown")
    fault: v.ClaimFault | None = Field(
        default=None, description="How it goes wrong, as the evidence says; empty where it does not"
    )


class ClaimCheckRow(Sourced):
    """A later check of a claim: the earlier verdict stays on file with its day."""

    claim_id: Annotated[Id, Ref("claims")] = Field(description="The claim")
    checked_on: Day = Field(description="Day of this check")
    verdict: v.Verdict = Field(description="What the evidence said on that day")
    evidence: Text = Field(description="The evidence in words")


class CorrectionRow(Record):
    """A slip that was found in published rows and mended: what stood there, what stands there, why."""

    correction_id: Id = Field(description="Number of the correction")
    corrected_on: Day = Field(description="Day of the correction")
    table_name: Text = Field(description="Table the rows stand in")
    thing_ids: Ids | None = Field(default=None, description="Ids of what was corrected")
    what: Text = Field(description="What was corrected")
    was: Text = Field(description="What stood there before")
    now: Text = Field(description="What stands there now")
    why: Text = Field(description="Why it was changed")
