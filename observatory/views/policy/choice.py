"""What a reader asks of laws and programmes: limits, order, page, view; addresses and the bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from observatory.analysis.policy_state import STATES
from observatory.analysis.search_fold import fold
from observatory.cards.filters import shorten
from observatory.cards.markup import Safe, h, href, join
from observatory.cards.states import Gap, banner
from observatory.cards.words import preset_label
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, PRESETS, SCOPE
from observatory.model.vocab import PolicyKind
from observatory.views import facets as facets_of
from observatory.views import labels, links
from observatory.views.asked import Asked
from observatory.views.ipo.bar import menu
from observatory.views.labels import clean
from observatory.views.policy import words as policy_words
from observatory.views.policy.data import Book, Entry

PER_PAGE: Final = 30
VIEWS: Final = ("list", "beside")
SORTS: Final[Mapping[str, bool]] = {"date": True, "title": False, "economy": False, "kind": False}
"""How the list can be sorted, and whether the largest stands first at the first press."""
KINDS: Final = tuple(kind.value for kind in PolicyKind)
PAIR: Final = ("KOR", "JPN")


@dataclass(frozen=True, slots=True)
class Choice:
    """Limits and order of the list; empty texts limit nothing. `pair`: economies set side by side."""

    q: str = ""
    kind: str = ""
    status: str = ""
    topic: str = ""
    issuer: str = ""
    sort: str = "date"
    down: bool = True
    page: int = 1
    view: str = "list"
    pair: tuple[str, str] = PAIR
    id: str = ""


Bad = tuple[tuple[str, str], ...]


def read(extra: Mapping[str, str], book: Book, members: Sequence[str] = ()) -> tuple[Choice, Bad]:
    """What was asked for, and (parameter, value) pairs that could not be used. Never raises.

    Two chosen economies are the pair set side by side where the address names none.
    """
    asked = Asked(extra)
    sort, down = asked.order(SORTS, "-date")
    page = asked.whole("page", 1, 999)
    codes = (
        tuple(members) if len(members) == 2 and set(members) <= set(SCOPE + COMPARATORS) else PAIR
    )
    if pair := asked.text("with"):
        if len(_codes(pair)) == 2:
            codes = tuple(_codes(pair))
        else:
            asked.drop("with")
    return Choice(
        q=asked.text("q").strip(),
        kind=asked.one("kind", KINDS),
        status=asked.one("status", STATES),
        topic=asked.one("topic", book.topic_names),
        issuer=asked.one("issuer", book.issuers),
        sort=sort,
        down=down,
        page=page,
        view=asked.one("view", VIEWS, "list"),
        pair=(codes[0], codes[1]),
        id=asked.one("id", book.by_id),
    ), tuple(asked.bad)


def _codes(text: str) -> list[str]:
    known = (part.strip().upper() for part in text.split(","))
    return list(dict.fromkeys(code for code in known if code in SCOPE + COMPARATORS))


def address(c: Choice, **changes: Any) -> str:
    """The page with some choices changed; the list starts again at its first page."""
    new = replace(c, **{"page": 1, **changes})
    sort = ("-" if new.down else "") + new.sort
    pairs = {
        "q": new.q, "kind": new.kind, "status": new.status, "topic": new.topic, "issuer": new.issuer,
        "sort": "" if sort == "-date" else sort, "page": "" if new.page == 1 else str(new.page),
        "view": "" if new.view == "list" else new.view,
        "with": ",".join(new.pair) if new.view == "beside" else "",
    }  # fmt: skip
    return links.link("/policy", **{key: value for key, value in pairs.items() if value})


def notes(bad: Bad, t: Translator) -> Safe | None:
    """What in the address could not be used."""
    if not bad:
        return None
    said = []
    for name, value in bad:
        lead = t("“{value}” is no value of “{name}” here.", value=shorten(value), name=name)
        more = (
            t("That policy is not on file, or was not yet known on this day. All others are below.")
            if name == "id"
            else t("Showing everything else that was asked for.")
        )
        said.append(banner("link", lead, more, warn=True))
    return join(said)


def fits(entries: Iterable[Entry], c: Choice, but: str = "") -> list[Entry]:
    """The entries inside all limits; ``but`` names one that is left open, for counts beside it."""
    words = fold(c.q).split() if c.q and but != "q" else []
    return [
        e
        for e in entries
        if (but == "kind" or not c.kind or e.kind == c.kind)
        and (but == "status" or not c.status or e.state == c.status)
        and (but == "topic" or not c.topic or c.topic in e.topics)
        and (but == "issuer" or not c.issuer or any(one.org_id == c.issuer for one in e.issuers))
        and all(word in e.folded for word in words)
    ]


def ordered(
    entries: Sequence[Entry], c: Choice, place: Callable[[Entry], tuple[Any, ...]]
) -> list[Entry]:
    """The entries in the chosen order; ``place`` orders economies. What has no date stands last."""
    newest = sorted(entries, key=Entry.order, reverse=True)
    match c.sort:
        case "title":
            return sorted(newest, key=lambda e: clean(e.row["title"]).casefold(), reverse=c.down)
        case "economy":
            return sorted(newest, key=place, reverse=c.down)
        case "kind":
            return sorted(newest, key=lambda e: KINDS.index(e.kind), reverse=c.down)
        case _:
            if c.down:
                return newest
            dated = [e for e in reversed(newest) if e.period is not None]
            return dated + [e for e in newest if e.period is None]


# The bar ------------------------------------------------------------------------------------------


def facets(entries: Sequence[Entry], c: Choice, t: Translator) -> Safe:
    """One line a limit: its values with counts, the chosen one filled; a press sets or clears it."""
    lines: list[tuple[str, str, Sequence[str], Callable[[str], str], Callable[[Entry], Sequence[str]]]] = [
        (t("State"), "status", STATES, lambda w: policy_words.state_group(w, t), lambda e: (e.state,)),
        (t("Kind"), "kind", KINDS, lambda w: labels.policy_kind(w, t), lambda e: (e.kind,)),
        (t("Topic"), "topic", (), lambda w: policy_words.topic(w, t), lambda e: e.topics),
    ]  # fmt: skip
    rows = []
    for label, name, values, say, of in lines:
        counts = Counter(word for e in fits(entries, c, but=name) for word in of(e))
        keys = values or [
            key for key, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        rows.append((label, name, keys, say, counts, str(getattr(c, name))))
    return facets_of.counted(rows, lambda name, value: address(c, **{name: value}), t)


def issuers(entries: Sequence[Entry], book: Book, c: Choice, t: Translator) -> Safe | None:
    """A menu of the bodies that issue what is shown; None where none is named."""
    counts = Counter(
        one.org_id for e in fits(entries, c, but="issuer") for one in e.issuers if one.org_id
    )
    if not counts and not c.issuer:
        return None

    def said(key: str) -> str:
        one = book.issuers[key]
        return labels.org_name(one.name, one.native, one.language, t).main

    options = [(t("Any issuer"), address(c, issuer=""), not c.issuer)]
    for key, many in sorted(counts.items(), key=lambda pair: (-pair[1], said(pair[0]))):
        label = t("{name} ({n})", name=said(key), n=t.number(many))
        options.append((label, address(c, issuer=key), key == c.issuer))
    return menu(said(c.issuer) if c.issuer else t("Any issuer"), options)


def economies(c: Choice, members: Sequence[str], preset: str | None, t: Translator) -> Safe:
    """A menu of the groups of economies."""
    options = [(preset_label(key, t), _with(address(c), key), key == preset) for key in PRESETS]
    name = preset_label(preset, t) if preset else t.n("{n} economy", "{n} economies", len(members))
    return menu(t("Economies: {group}", group=name), options)


def _with(path: str, group: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}economies={group}"


def views(c: Choice, t: Translator) -> Safe:
    """The switch between the list and two rule books side by side."""
    words = {"list": t("All instruments"), "beside": t("Two economies side by side")}
    return h(
        "div",
        *(h("a", label, href=address(c, view=key), data_go=True, cls="p-chip",
            aria_current="true" if key == c.view else None) for key, label in words.items()),
        cls="p-chips", role="group", aria_label=t("View"),
    )  # fmt: skip


def bar(
    entries: Sequence[Entry], book: Book, c: Choice, members: Sequence[str], preset: str | None,
    t: Translator,
) -> Safe:  # fmt: skip
    """View, economies, issuers, and a way back from all limits."""
    limited = c.q or c.kind or c.status or c.topic or c.issuer
    clear = (
        h("a", t("Clear all limits"), href=href("policy"), data_go=True, cls="go")
        if limited
        else None
    )
    side = [issuers(entries, book, c, t), clear] if c.view == "list" else []
    return h(
        "div",
        h("div", views(c, t), economies(c, members, preset, t), *side, cls="p-row"),
        cls="p-bar",
    )


def finding(entries: Sequence[Entry], t: Translator) -> str:
    """How many rules are in force, as the list's own line counts them; empty without one."""
    force = sum(
        e.state == "in_force" and e.kind in ("law", "regulation") and not e.step for e in entries
    )
    if not force:
        return ""
    return t.n("{n} law or regulation in force", "{n} laws and regulations in force", force)


