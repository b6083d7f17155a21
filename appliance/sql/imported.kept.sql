-- How many days of an import are kept as sums.
SELECT count(*) FROM imported_days WHERE import_id = $import_id;
