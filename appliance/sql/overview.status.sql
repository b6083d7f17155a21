-- Is data arriving? Times of the first and last event, and how many came since $since.
SELECT min(ts), max(ts), max(received_at), count(*) FILTER (ts >= $since)
FROM raw_events
WHERE site_id = $site_id AND bot_reason IS NULL;
