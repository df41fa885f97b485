"""Closed vocabularies. A value outside them is a build error, never a silent new category."""

from __future__ import annotations

from enum import StrEnum


class EconomyGroup(StrEnum):
    EAST_ASIA_CORE = "east_asia_core"
    SOUTH_EAST_ASIA = "south_east_asia"
    MIDDLE_POWER = "middle_power"
    COMPARATOR = "comparator"
    AGGREGATE = "aggregate"
    OTHER = "other"


class SourceKind(StrEnum):
    """Order is trust order: the headline rule prefers what stands first."""

    OFFICIAL = "official"
    FILING = "filing"
    DATASET = "dataset"
    PAPER = "paper"
    PRESS = "press"
    SECONDARY = "secondary"


class Reuse(StrEnum):
    OPEN = "open"
    QUOTABLE = "quotable"
    CLOSED = "closed"


class Redistribute(StrEnum):
    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class StatusHint(StrEnum):
    OFFICIAL = "official"
    REPORTED = "reported"
    COMPANY_CLAIM = "company_claim"
    ESTIMATE = "estimate"
    FORECAST = "forecast"
    DERIVED = "derived"


class Status(StrEnum):
    """The eight words a reader sees beside a number."""

    OFFICIAL = "official"
    CONFIRMED = "confirmed"
    REPORTED = "reported"
    COMPANY_CLAIM = "company_claim"
    ESTIMATE = "estimate"
    DISPUTED = "disputed"
    SUPERSEDED = "superseded"
    UNCHECKED = "unchecked"


class Domain(StrEnum):
    ADOPTION = "adoption"
    BENCHMARKS = "benchmarks"
    CAPITAL_MARKETS = "capital_markets"
    COMPUTE = "compute"
    CONTEXT = "context"
    GOVERNANCE = "governance"
    INVESTMENT = "investment"
    MODELS = "models"
    READINESS = "readiness"
    RESEARCH = "research"
    SEMICONDUCTORS = "semiconductors"
    TALENT = "talent"


class Pillar(StrEnum):
    MODELS = "models"
    COMPUTE = "compute"
    CAPITAL = "capital"
    ADOPTION = "adoption"
    RESEARCH = "research"
    TALENT = "talent"
    GOVERNANCE = "governance"
    CONTEXT = "context"


class EntityType(StrEnum):
    ECONOMY = "economy"
    ORGANIZATION = "organization"
    MIXED = "mixed"


class ValueKind(StrEnum):
    MONEY = "money"
    SHARE = "share"
    COUNT = "count"
    INDEX = "index"
    RATE = "rate"
    PHYSICAL = "physical"
    RANK = "rank"


class Frequency(StrEnum):
    ANNUAL = "annual"
    BIENNIAL = "biennial"
    HALF_YEARLY = "half-yearly"
    QUARTERLY = "quarterly"
    SNAPSHOT = "snapshot"
    IRREGULAR = "irregular"
    ONE_OFF = "one-off"


class Aggregation(StrEnum):
    SUM = "sum"
    MAX = "max"
    NONE = "none"


class PerCapitaBase(StrEnum):
    POPULATION = "population"
    GDP = "gdp"
    NONE = "none"


class OrgKind(StrEnum):
    COMPANY = "company"
    UNIVERSITY = "university"
    GOVERNMENT = "government"
    LAB = "lab"
    CONSORTIUM = "consortium"
    NONPROFIT = "nonprofit"


class StackLayer(StrEnum):
    CHIPS = "chips"
    COMPUTE = "compute"
    MODELS = "models"
    APPLICATIONS = "applications"
    ROBOTICS = "robotics"
    GOVERNANCE = "governance"
    RESEARCH = "research"
    CAPITAL = "capital"


class NameKind(StrEnum):
    OFFICIAL = "official"
    SHORT = "short"
    BRAND = "brand"
    FORMER = "former"
    TICKER = "ticker"


class ModelNameKind(StrEnum):
    LEADERBOARD = "leaderboard"
    NATIVE = "native"
    VARIANT = "variant"


class DealKind(StrEnum):
    ROUND = "round"
    STRATEGIC = "strategic"
    CAPEX_PLAN = "capex_plan"
    CORNERSTONE = "cornerstone"
    PUBLIC_FUND = "public_fund"
    GRANT = "grant"
    M_AND_A = "m_and_a"
    DEBT = "debt"
    BUDGET = "budget"
    OTHER = "other"


class Commitment(StrEnum):
    PLEDGED = "pledged"
    COMMITTED = "committed"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class IpoStage(StrEnum):
    """Listing stages, in the order of a normal path."""

    RUMOURED = "rumoured"
    PLANNED = "planned"
    TUTORING = "tutoring"
    FILED = "filed"
    HEARING = "hearing"
    PRICED = "priced"
    LISTED = "listed"
    POSTPONED = "postponed"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class PartyKind(StrEnum):
    ECONOMY = "economy"
    ORGANIZATION = "organization"
    BODY = "body"
    NAME = "name"


