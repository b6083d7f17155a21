-- Over the pageviews in the range, by their path; visits and visitors are those with one.
SELECT
    path AS value,
    count(DISTINCT visitor_id) AS visitors,
    count(DISTINCT visit_id) AS visits,
    count(*) AS pageviews,
    (
        SELECT count(DISTINCT visitor_id)
        FROM visits
        WHERE site_id = $site_id AND started_at < $end AND ended_at >= $start
    ) AS whole,
    count(*) OVER () AS total
FROM page_facts
WHERE site_id = $site_id AND ts >= $start AND ts < $end AND path IS NOT NULL AND true /* search */
GROUP BY path
ORDER BY visitors DESC /* sort */, value
LIMIT $limit OFFSET $offset;
