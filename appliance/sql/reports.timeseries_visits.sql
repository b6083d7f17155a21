-- Per bucket: the visits that start in it.
WITH bucket AS (
    SELECT unnest($starts) AS start
),
started AS (
    SELECT started_at, bounced, page_time_ms
    FROM visits
    WHERE site_id = $site_id AND started_at >= $start AND started_at < $end
)
SELECT
    bucket.start,
    count(*) AS visits,
    count(*) FILTER (bounced) AS bounces,
    coalesce(sum(page_time_ms), 0)::BIGINT AS page_time_ms
FROM started
ASOF JOIN bucket ON started.started_at >= bucket.start
GROUP BY bucket.start;
