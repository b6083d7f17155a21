-- Over the events in the range, by their type or properties: the expression before the mark is put in its place.
-- Visits and visitors are those with such an event.
WITH happened AS (
    SELECT event_type /* dimension */ AS value, visit_id, is_pageview
    FROM facts
    WHERE site_id = $site_id AND ts >= $start AND ts < $end
),
present AS (
    SELECT visit_id, visitor_id FROM visits WHERE site_id = $site_id AND started_at < $end AND ended_at >= $start
),
per_visit AS (
    SELECT value, visit_id, count(*) FILTER (is_pageview) AS pageviews FROM happened GROUP BY value, visit_id
)
SELECT
    value,
    count(DISTINCT visitor_id) AS visitors,
    count(*) AS visits,
    sum(pageviews)::BIGINT AS pageviews,
    (SELECT count(DISTINCT visitor_id) FROM present) AS whole,
    count(*) OVER () AS total
FROM per_visit
JOIN present USING (visit_id)
WHERE true /* search */
GROUP BY value
ORDER BY visitors DESC /* sort */, value
LIMIT $limit OFFSET $offset;
