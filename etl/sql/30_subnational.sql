-- Provinces used by some counts
SELECT subnational_id, economy_id, name_en, name_native FROM core.subnational
