-- Everything that a goal could count, as goals.completions counts it: custom events by their name and pageviews by
-- their path.
WITH completed AS (
    SELECT 'path' AS kind, path AS name, visitor_id
    FROM page_facts
    WHERE site_id = $site_id AND ts >= $start AND ts < $end AND path IS NOT NULL
    UNION ALL
    SELECT 'event', event_type, visitor_id
    FROM event_facts
    JOIN visits USING (site_id, visit_id)
    WHERE site_id = $site_id AND ts >= $start AND ts < $end AND NOT is_passive(event_type)
        AND started_at < $end AND ended_at >= $start
)
SELECT kind, name, count(*) AS conversions, count(DISTINCT visitor_id) AS visitors
FROM completed
GROUP BY kind, name;
