-- How an import ended; what it stored is counted from the events, or the days, themselves.
UPDATE imports
SET
    state = $state, ended_at = $now, problem = $problem, duplicates = $duplicates,
    stored = (SELECT count(*) FROM raw_events WHERE raw_events.import_id = $import_id AND raw_events.site_id = imports.site_id)
        + (SELECT count(*) FROM imported_days WHERE imported_days.import_id = $import_id)
WHERE import_id = $import_id;
