-- One site's numbers from $start to before $end (today), and who was there since $current_since.
WITH happened AS (
    SELECT visitor_id, ts, event_type
    FROM raw_events
    WHERE site_id = $site_id AND bot_reason IS NULL AND ts >= least($start, $current_since) AND ts < $end
),
started AS (
    SELECT bounced FROM visits WHERE site_id = $site_id AND started_at >= $start AND started_at < $end
)
SELECT
    count(DISTINCT visitor_id) FILTER (ts >= $current_since AND ts <= $current_until),
    count(DISTINCT visitor_id) FILTER (ts >= $start),
    count(*) FILTER (ts >= $start AND is_pageview(event_type)),
    (SELECT count(*) FROM started),
    (SELECT count(*) FILTER (bounced) FROM started),
    (SELECT max(ts) FROM raw_events WHERE site_id = $site_id AND bot_reason IS NULL)
FROM happened;
