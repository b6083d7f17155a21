-- Ids that a client may still send again.
SELECT site_id, event_id, received_at FROM raw_events WHERE received_at >= $since AND event_id IS NOT NULL ORDER BY seq;
