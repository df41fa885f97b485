-- Every economy, scope first in map order.
SELECT economy_id, iso2, group_id, in_scope, name_en, name_zh_hans, name_zh_hant, name_ja, name_ko, currency,
       subregion, map_row, map_col
FROM serve.economies ORDER BY in_scope DESC, map_row NULLS LAST, map_col, economy_id
