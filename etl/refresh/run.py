"""One refresh: every source by itself, so that one that fails stops no other."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol, cast

from etl.refresh import received
from etl.refresh.curated import Curated
from etl.refresh.diff import Plan, plan
from etl.refresh.faults import Fault, brief
from etl.refresh.fetch import Fetcher
from etl.refresh.find import offline
from etl.refresh.kit import Kit
from etl.refresh.names import Names
from etl.refresh.received import Received
from etl.refresh.spec import FileSpec, Upstream, load
from etl.refresh.tabular import text_of


class Parser(Protocol):
    """``parse.py`` of an upstream."""

    def parse(self, kit: Kit) -> None: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: a plan, the fault that stopped it, or neither (no file for it)."""

    name: str
    plan: Plan | None = None
    fault: Fault | None = None


@dataclass(slots=True)
class Job:
    """What to refresh and from where. ``start`` reads offline, ``fetcher`` from the web."""

    data: Path
    read_on: date
    start: Path | None = None
    fetcher: Fetcher | None = None
    published: str | None = None
    asked: bool = True
    outcomes: list[Outcome] = field(default_factory=list)

    def run(self, name: str) -> Outcome:
        """Read, parse and compare one source; never raises for faults of upstream."""
        upstream = load(name)
        try:
            files = self._files(upstream)
            if not files:
                return Outcome(name)
            return Outcome(name, propose(upstream, files, Curated(self.data), self.read_on))
        except Fault as fault:
            return Outcome(name, fault=fault)

    def _files(self, upstream: Upstream) -> list[Received]:
        if self.start is not None:
            return offline(upstream, self.start, self.read_on, self.published, self.asked)
        if self.fetcher is None:
            raise RuntimeError("neither a file nor a fetcher to read from")
        if not upstream.spec.live:
            raise Fault(
                "a file handed over with --from",
                f"no address to read by itself: see {upstream.spec.home}",
            )
        out: list[Received] = []
        for role, spec in upstream.spec.files.items():
            addresses = dict(spec.addresses)
            if spec.address:
                addresses[""] = spec.address
            for address in addresses.values():
                try:
                    out.append(self.fetcher.get(role, address, spec))
                except Fault:
                    if not spec.optional:
                        raise
        terms = upstream.spec.licence
        if terms.address:
            form = FileSpec(matches=["*"], format="text", max_mb=1)
            out.append(self.fetcher.get("licence", terms.address, form))
        return out


def propose(upstream: Upstream, files: list[Received], curated: Curated, read_on: date) -> Plan:
    """Parse files and compare them with what is on file. Raises Fault."""
    data = [item for item in files if item.role != "licence"]
    for item in data:
        received.first_look(item, upstream.spec.files[item.role].format)
    _licence(upstream, files)
    roles = {item.role for item in data}
    missing = [
        role
        for role, spec in upstream.spec.files.items()
        if not spec.optional and role not in roles
    ]
    if missing:
        wanted = upstream.spec.files[missing[0]].matches
        raise Fault(f"a file for {missing[0]!r} (named like {', '.join(wanted)})", "none")
    kit = Kit(upstream, data, curated, Names(curated), read_on)
    try:
        parser_of(upstream.name)(kit)
    except (KeyError, IndexError, ValueError, TypeError, AttributeError) as fault:
        # A parser met a shape that nobody foresaw: said as what it is, not as a stack of calls.
        raise Fault(
            f"files of {upstream.spec.title} in their known form",
            f"a shape the parser cannot read ({type(fault).__name__}: {brief(fault)})",
        ) from fault
    if not kit.items:
        raise Fault("rows of economies the observatory covers", "none in the whole file")
    return plan(kit)


def parser_of(name: str) -> Callable[[Kit], None]:
    """``parse`` of an upstream's folder."""
    module = importlib.import_module(f"etl.sources.{name}.parse")
    return cast(Parser, module).parse


def _licence(upstream: Upstream, files: list[Received]) -> None:
    """The texts that state the licence still stand where they stood."""
    terms = upstream.spec.licence
    if not terms.says:
        return
    papers = [item for item in files if item.role == "licence"]
    if not papers and terms.address is None and not terms.matches:
        papers = [item for item in files if item.role != "licence"]
    for item in papers:
        text = " ".join(text_of(item).split()).casefold()
        missing = [said for said in terms.says if " ".join(said.split()).casefold() not in text]
        if missing:
            raise Fault(
                f"the licence {terms.id} ({missing[0]!r})",
                f"a text that no longer says so: {brief(text, 60)!r}; read it before anything is taken",
                item.where,
            )
