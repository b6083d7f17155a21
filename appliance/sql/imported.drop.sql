DELETE FROM imported_days WHERE import_id = $import_id;
