SELECT made_at, version, root_key, rows_of, hashes_of, scripts FROM backup;
