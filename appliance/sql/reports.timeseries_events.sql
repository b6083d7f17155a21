-- Per bucket: what happened in it. $starts are the beginnings of consecutive buckets, the last ends at $end.
WITH bucket AS (
    SELECT unnest($starts) AS start
),
happened AS (
    SELECT visitor_id, event_type, load_ms, ts
    FROM raw_events
    WHERE site_id = $site_id AND bot_reason IS NULL AND ts >= $start AND ts < $end
)
SELECT
    bucket.start,
    count(DISTINCT visitor_id) AS visitors,
    count(*) FILTER (is_pageview(event_type)) AS pageviews,
    count(load_ms) AS loads,
    coalesce(sum(load_ms) * 1000, 0)::HUGEINT AS load_us
FROM happened
ASOF JOIN bucket ON happened.ts >= bucket.start
GROUP BY bucket.start;
