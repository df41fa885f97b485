"""What people think of AI and its rules, poll by poll, and the bodies and summits on AI safety."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from observatory.cards.card_model import Card, CardTable, EmptyState
from observatory.cards.markup import Safe, h, num
from observatory.charts.svg.bars import BarSpec
from observatory.views import common
from observatory.views.briefing.page import bars_both
from observatory.views.governance.data import OPINION, held, section
from observatory.views.measures import Catalogue
from observatory.views.policy import words as policy_words
from observatory.views.policy.data import EVERYBODY, Book, Entry, leads, whose
from observatory.views.policy.rows import frame_of, plain_columns


def opinion(catalogue: Catalogue, members: Sequence[str]) -> list[Card]:
    """One card a poll: questions and samples differ, so nothing is joined."""
    found = [_poll(catalogue, key, members) for key in OPINION if held(catalogue, key)]
    t = catalogue.t
    if not found:
        return [
            Card(
                id="opinion",
                title=t("Public opinion"),
                empty=EmptyState(t("No poll was known on this day.")),
            )
        ]
    return found


def _poll(catalogue: Catalogue, key: str, members: Sequence[str]) -> Card:
    t, item = catalogue.t, catalogue.indicators[key]
    found = section(catalogue, key, members)
    card_id = key.replace("_", "-")
    if found is None or not found.n:
        asked = [catalogue.name(code) for code in catalogue.section(key).frame["entity_id"]]
        exists = t("It asked in {economies}.", economies=t.list(asked)) if asked else ""
        reason = t("This poll asked in none of the chosen economies.")
        return Card(id=card_id, title=item.short, empty=EmptyState(reason=reason, exists=exists))
    frame = found.frame.assign(
        label=[catalogue.name(code) for code in found.frame["entity_id"]],
        economy_id=found.frame["entity_id"],
    )
    title = item.short
    leader = found.leader()
    if leader is not None and item.higher_is_better is not None:
        title = t("{measure}: {economy} first of {n}", measure=item.short, n=t.number(found.n),
                  economy=catalogue.say(str(leader["entity_id"])))  # fmt: skip
    elif found.n > 1:
        low, high = frame["value"].min(), frame["value"].max()
        title = t("{measure}: {low} to {high} across {n} economies", measure=item.short, low=item.value(float(low), t),
                  high=item.value(float(high), t), n=t.number(found.n))  # fmt: skip
    else:
        only = frame.iloc[0]
        title = t("{measure}: {economy} {value}", measure=item.short, value=item.value(float(only["value"]), t),
                  economy=catalogue.say(str(only["entity_id"])))  # fmt: skip
    # Shares of people are drawn on the whole: 54 % must not look like everybody.
    whole = 100.0 if str(item.row["unit"]) == "percent" else None
    spec = BarSpec(measure=item.measure(t), width=600, pitch=30, name=title, whole=whole)
    own = common.caveat_line(item, t) or t("A poll of its own: not to be joined with the others.")
    return common.measure_card(
        catalogue, item, frame, found.period,
        card_id=card_id, title=title, body=bars_both(frame, spec, t), caveat=own,
    )  # fmt: skip


def is_safety_body(entry: Entry) -> bool:
    """A body or network on AI safety, by its kind and topic."""
    return (
        entry.kind in ("institution", "partnership")
        and "safety" in entry.topics
        and not is_summit(entry)
    )


def is_other_body(entry: Entry) -> bool:
    """Any other body: councils, committees, offices, centres."""
    return entry.kind == "institution" and not is_safety_body(entry) and not is_summit(entry)


def is_summit(entry: Entry) -> bool:
    """A summit, or what a summit adopted, by its own title."""
    text = f"{entry.row['title']}".casefold()
    named = "summit" in text or any(
        word in text for word in ("declaration", "ministerial statement")
    )
    return (
        named
        and entry.kind in ("partnership", "treaty", "guideline", "strategy")
        and not entry.company
    )


def bodies(
    catalogue: Catalogue,
    entries: Sequence[Entry],
    fits: Callable[[Entry], bool],
    card_id: str,
    name: str,
) -> Card:
    """Entries of a sort by economy, the newest first, each linked to its page."""
    t = catalogue.t
    found = sorted((e for e in entries if fits(e)), key=lambda e: e.order(), reverse=True)
    found.sort(key=whose)
    if not found:
        reason = t("None of this choice is on file on this day.")
        return Card(id=card_id, title=name, empty=EmptyState(reason=reason))
    groups: list[Safe] = []
    for code in dict.fromkeys(e.economy_id for e in found):
        inside = [e for e in found if e.economy_id == code]
        items = []
        for entry in inside:
            when = num(t.period(entry.date) if entry.date else t("no date"), entry.row_id)
            state = policy_words.state(entry, t)
            items.append(
                h("li", policy_words.heading(entry, t), h("span", when, " · ", state, cls="fr-p"))
            )
        groups.append(h("div", h("h4", policy_words.place(catalogue, code)), h("ul", *items)))
    own = len({e.economy_id for e in found} - {EVERYBODY})
    frame = leads(found)
    return Card(
        id=card_id,
        title=t("{name}: {n} on file", name=name, n=t.number(len(found))),
        subtitle=t.n(
            "In {n} economy, and of several parties",
            "In {n} economies, and of several parties",
            own,
        ),
        body=h("div", *groups, cls="po-panel go-bodies"),
        table=CardTable(frame_of(found, catalogue), plain_columns(t)),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        caveat=t("Only what sources on file name; other bodies may exist."),
        actions=("receipt", "table", "download", "link"),
    )


def inside(book: Book, members: Sequence[str]) -> list[Entry]:
    """Entries of the chosen economies that still stand, and those of several parties that they joined."""
    return [e for e in book.of(members) if e.state != "superseded"]
