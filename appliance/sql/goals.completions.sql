-- Events that complete a goal: a custom event of its name, a pageview of a path that matches its pattern.
-- $patterns are names, or regular expressions for paths; the row without a goal is over all of them together.
WITH goal AS (
    SELECT unnest($goal_ids::VARCHAR[]) AS goal_id, unnest($kinds::VARCHAR[]) AS kind, unnest($patterns::VARCHAR[]) AS pattern
),
viewed AS (
    SELECT DISTINCT path FROM page_facts WHERE site_id = $site_id AND ts >= $start AND ts < $end
),
aim AS (
    SELECT goal_id, path FROM goal JOIN viewed ON kind = 'path' AND regexp_full_match(path, pattern)
),
completed AS (
    SELECT goal_id, seq, visitor_id
    FROM page_facts
    JOIN aim USING (path)
    WHERE site_id = $site_id AND ts >= $start AND ts < $end
    UNION ALL
    SELECT goal_id, seq, visitor_id
    FROM event_facts
    JOIN goal ON kind = 'event' AND event_type = pattern
    JOIN visits USING (site_id, visit_id)
    WHERE site_id = $site_id AND ts >= $start AND ts < $end AND NOT is_passive(event_type)
        AND started_at < $end AND ended_at >= $start
)
SELECT goal_id, count(DISTINCT seq) AS conversions, count(DISTINCT visitor_id) AS visitors
FROM completed
GROUP BY GROUPING SETS ((goal_id), ());
