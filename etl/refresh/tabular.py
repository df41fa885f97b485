"""Text, CSV, JSON, YAML and XLSX of upstream files as plain values; every oddity is a Fault."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from etl.refresh.faults import Fault, brief, listed
from etl.refresh.received import Received
from etl.refresh.spec import FileSpec

Row = dict[str, str]
LINE = "_line"
"""Key under which each row carries its number in the file."""
MAX_UNPACKED = 200_000_000


def text_of(item: Received, encoding: str | None = None) -> str:
    """Text of a file; UTF-8 with or without byte-order mark, else in the publisher's own encoding.

    A zip with one file in it is opened.
    """
    blob = item.blob
    if blob.startswith(b"PK\x03\x04"):
        blob = _unzipped(item)
    try:
        text = blob.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        if encoding and b"\0" not in blob:
            return blob.decode(encoding)
        line = blob.count(b"\n", 0, fault.start) + 1
        raise Fault(
            "text in UTF-8", f"byte 0x{blob[fault.start]:02x} in line {line}", item.where
        ) from fault
    if "\0" in text:
        raise Fault("text", "NUL characters: a binary or damaged file", item.where)
    return text


def _unzipped(item: Received) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(item.blob)) as archive:
            inside = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(inside) != 1:
                raise Fault("one file in the archive", f"{len(inside)}", item.where)
            if inside[0].file_size > MAX_UNPACKED:
                raise Fault("at most 200 MB unpacked", f"{inside[0].file_size:,} bytes", item.where)
            return archive.read(inside[0])
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as fault:
        raise Fault("a whole zip archive", f"a damaged one ({brief(fault)})", item.where) from fault


def check_columns(found: Sequence[str], spec: FileSpec, where: str) -> None:
    """Every column we take is there, once; others may come and go."""
    missing = [column for column in spec.columns if column not in found]
    if missing:
        extra = [column for column in found if column and column not in spec.columns]
        raise Fault(
            f"the columns {listed(spec.columns, 40)}",
            f"none called {listed(missing)} (the file has {listed(extra or found, 12)})",
            where,
        )
    twice = [column for column in spec.columns if found.count(column) > 1]
    if twice:
        raise Fault(f"the column {twice[0]!r} once", f"{found.count(twice[0])} times", where)


def check_rows(count: int, spec: FileSpec, where: str) -> None:
    """A whole file has about as many rows as it always had."""
    if spec.rows and not spec.rows.min <= count <= spec.rows.max:
        raise Fault(f"{spec.rows.min:,} to {spec.rows.max:,} rows", f"{count:,}", where)


def csv_rows(item: Received, spec: FileSpec) -> list[Row]:
    """Rows of a CSV file by column; the number of each, counted with the header, stands under ``LINE``."""
    text = text_of(item, spec.encoding)
    first = text.partition("\n")[0]
    # Spreadsheet programs of some countries part fields by semicolons.
    mark = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=mark)
    rows: list[Row] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        check_columns(header, spec, item.where)
        while True:
            line = reader.line_num + 1
            cells = next(reader, None)
            if cells is None:
                break
            if not cells:
                continue
            if len(cells) != len(header):
                raise Fault(
                    f"{len(header)} fields as in the header",
                    f"{len(cells)} in line {line}; the file may be cut off",
                    item.where,
                )
            rows.append({**dict(zip(header, cells, strict=True)), LINE: str(len(rows) + 2)})
    except csv.Error as fault:
        raise Fault(
            "CSV with quotes closed",
            f"a record from line {reader.line_num} on that cannot be read ({fault}); the file may be cut off",
            item.where,
        ) from fault
    check_rows(len(rows), spec, item.where)
    return rows


def _no_nan(text: str) -> Any:
    # Pandas writes NaN for an empty cell; JSON has no such word.
    return None


def json_of(item: Received) -> Any:
    """A JSON document; numbers keep their digits as text, NaN is empty."""
    text = text_of(item)
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=_no_nan)
    except (json.JSONDecodeError, RecursionError) as fault:
        place = f"line {fault.lineno}" if isinstance(fault, json.JSONDecodeError) else "its depth"
        raise Fault(
            "a JSON document",
            f"text that ends or breaks at {place}: {brief(text[:60])!r}",
            item.where,
        ) from fault


class _Texts(yaml.CSafeLoader):
    """Every scalar stays the text it is; empty stays empty."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the loader's own protocol
        key: [(tag, regexp) for tag, regexp in found if tag.endswith((":null", ":bool"))]
        for key, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def yaml_of(item: Received) -> Any:
    """A YAML document; numbers and dates keep their digits as text."""
    text = text_of(item)
    if "&" in text and "<<" in text:
        raise Fault("plain YAML", "anchors and merges", item.where)
    try:
        return yaml.load(text, Loader=_Texts)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else "its depth"
        raise Fault("a YAML document", f"text that breaks at {line}", item.where) from fault


def xlsx_rows(item: Received, spec: FileSpec) -> list[Row]:
    """Rows of the first sheet whose header has our columns, cells as text."""
    import openpyxl  # type: ignore[import-untyped]

    try:
        book = openpyxl.load_workbook(io.BytesIO(item.blob), read_only=True, data_only=True)
    except Exception as fault:
        raise Fault("an XLSX workbook", f"a damaged one ({brief(fault)})", item.where) from fault
    seen: list[str] = []
    try:
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True)
            for number, cells in enumerate(rows, 1):
                header = [cell_text(cell).strip() for cell in cells]
                if not any(header):
                    continue
                if number > 20:
                    break
                seen = seen or header
                if all(column in header for column in spec.columns):
                    found = _sheet_rows(rows, header, number)
                    check_rows(len(found), spec, item.where)
                    return found
    except Fault:
        raise
    except Exception as fault:
        raise Fault("an XLSX workbook", f"a damaged one ({brief(fault)})", item.where) from fault
    finally:
        book.close()
    check_columns(seen, spec, item.where)
    raise Fault(f"the columns {listed(spec.columns, 40)}", "no sheet with them", item.where)


def _sheet_rows(rows: Any, header: list[str], number: int) -> list[Row]:
    found: list[Row] = []
    for line, cells in enumerate(rows, number + 1):
        texts = [cell_text(cell) for cell in cells]
        if any(texts):
            padded = texts + [""] * (len(header) - len(texts))
            found.append({**dict(zip(header, padded, strict=False)), LINE: str(line)})
    return found


def cell_text(value: Any) -> str:
    """A cell of a spreadsheet as text: whole numbers without '.0', days as YYYY-MM-DD."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    return " ".join(str(value).split())


def mapping(value: Any, keys: Sequence[str], where: str) -> Mapping[str, Any]:
    """A mapping with these keys, or a Fault that names what is missing."""
    if not isinstance(value, dict):
        raise Fault(f"a mapping with {listed(keys)}", f"{type(value).__name__}", where)
    missing = [key for key in keys if key not in value]
    if missing:
        raise Fault(
            f"the fields {listed(keys)}",
            f"none called {listed(missing)} (it has {listed(list(value), 12)})",
            where,
        )
    return value


def sequence(value: Any, where: str) -> list[Any]:
    """A list, or a Fault."""
    if not isinstance(value, list):
        raise Fault("a list", type(value).__name__, where)
    return value
