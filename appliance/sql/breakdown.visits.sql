-- Over the visits that start in the range, by a dimension of theirs: the column before the mark is put in its place.
WITH started AS (
    SELECT source /* dimension */ AS value, visit_id, visitor_id, pageviews, ended_at
    FROM visits
    WHERE site_id = $site_id AND started_at >= $start AND started_at < $end
),
-- Pageviews of visits that go on after the end of the range are not in the range.
late AS (
    SELECT visit_id, count(*) AS pageviews
    FROM page_facts
    WHERE site_id = $site_id AND ts >= $end AND visit_id IN (SELECT visit_id FROM started WHERE ended_at >= $end)
    GROUP BY visit_id
)
SELECT
    value,
    count(DISTINCT visitor_id) AS visitors,
    count(*) AS visits,
    (sum(started.pageviews) - coalesce(sum(late.pageviews), 0))::BIGINT AS pageviews,
    (SELECT count(*) FROM started) AS whole,
    count(*) OVER () AS total
FROM started
LEFT JOIN late USING (visit_id)
WHERE value IS NOT NULL AND true /* search */
GROUP BY value
ORDER BY visits DESC /* sort */, value
LIMIT $limit OFFSET $offset;
