-- The numbers over visits. A visitor has an event in the range if a visit of theirs overlaps it: no range is
-- shorter than the longest pause within a visit.
SELECT
    count(DISTINCT visitor_id) AS unique_visitors,
    count(DISTINCT visitor_id) FILTER (cookieless) AS unrecognisable,
    count(*) FILTER (started_at >= $start) AS visits,
    count(*) FILTER (started_at >= $start AND bounced) AS bounces,
    coalesce(sum(page_time_ms) FILTER (started_at >= $start), 0)::BIGINT AS page_time_ms
FROM visits
WHERE site_id = $site_id AND started_at < $end AND ended_at >= $start;
