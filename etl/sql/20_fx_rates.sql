-- Yearly average exchange rates, units for one US dollar, each as it was known from known_on to replaced_on
SELECT row_id, place, currency, period, units_per_usd, source_id, locator, confidence, note, known_on, NULL::DATE AS replaced_on
FROM core.fx_rates
UNION ALL
SELECT f.row_id, e.place, e.currency, e.period, e.units_per_usd, e.source_id, e.locator, e.confidence, e.note, e.known_on,
       e.replaced_on::DATE
FROM core.earlier_fx_rates e
JOIN core.fx_rates f USING (currency, period)
