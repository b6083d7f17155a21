-- Per bucket: events that complete any goal, and the visitors who did.
WITH goal AS (
    SELECT unnest($kinds::VARCHAR[]) AS kind, unnest($patterns::VARCHAR[]) AS pattern
),
viewed AS (
    SELECT DISTINCT path FROM page_facts WHERE site_id = $site_id AND ts >= $start AND ts < $end
),
aim AS (
    SELECT DISTINCT path FROM viewed JOIN goal ON kind = 'path' AND regexp_full_match(path, pattern)
),
completed AS (
    SELECT ts, visitor_id
    FROM page_facts
    SEMI JOIN aim USING (path)
    WHERE site_id = $site_id AND ts >= $start AND ts < $end
    UNION ALL
    SELECT ts, visitor_id
    FROM event_facts
    JOIN visits USING (site_id, visit_id)
    WHERE site_id = $site_id AND ts >= $start AND ts < $end AND NOT is_passive(event_type)
        AND event_type IN (SELECT pattern FROM goal WHERE kind = 'event')
        AND started_at < $end AND ended_at >= $start
)
SELECT bucket, count(*) AS conversions, count(DISTINCT visitor_id) AS visitors
FROM completed
JOIN buckets_by_slot($starts, $end) ON slot = slot_of(ts)
GROUP BY bucket;
