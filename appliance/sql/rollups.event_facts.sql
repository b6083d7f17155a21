INSERT INTO event_facts BY NAME
SELECT site_id, visit_id, seq, ts, event_type, path, load_ms, properties
FROM visit_events
WHERE NOT is_pageview;
