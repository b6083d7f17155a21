-- When the first event before $before came in that still has its id; null when none has.
SELECT min(received_at) FROM raw_events WHERE event_id IS NOT NULL AND received_at < $before;
