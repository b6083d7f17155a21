-- The first and last of the events that count, with those of the batch. What is read in from a file has not arrived from the
-- website.
INSERT INTO arrivals
SELECT
    site_id, min(ts), max(ts),
    coalesce(
        max(received_at) FILTER (WHERE import_id IS NULL), any_value(arrivals.last_received_at), max(received_at)
    )
FROM incoming
LEFT JOIN arrivals USING (site_id)
WHERE bot_reason IS NULL
GROUP BY site_id
ON CONFLICT DO UPDATE SET
    first_event_at = least(arrivals.first_event_at, excluded.first_event_at),
    last_event_at = greatest(arrivals.last_event_at, excluded.last_event_at),
    last_received_at = greatest(arrivals.last_received_at, excluded.last_received_at);
