"""Observations as SDMX-CSV 2.0, with the structure they follow as SDMX-JSON.

Only what holds today goes out: earlier readings are in ``csv/observations.csv``.
"""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any, Final

import duckdb

AGENCY: Final = "EAAIO"
FLOW: Final = f"{AGENCY}:OBSERVATIONS(1.0.0)"
HEADER: Final = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "INDICATOR", "ENTITY", "TIME_PERIOD", "SOURCE",
    "KNOWN_ON", "OBS_VALUE", "OBS_STATUS", "STATUS_WORD", "UNIT_MEASURE", "UNIT_MULT",
    "CURRENCY", "SPAN", "HEADLINE", "ROW_ID",
)  # fmt: skip
DIMENSIONS: Final = ("INDICATOR", "ENTITY", "SOURCE", "KNOWN_ON")
ATTRIBUTES: Final = HEADER[HEADER.index("OBS_STATUS") :]

# SDMX code list CL_OBS_STATUS: A normal, E estimated, F forecast, U low reliability.
OBS_STATUS: Final = {
    "official": "A", "confirmed": "A", "reported": "A", "company_claim": "A",
    "estimate": "E", "disputed": "U", "unchecked": "U", "superseded": "U",
}  # fmt: skip
_QUERY: Final = """
SELECT o.indicator_id, o.entity_id, o.period, o.period_precision, o.period_start, o.period_end, o.source_id, o.known_on,
       o.value_text, o.status::VARCHAR, o.is_forecast, i.unit, i.scale, i.currency, o.span,
       h.row_id IS NOT NULL AS headline, o.row_id
FROM serve.observations o
JOIN serve.indicators i USING (indicator_id)
LEFT JOIN serve.headlines h ON h.row_id = o.row_id AND h.is_headline AND h.valid_to IS NULL
WHERE o.valid_to IS NULL AND o.status::VARCHAR <> 'superseded'
ORDER BY ALL
"""


def observations(connection: duckdb.DuckDBPyConnection) -> str:
    """All current observations, one a line, values with the digits of the source."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    for row in connection.execute(_QUERY).fetchall():
        (indicator, entity, period, precision, first, last, source, known, value, status,
         forecast, unit, scale, currency, span, headline, row_id) = row  # fmt: skip
        writer.writerow((
            "dataflow", FLOW, "I", indicator, entity,
            time_period(period, precision, first, last), source, known, value,
            "F" if forecast else OBS_STATUS[status], status, unit, power_of_ten(scale),
            currency or "", span or "", "true" if headline else "false", row_id,
        ))  # fmt: skip
    return stream.getvalue()


def power_of_ten(scale: int | None) -> int:
    """UNIT_MULT of a unit's scale: 1,000,000 gives 6."""
    return len(str(int(scale or 1))) - 1


def time_period(period: str, precision: str, first: date, last: date) -> str:
    """The period as SDMX writes it; fiscal years and ranges as start and length in days."""
    if precision in ("year", "month", "day", "quarter"):
        return period
    if precision == "half":
        return period.replace("-H", "-S")
    return f"{first.isoformat()}/P{(last + timedelta(days=1) - first).days}D"


def structure(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Data structure and dataflow as an SDMX-JSON 2.0 structure message."""
    found = connection.execute("SELECT data_date FROM serve.build").fetchone()
    concepts = [*DIMENSIONS, "TIME_PERIOD", "OBS_VALUE", *ATTRIBUTES]
    scheme = f"urn:sdmx:org.sdmx.infomodel.conceptscheme.ConceptScheme={AGENCY}:CONCEPTS(1.0.0)"
    concept = f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:CONCEPTS(1.0.0)"
    text = {"format": {"dataType": "String"}}

    def part(name: str, **more: Any) -> dict[str, Any]:
        return {
            "id": name,
            "conceptIdentity": f"{concept}.{name}",
            "localRepresentation": text,
        } | more

    return {
        "meta": {
            "schema": "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json",
            "id": "OBSERVATIONS",
            "prepared": f"{found[0] if found and found[0] else '2026-01-01'}T00:00:00Z",
            "test": False,
            "sender": {"id": AGENCY},
        },
        "data": {
            "conceptSchemes": [{
                "id": "CONCEPTS", "agencyID": AGENCY, "version": "1.0.0", "name": "Concepts",
                "links": [{"rel": "self", "urn": scheme, "type": "ConceptScheme"}],
                "concepts": [{"id": name, "name": name} for name in concepts],
            }],
            "dataStructures": [{
                "id": "OBSERVATIONS", "agencyID": AGENCY, "version": "1.0.0", "name": "Observations",
                "dataStructureComponents": {
                    "dimensionList": {
                        "id": "DimensionDescriptor",
                        "dimensions": [part(name, position=at) for at, name in enumerate(DIMENSIONS)],
                        "timeDimensions": [part(
                            "TIME_PERIOD",
                            localRepresentation={"format": {"dataType": "ObservationalTimePeriod"}},
                        )],
                    },
                    "measureList": {"id": "MeasureDescriptor", "measures": [
                        part("OBS_VALUE", usage="optional",
                             localRepresentation={"format": {"dataType": "Double"}}),
                    ]},
                    "attributeList": {"id": "AttributeDescriptor", "attributes": [
                        part(name, usage="optional", attributeRelationship={"observation": {}})
                        for name in ATTRIBUTES
                    ]},
                },
            }],
            "dataflows": [{
                "id": "OBSERVATIONS", "agencyID": AGENCY, "version": "1.0.0", "name": "Observations",
                "structure": "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure="
                             f"{AGENCY}:OBSERVATIONS(1.0.0)",
            }],
        },
    }  # fmt: skip
