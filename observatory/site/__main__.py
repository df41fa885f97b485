"""Command line of the static edition."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from observatory.i18n import LANGUAGES
from observatory.site.build import NothingBuilt, Occupied, build_site


def main(
    out: Annotated[Path, typer.Option(help="Folder of the edition; it is replaced whole.")] = Path(
        "site"
    ),
    lang: Annotated[
        list[str] | None, typer.Option(help="A language; again for more. Default: all.")
    ] = None,
    base: Annotated[
        str, typer.Option(help="Address of the live site, for links to what is not here.")
    ] = "",
    jobs: Annotated[int, typer.Option(help="Processes at once.")] = 0,
    only: Annotated[
        str, typer.Option(help="economies: pages of economies and stories alone.")
    ] = "",
) -> None:
    """Write the static edition from the served build."""
    # Pages run without a browser here; what Streamlit says about that is no news.
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    langs = tuple(dict.fromkeys(lang or LANGUAGES))
    if strange := [one for one in langs if one not in LANGUAGES]:
        typer.echo(f"--lang: {', '.join(strange)} is none of {', '.join(LANGUAGES)}", err=True)
        raise typer.Exit(2)
    if only not in ("", "economies"):
        typer.echo(f"--only: {only!r} is not known; there is: economies", err=True)
        raise typer.Exit(2)
    less = () if only else None
    try:
        done = build_site(
            out, langs, base=(base or os.environ.get("OBSERVATORY_URL", "")).rstrip("/"),
            jobs=jobs or os.cpu_count() or 1, orgs=less, indicators=less,
        )  # fmt: skip
    except (Occupied, NothingBuilt, OSError) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(3) from fault
    for file, why in list(done.failed.items())[:20]:
        typer.echo(f"left out {file}: {why}", err=True)
    count = sum(done.pages.values())
    typer.echo(
        f"Wrote {count:,} pages with {done.numbers:,} numbers to {done.folder} (build {done.build_id}); "
        f"largest {done.largest / 1000:.0f} kB, {len(done.shortened)} with shortened tables, "
        f"{len(done.failed)} left out"
    )
    if done.failed:
        sys.exit(1)


if __name__ == "__main__":
    typer.run(main)