def deck(entries: Sequence[Entry], t: Translator) -> str:
    """What is on file, in numbers."""
    if not entries:
        return t("Nothing of this choice is on file on this day.")
    rules = sum(e.kind in ("law", "regulation") for e in entries)
    native = sum(bool(clean(e.row["title_native"])) for e in entries)
    return t.n(
        "{n} instrument: {rules} laws and regulations, and strategies, programmes, standards, institutions, agreements"
        " and disputes; {native} with a title in its own language.",
        "{n} instruments: {rules} laws and regulations, and strategies, programmes, standards, institutions, agreements"
        " and disputes; {native} with a title in its own language.",
        len(entries), rules=t.number(rules), native=t.number(native),
    )  # fmt: skip


def gaps(entries: Sequence[Entry], t: Translator) -> list[Gap]:
    """What is not known, counted."""
    if not entries:
        return []
    listed = sum(e.coded for e in entries)
    undated = sum(e.period is None for e in entries)
    rules = [e for e in entries if e.kind in ("law", "regulation")]
    without = sum(not e.effective for e in rules)
    free = sum(not e.relations for e in entries)
    nameless = sum(not e.issuers for e in entries)
    by_rule = sum(bool(e.issuers) and e.issuers[0].by_rule for e in entries)
    every = t.number(len(entries))
    found = [
        Gap(t("Coverage"), t("What is on file is what was read, not every law there is: an economy without an entry on"
                             " a topic may well have a rule.")),
    ]  # fmt: skip
    # A count of nothing says nothing.
    if without:
        found.append(Gap(t("Effect"), t("{n} of {all} laws and regulations name no date of effect.",
                                        n=t.number(without), all=t.number(len(rules)))))  # fmt: skip
    if by_rule:
        said = t("{n} of {all} name no issuing body; of {read} it is read off the title or its number.",
                 n=t.number(nameless), all=every, read=t.number(by_rule))  # fmt: skip
        found.append(Gap(t("Issuers"), said))
    elif nameless:
        said = t("{n} of {all} name no issuing body.", n=t.number(nameless), all=every)
        found.append(Gap(t("Issuers"), said))
    if free:
        found.append(
            Gap(
                t("Relations"),
                t("{n} of {all} are tied to no other by their texts.", n=t.number(free), all=every),
            )
        )
    if listed:
        found.insert(1, Gap(t("Status"), t("{n} of {all} are catalogue entries whose status others derived from"
                                           " titles.", n=t.number(listed), all=every)))  # fmt: skip
    if undated:
        found.append(
            Gap(t("Dates"), t("{n} of {all} carry no date.", n=t.number(undated), all=every))
        )
    return found
