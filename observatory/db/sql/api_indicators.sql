-- What each indicator means, in the observatory's own words.
SELECT indicator_id, domain, measure_id, name, short_name, entity_type, unit, unit_label, currency, scale, value_kind,
       higher_is_better, frequency, aggregation, per_capita_base, definition, method_caveats, publisher, method_url,
       headline, pillar, counterpart_id, 'CC BY 4.0' AS source_licence, 'open' AS reuse
FROM serve.indicators
