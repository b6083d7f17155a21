-- The numbers over visits. A visitor has an event in the range if a visit of theirs overlaps it: no range is
-- shorter than the longest pause within a visit. Each visitor is met once: counting different ones twice costs twice.
WITH visitors AS (
    SELECT
        visitor_id,
        bool_or(cookieless) AS cookieless,
        count(*) FILTER (started_at >= $start) AS visits,
        count(*) FILTER (started_at >= $start AND bounced) AS bounces,
        sum(page_time_ms) FILTER (started_at >= $start) AS page_time_ms
    FROM visits
    WHERE site_id = $site_id AND started_at < $end AND ended_at >= $start
    GROUP BY visitor_id
)
SELECT
    count(*) AS unique_visitors,
    count(*) FILTER (cookieless) AS unrecognisable,
    coalesce(sum(visits), 0)::BIGINT AS visits,
    coalesce(sum(bounces), 0)::BIGINT AS bounces,
    coalesce(sum(page_time_ms), 0)::BIGINT AS page_time_ms
FROM visitors;
