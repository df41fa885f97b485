"""What the compute page reads from its address, and how it tells makers and plans apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from observatory.views.compute import clusters as compute_clusters
from observatory.views.compute.data import (
    Choice,
    Machines,
    address,
    clusters_of,
    maker_of,
    overdue,
    read,
)

MACHINES = Machines(
    systems=({"list_date": "2026-06"}, {"list_date": "2025-11"}),
    clusters=(
        {"economy_id": "KOR", "cluster_status": "planned"},
        {"economy_id": "KOR", "cluster_status": "operational"},
        {"economy_id": "JPN", "cluster_status": "operational"},
    ),
    editions=("2026-06", "2025-11"),
)


def test_an_address_gives_the_choice_it_was_made_of() -> None:
    choice = Choice("clusters", "systems", "2025-11", "KOR", "planned")
    query = dict(
        pair.split("=") for pair in address(choice, "2026-06").partition("?")[2].split("&")
    )
    assert read(query, MACHINES) == (choice, ())
    assert address(Choice(edition="2026-06"), "2026-06") == "/compute"


def test_bad_parameters_fall_back_and_are_named() -> None:
    extra = {
        "view": "map",
        "measure": "flops",
        "list": "2019-06",
        "from": "XXX",
        "state": "running",
    }
    choice, bad = read(extra, MACHINES)
    assert choice == Choice(edition="2026-06")
    assert {name for name, _ in bad} == set(extra)


def test_limits_of_the_list_and_their_counts() -> None:
    c = Choice(origin="KOR", state="planned")
    assert len(clusters_of(MACHINES, c, ("KOR", "JPN"))) == 1
    assert len(clusters_of(MACHINES, c, ("KOR", "JPN"), but="state")) == 2
    assert len(clusters_of(MACHINES, Choice(state="operational"), ("JPN",))) == 1


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("NVIDIA H100 SXM5 80GB", "NVIDIA"), ("Nvidia H100 SXM5 94Gb", "NVIDIA"), ("AMD Instinct MI300A", "AMD"),
        ("Intel Xeon Phi 31S1P", "Intel"), ("Matrix-2000", "NUDT"), ("Deep Computing Processor", "other"), ("", ""),
    ],
)  # fmt: skip
def test_the_maker_of_an_accelerator(text: str, maker: str) -> None:
    assert maker_of(text) == maker


@pytest.mark.parametrize(
    ("state", "end", "late"),
    [
        ("planned", date(2025, 12, 31), True), ("under_construction", date(2026, 11, 21), True),
        ("planned", date(2026, 11, 22), False), ("operational", date(2024, 1, 1), False), ("planned", None, False),
    ],
)  # fmt: skip
def test_plans_past_their_date(state: str, end: Any, late: bool) -> None:
    assert overdue({"cluster_status": state, "period_end": end}, date(2026, 11, 22)) is late


def test_a_placeholder_day_of_a_nameless_system_is_not_shown() -> None:
    assert (
        compute_clusters.since(
            {"name": "Anonymised system (data set line 63)", "date": "2024-12-15"}
        )
        == "2024-12"
    )
    assert compute_clusters.since({"name": "AIST ABCI-Q", "date": "2025-01-15"}) == "2025-01-15"
    assert (
        compute_clusters.since({"name": "Anonymised system (data set line 9)", "date": "2024"})
        == "2024"
    )
