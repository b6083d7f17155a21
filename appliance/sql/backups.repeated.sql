-- Events of a journal's file that are stored already.
SELECT DISTINCT waiting.site_id, waiting.event_id::VARCHAR
FROM read_json(
    $file,
    format = 'newline_delimited',
    columns = { site_id: 'VARCHAR', event_id: 'UUID' }
) AS waiting
SEMI JOIN raw_events ON raw_events.event_id = waiting.event_id AND raw_events.site_id = waiting.site_id;
