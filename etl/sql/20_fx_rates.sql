-- Yearly average exchange rates, units for one US dollar
SELECT row_id, place, currency, period, units_per_usd, source_id, locator, confidence, note, known_on FROM core.fx_rates
