-- By local day: what a file tells, and what of it the site has already.
SELECT
    timezone($zone, timezone('UTC', ts))::DATE AS day,
    count(*) AS events,
    count(*) FILTER (is_known) AS duplicates,
    count(*) FILTER (is_pageview(event_type)) AS pageviews,
    count(DISTINCT visitor_id) AS visitors
FROM read_in
GROUP BY day
ORDER BY day;
