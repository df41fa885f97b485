"""A build of openly licensed rows only."""

from __future__ import annotations

from stores import build, served
from tiny import Tiny, run

from etl.store import Store
from observatory.db.connect import Databases


def test_open_build_holds_open_rows_only(tiny: Tiny) -> None:
    var = tiny.var.with_name("open")
    assert run("build", "--data", tiny.data, "--var", var, "--licence", "open") == 0
    db = Databases(var).get()
    tables = db.build.tables
    assert db.build.licence == "open"
    assert tables["sources"] == 2
    assert tables["observations"] == 10
    assert tables["deals"] == 1
    assert tables["check_results"] == 1
    connection = db._connection
    sourced = connection.execute(
        "SELECT table_name FROM duckdb_columns() WHERE schema_name = 'core' "
        "AND column_name = 'source_id' AND table_name <> 'sources'"
    ).fetchall()
    assert len(sourced) >= 13
    for (table,) in sourced:
        left = connection.execute(
            f"SELECT count(*) FROM core.{table} t JOIN core.sources s USING (source_id) WHERE s.reuse <> 'open'"  # noqa: S608
        ).fetchone()
        assert left == (0,)
    whole = Databases(tiny.var).get().build.tables
    curated = [
        name
        for name in whole
        if name not in ("cells", "row_status", "events", "check_results", "build")
    ]
    expected = sum(whole[name] - tables[name] for name in curated)
    assert connection.execute("SELECT left_out FROM core.build").fetchone() == (expected,)
    assert expected > 10
    # Who pointed at what was left out points at nothing, or went too.
    assert connection.execute("SELECT site_org_id FROM core.supercomputers").fetchone() == (None,)
    assert connection.execute("SELECT count(*) FROM core.deal_parties").fetchone() == (3,)
    db.close()


def test_findings_of_an_open_build_quote_open_rows_only(tiny: Tiny) -> None:
    line = tiny.add("observations/adoption.csv", like=16, period="2024", value="49.87")
    tiny.replace("indicators/adoption.yml", "  minimum: 10\n", "  minimum: 0\n")
    tiny.set("observations/adoption.csv", line, value="1.87")
    tiny.set("observations/adoption.csv", 10, value="18")
    assert len(tiny.warnings()) == 2
    var = tiny.var.with_name("open")
    assert run("build", "--data", tiny.data, "--var", var, "--licence", "open") == 0
    db = Databases(var).get()
    rows = db._connection.execute(
        "SELECT check_name, message FROM core.check_results ORDER BY 1"
    ).fetchall()
    assert [name for name, _ in rows] == ["fx", "jump"]
    assert not [text for _, text in rows if "1.87" in text]
    assert db.build.checks == {"errors": 0, "warnings": 1, "accepted": 1}
    db.close()


def test_licence_choices_are_different_builds(tiny: Tiny) -> None:
    first = served(tiny.var)
    assert build(tiny, "--licence", "open") != first
    assert len(Store(tiny.var).builds()) == 2
