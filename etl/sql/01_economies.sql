-- Economies and aggregates, with the names readers see and the tile of each
SELECT economy_id, iso2, "group" AS group_id,
       "group" IN ('east_asia_core', 'south_east_asia', 'middle_power') AS in_scope,
       name_en, name_zh_hans, name_zh_hant, name_ja, name_ko, currency, subregion, map_row, map_col
FROM core.economies
