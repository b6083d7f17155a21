UPDATE raw_events
SET event_id = NULL
WHERE received_at >= $since AND received_at < $until AND event_id IS NOT NULL;
