-- The first and last of the events that count, with those of the batch.
INSERT INTO arrivals
SELECT site_id, min(ts), max(ts), max(received_at) FROM incoming WHERE bot_reason IS NULL GROUP BY site_id
ON CONFLICT DO UPDATE SET
    first_event_at = least(arrivals.first_event_at, excluded.first_event_at),
    last_event_at = greatest(arrivals.last_event_at, excluded.last_event_at),
    last_received_at = greatest(arrivals.last_received_at, excluded.last_received_at);
