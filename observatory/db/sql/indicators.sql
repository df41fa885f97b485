-- What each indicator means.
SELECT indicator_id, domain, measure_id, name, short_name, entity_type, unit, unit_label, currency, scale, value_kind,
       higher_is_better, frequency, aggregation, per_capita_base, definition, method_caveats, publisher, method_url,
       headline, pillar, counterpart_id
FROM serve.indicators ORDER BY indicator_id
