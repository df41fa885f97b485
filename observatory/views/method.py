"""How everything is worked out: a short text on each derived thing, with the full rule beneath it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from observatory.cards.markup import Safe, h, icon, join
from observatory.i18n import Translator
from observatory.views import method_text


@dataclass(frozen=True, slots=True)
class Topic:
    """One derived thing. ``rules``: headings of `docs/method.md`; ``seen``: (label, address) of its page."""

    anchor: str
    title: str
    short: tuple[str, ...]
    rules: tuple[str, ...]
    seen: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Part:
    """Topics that belong together."""

    title: str
    topics: tuple[Topic, ...]


def parts(t: Translator) -> tuple[Part, ...]:
    """All topics in reading order."""
    return (
        Part(t("A single number"), _numbers(t)),
        Part(t("Comparing"), _comparing(t)),
        Part(t("Scores and grades"), _scores(t)),
        Part(t("Money and listings"), _money(t)),
        Part(t("Keeping it true"), _keeping(t)),
    )


def _numbers(t: Translator) -> tuple[Topic, ...]:
    return (
        Topic(
            "known", t("When a number was known"),
            (
                t("The end of the day, month or year that the source states as its publication, never later than the"
                  " day it was read here. Nothing stated: the day it was read."),
                t("“As known on a day” shows what had a source by then, with the statuses it had then. An earlier"
                  " day is never guessed, so early days show little: many long series were read from copies of 2026."),
            ),
            ("When a value was known", "Periods"),
        ),
        Topic(
            "origin", t("Whose number it is"),
            (
                t("A number belongs to the body that made it, not to the newspaper or mirror that repeats it. Two"
                  " sources are independent only if no maker of one is a maker of the other."),
                t("What a company says of itself is one voice, through however many papers it comes."),
            ),
            ("Whose number it is",), (t("Sources and quality"), "/sources"),
        ),
        Topic(
            "status", t("Status words"),
            (
                t("Eight words say how sure a number is: official, confirmed, reported, company claim, estimate,"
                  " disputed, superseded, unchecked. The first that fits is given, with its reason on the receipt."),
                t("Two values agree if they differ by at most 2 % of the larger, or by half a unit of the last"
                  " printed digit of the coarser one. Disputed and unchecked values never enter ranks, scores or"
                  " findings."),
            ),
            ("Status words",),
        ),
        Topic(
            "headline", t("Which of several values is shown"),
            (
                t("Official figures first, then by kind of source: filing, data set, paper, press, secondary; then"
                  " the surer one; then the latest. All other values stay on the receipt."),
                t("Where independent sources differ beyond the tolerance and none is official, no value is chosen."),
            ),
            ("Headline value", "Conflicts and a choice of one's own"), (t("Conflicts"), "/conflicts"),
        ),
        Topic(
            "breaks", t("Where a line breaks"),
            (
                t("A line joins only values that compare. It breaks where the maker, the edition, the length of the"
                  " period or the definition changes, and no change is worked out across a break."),
            ),
            ("Where series break", "The page of a measure"), (t("Measures"), "/indicator"),
        ),
    )  # fmt: skip


def _comparing(t: Translator) -> tuple[Topic, ...]:
    return (
        Topic(
            "comparison", t("Who is compared, and when"),
            (
                t("Thirteen economies are ranked; seven comparators are shown beside them. All are compared in the"
                  " latest period that at least eight of the thirteen hold; else each with its latest of three years,"
                  " the period printed."),
                t("Fewer than five values have no leader and no ranks. Forecasts and unfinished years never enter."
                  " “3rd of 11” always names its base."),
            ),
            ("Who is compared, and when", "The overview of economies", "Comparing economies"),
            (t("Compare"), "/compare"),
        ),
        Topic(
            "relative", t("Per person and per dollar of output"),
            (
                t("Only amounts and counts that are sums are divided, by people or output of the same year, else of"
                  " the newest of five years before, which is marked."),
            ),
            ("The overview of economies",), (t("Overview"), "/economies"),
        ),
        Topic(
            "profile", t("Place in a pillar, peers, strengths and gaps"),
            (
                t("The place in a pillar is the mean of places in its measures; it has no weights and is no score."
                  " Peers are those nearest in people and output per person, counted in doublings."),
                t("A strength is a place in the best quarter among the peers, a gap one in the last quarter."),
            ),
            ("Position in a pillar", "Peers, strengths and gaps", "Tests in the local language"),
            (t("Economy profile"), "/economy"),
        ),
        Topic(
            "findings", t("Findings of the Briefing"),
            (
                t("Three findings are chosen by stated rules from headline measures: who gained most in a share, who"
                  " multiplied, and where the region’s leader is closest to the United States. If none fits, the card"
                  " says so."),
            ),
            ("Findings of the Briefing",), (t("Briefing"), "/"),
        ),
        Topic(
            "coalition", t("What a coalition holds together"),
            (
                t("Numbers are added only where the measure’s own rule allows it; where the best member stands for"
                  " all, the best one counts; all else is shown as a range. Members without a value are named, never"
                  " counted as zero."),
            ),
            ("Coalitions",), (t("Coalition builder"), "/coalition"),
        ),
    )  # fmt: skip


def _scores(t: Translator) -> tuple[Topic, ...]:
    return (
        Topic(
            "scorecard", t("Scorecard"),
            (
                t("About thirty measures in seven pillars are put on one scale and weighted by the reader. Nothing"
                  " missing is filled in; an economy is ranked only with values for most of the weighted measures and"
                  " half of the weight."),
                t("2,000 draws vary weights, scaling, the mean, values that sources print differently and which"
                  " measures count. The interval holds the middle 90 % of the ranks: it says how far a rank depends"
                  " on choices, not how exact the figures are."),
            ),
            ("Scorecard",), (t("Scorecard"), "/scorecard"),
        ),
        Topic(
            "boards", t("Models and leaderboards"),
            (
                t("Scores share a ranking only on one copy of one board. What makers report themselves is marked and"
                  " never mixed in. Fewer than five models name no leader."),
            ),
            ("Models", "Leaderboards"), (t("Leaderboards"), "/benchmarks"),
        ),
        Topic(
            "frontier", t("Frontier gap"),
            (
                t("The lag is read only inside a scale on which scores compare. On fixed tests it is the time"
                  " between the releases of two models as good as each other; on boards that are fitted anew, the"
                  " time between copies."),
                t("Where the start is not seen, the lag is “at least”; where dates are missing, nothing is said."),
            ),
            ("Frontier gap",), (t("Frontier gap"), "/frontier"),
        ),
        Topic(
            "stack", t("Grades of the sovereign stack"),
            (
                t("Each of six layers has signs with two published steps: a value below the first is low, above the"
                  " second high. The grade of a cell is the lower median of its signs; without a sign there is no"
                  " grade."),
                t("A grade says how far the evidence on file goes. Lists of firms or models are never counted"
                  " towards it, since they differ in depth between economies."),
            ),
            ("Sovereign stack",), (t("Sovereign stack"), "/stack"),
        ),
    )  # fmt: skip


def _money(t: Translator) -> tuple[Topic, ...]:
    return (
        Topic(
            "money", t("Amounts and exchange rates"),
            (
                t("Amounts stand in their own currency. US dollars are the source’s own figure where it gives one,"
                  " else the average rate of the year of announcement; of this year, the average so far, marked. A day"
                  " in the past uses the rate as it was on file then, or the first one read after it."),
                t("Rows of one deal are never added up, and pledged, committed and closed sums are never added to"
                  " each other."),
            ),
            ("Money", "Totals and flows of money"), (t("Investment"), "/investment"),
        ),
        Topic(
            "listings", t("Where a listing stands"),
            (
                t("The stage with the newest date counts; a rumour moves nothing once something firmer is known, nor"
                  " does a single weak source. Aims and money raised are never mixed."),
            ),
            ("Listings",), (t("IPO pipeline"), "/ipo"),
        ),
        Topic(
            "events", t("Events, calendar and rules"),
            (
                t("Dates keep the width that the source gives them: a month is a month, never its first day. A rule"
                  " counts as in force when its source saw it so and its date has come; nothing later is inferred."),
            ),
            ("Events", "Calendar", "Laws and programmes", "Event markers"), (t("Calendar"), "/calendar"),
        ),
        Topic(
            "companies", t("Peers and names of companies"),
            (
                t("Peers are of the same layer and kind, ordered by how much is on file. Names come from sources"
                  " alone; folding scripts and spellings helps to find them and never changes what is printed."),
            ),
            ("Peers of an organisation", "Finding by name"), (t("Directory"), "/companies"),
        ),
    )  # fmt: skip


def _keeping(t: Translator) -> tuple[Topic, ...]:
    return (
        Topic(
            "changes", t("What changed, corrections and feeds"),
            (
                t("Two days of knowledge, or two builds of the data, are compared fact by fact: new, revised with"
                  " the reason, withdrawn. Slips of our own are listed for good."),
            ),
            ("What changed",), (t("What changed"), "/changes"),
        ),
        Topic(
            "quality", t("Coverage, freshness and checks"),
            (
                t("A new figure is expected one rhythm after the newest one was published; what is later than that"
                  " is said to be late. Errors stop a build; oddities are looked at one by one, and the reason they"
                  " stand is kept."),
            ),
            ("Sources and quality", "Checks"), (t("Sources and quality"), "/sources?view=fresh"),
        ),
        Topic(
            "claims", t("Verdicts on claims"),
            (
                t("Each statement of two founding texts was held against sources. Corroborated, partly, unverified"
                  " and contradicted are given with their evidence; a later check is added and the earlier one stays."),
            ),
            (), (t("Claims ledger"), "/claims"),
        ),
        Topic(
            "licence", t("What may be taken away"),
            (
                t("Open sources may be taken in bulk. Quotable ones are shown with credit and stand in the file of a"
                  " single chart. Closed ones are shown with credit and held back from bulk downloads, which say what"
                  " was left out and why."),
            ),
            ("Files",), (t("Sources by licence"), "/sources?reuse=open"),
        ),
    )  # fmt: skip


def contents(t: Translator) -> Safe:
    """Links to all topics, part by part."""
    columns = [
        h("div", h("h3", part.title), h("ul", *(
            h("li", h("a", topic.title, href=f"/method#{topic.anchor}", data_go=True)) for topic in part.topics)))
        for part in parts(t)
    ]  # fmt: skip
    return h("nav", *columns, cls="me-toc", aria_label=t("On this page"))


def page(t: Translator) -> Safe:
    """Every part with its topics."""
    return join([
        h("section", h("h2", part.title, cls="me-part"), *(_topic(topic, t) for topic in part.topics))
        for part in parts(t)
    ])  # fmt: skip


def _topic(topic: Topic, t: Translator) -> Safe:
    label, address = topic.seen
    rules = [(name, body) for name in topic.rules if (body := method_text.sections().get(name))]
    full = None
    if rules:
        texts = [
            join([h("h4", name) if len(rules) > 1 else None, method_text.html(body)])
            for name, body in rules
        ]
        full = h(
            "details", h("summary", t("The full rule")), h("div", *texts, lang="en", cls="me-full")
        )
    seen = None
    if address:
        seen = h(
            "p", h("a", label, href=address, data_go=True), " ", icon("arrow_forward"), cls="small"
        )
    return h(
        "article",
        h("h3", topic.title, id=topic.anchor),
        h("div", *(h("p", text) for text in topic.short), full, seen),
        cls="me-topic",
    )


ANCHORS: Final = {
    "briefing": "findings", "economies": "comparison", "economy": "profile", "compare": "comparison",
    "scorecard": "scorecard", "indicator": "breaks", "companies": "companies", "company": "companies",
    "ipo": "listings", "investment": "money", "flows": "money", "models": "boards", "model": "boards",
    "benchmarks": "boards", "frontier": "frontier", "stack": "stack", "policy": "events", "calendar": "events",
    "coalition": "coalition", "claims": "claims", "conflicts": "headline", "sources": "quality",
    "changes": "changes", "explorer": "licence",
}  # fmt: skip
"""The topic that a page's cards are worked out by."""
