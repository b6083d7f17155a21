-- Per bucket: the visits that start in it, and the visitors with an event in it, who may have come in an earlier one.
WITH slots AS MATERIALIZED (
    SELECT * FROM buckets_by_slot($starts, $end)
),
present AS (
    SELECT
        visitor_id, bounced, page_time_ms,
        started_at >= $start AS started,
        slot_of(greatest(started_at, $start)) AS first_slot,
        slot_of(least(ended_at, $end - INTERVAL 1 MICROSECOND)) AS last_slot
    FROM visits
    WHERE site_id = $site_id AND started_at < $end AND ended_at >= $start
),
placed AS (
    SELECT visitor_id, bounced, page_time_ms, started, opening.bucket AS first_bucket, closing.bucket AS last_bucket
    FROM present
    JOIN slots AS opening ON opening.slot = first_slot
    JOIN slots AS closing ON closing.slot = last_slot
),
seen AS (
    SELECT first_bucket AS bucket, visitor_id FROM placed
    UNION ALL
    SELECT unnest(range(first_bucket + 1, last_bucket + 1)), visitor_id FROM placed WHERE last_bucket > first_bucket
),
visitors AS (
    SELECT bucket, count(DISTINCT visitor_id) AS visitors FROM seen GROUP BY bucket
),
started AS (
    SELECT
        first_bucket AS bucket,
        count(*) AS visits,
        count(*) FILTER (bounced) AS bounces,
        sum(page_time_ms)::BIGINT AS page_time_ms
    FROM placed
    WHERE started
    GROUP BY first_bucket
)
SELECT bucket, visitors, coalesce(visits, 0), coalesce(bounces, 0), coalesce(page_time_ms, 0)
FROM visitors
LEFT JOIN started USING (bucket);
