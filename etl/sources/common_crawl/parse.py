"""Common Crawl statistics: share of pages by language, one block of rows a crawl."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import Any

from etl.refresh.faults import Fault
from etl.refresh.kit import Kit, as_number
from etl.refresh.tabular import Row

CRAWL = re.compile(r"CC-MAIN-(20\d\d)-(\d\d)")


def parse(kit: Kit) -> None:
    take: dict[str, Any] = kit.upstream.spec.take
    source = take["source"]
    (item,) = kit.of("languages")
    rows = kit.csv(item)
    totals: dict[str, float] = defaultdict(float)
    shares: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        crawl, share = row["crawl"], row["%pages/crawl"]
        totals[crawl] += as_number(share, item.where, f"{row['primary_language']} in {crawl}")
        found = CRAWL.fullmatch(crawl)
        if not found:
            kit.left_out["crawls without a week"] += 1
            continue
        period = date.fromisocalendar(int(found[1]), max(1, int(found[2])), 1).isoformat()[:7]
        language = row["primary_language"]
        if language in take["languages"]:
            shares[language, period][crawl] = row
        elif language != "<unknown>":
            kit.left_out["languages we do not take"] += 1
    for crawl, total in totals.items():
        if not 99 <= total <= 101:
            raise Fault(f"shares of {crawl} that add up to 100 %", f"{total:.1f} %", item.where)
    for (language, period), crawls in shares.items():
        crawl, row = max(crawls.items())
        if len(crawls) > 1:
            kit.left_out["earlier crawls of the same month"] += len(crawls) - 1
        wanted = take["languages"][language]
        kit.observation(
            item,
            wanted["indicator"],
            source,
            wanted["economy"],
            period,
            row["%pages/crawl"],
            f"crawl {crawl}, language {language}",
            hint="derived",
            note=f"language {wanted['name']}; period is the crawl week as a month",
        )
    kit.observations_of({(wanted["indicator"], source) for wanted in take["languages"].values()})