class DealRole(StrEnum):
    PAYER = "payer"
    RECEIVER = "receiver"
    INVESTOR = "investor"


class PolicyKind(StrEnum):
    LAW = "law"
    REGULATION = "regulation"
    STANDARD = "standard"
    GUIDELINE = "guideline"
    STRATEGY = "strategy"
    PLAN = "plan"
    PROGRAMME = "programme"
    INSTITUTION = "institution"
    PARTNERSHIP = "partnership"
    TREATY = "treaty"
    DISPUTE = "dispute"
    FILING = "filing"


class PolicyStatus(StrEnum):
    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    PASSED = "passed"
    LAUNCHED = "launched"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


class PolicyActor(StrEnum):
    PUBLIC = "public"
    INTERGOVERNMENTAL = "intergovernmental"
    COMPANY_OR_RESEARCH = "company_or_research"


class PolicyRole(StrEnum):
    ISSUER = "issuer"
    SIGNATORY = "signatory"
    PARTNER = "partner"
    PARTY = "party"
    TARGET = "target"


class PartyBasis(StrEnum):
    TITLE = "title"


class PolicyRelation(StrEnum):
    SUPERSEDES = "supersedes"
    AMENDS = "amends"
    IMPLEMENTS = "implements"
    FOLLOWS = "follows"
    SUSPENDS = "suspends"
    ENDS = "ends"


class DealRelation(StrEnum):
    PART_OF = "part_of"
    MAY_OVERLAP = "may_overlap"
    BECAME = "became"


class Modality(StrEnum):
    TEXT = "text"
    MULTIMODAL = "multimodal"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    CODE = "code"
    EMBODIED = "embodied"
    SAFETY = "safety"
    OTHER = "other"


class BenchmarkSubject(StrEnum):
    MODEL = "model"
    FIRM = "firm"


class ChipStatus(StrEnum):
    ANNOUNCED = "announced"
    SHIPPING = "shipping"


class ChipKind(StrEnum):
    ACCELERATOR = "accelerator"
    CPU = "cpu"


class HalfFormat(StrEnum):
    """The 16-bit format that a throughput stands in."""

    FP16 = "fp16"
    BF16 = "bf16"
    EITHER = "fp16_or_bf16"


class ClusterStatus(StrEnum):
    OPERATIONAL = "operational"
    UNDER_CONSTRUCTION = "under_construction"
    PLANNED = "planned"
    DECOMMISSIONED = "decommissioned"


class Verdict(StrEnum):
    CORROBORATED = "corroborated"
    PARTLY = "partly"
    UNVERIFIED = "unverified"
    CONTRADICTED = "contradicted"


class ClaimFault(StrEnum):
    """How a statement that is not simply right goes wrong, as its evidence says."""

    UNIT_SLIP = "unit_slip"
    MISREAD_NAME = "misread_name"
    WRONG_SUBJECT = "wrong_subject"
    MISSING_FRAME = "missing_frame"
    OVERSTATED = "overstated"
    NO_TRACE = "no_trace"
    OPINION = "opinion"


class EventKind(StrEnum):
    POLICY = "policy"
    EXPORT_CONTROL = "export_control"
    DISPUTE = "dispute"
    DEAL = "deal"
    IPO = "ipo"
    MODEL = "model"
    CHIP = "chip"


class GoalScale(StrEnum):
    """How goalposts of the scorecard are spanned."""

    LINEAR = "linear"
    LOG = "log"


class ScoreTarget(StrEnum):
    """What a weight of the scorecard belongs to."""

    PILLAR = "pillar"
    INDICATOR = "indicator"


class GradedLayer(StrEnum):
    """Layers of the stack that are graded, from the ground up."""

    CHIPS = "chips"
    COMPUTE = "compute"
    MODELS = "models"
    APPLICATIONS = "applications"
    CAPITAL = "capital"
    GOVERNANCE = "governance"


class SignKind(StrEnum):
    """How a sign of the stack gets its value."""

    INDICATOR = "indicator"
    COUNT = "count"
    LARGEST = "largest"
    BEHIND = "behind"


class SupplyKind(StrEnum):
    """What a supplier's word is looked for in."""

    FOUNDRIES = "foundries"
    CHIPS = "chips"
    WEIGHTS = "weights"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class ScaleKind(StrEnum):
    SCALE = "scale"
    GAP = "gap"


class ScaleClock(StrEnum):
    RELEASE = "release"
    BOARD = "board"


class ScaleDates(StrEnum):
    COPIES = "copies"
    RUNS = "runs"


class ScaleCoverage(StrEnum):
    WHOLE = "whole"
    BEST = "best"


class ScaleWhy(StrEnum):
    FIRST_COPY = "first_copy"
    AFTER_GAP = "after_gap"
    RESCALED = "rescaled"
    REBASED = "rebased"
    UNSTEADY = "unsteady"
    OTHER_BOARD = "other_board"
    OTHER_VERSION = "other_version"
    NO_COPY = "no_copy"
    SECOND_HAND = "second_hand"
    FIXED_TEST = "fixed_test"
    ONE_FIT = "one_fit"
