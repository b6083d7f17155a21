-- By local day: what a file tells, what of it the site has already, and what the site counts now.
WITH theirs AS (
    SELECT
        timezone($zone, timezone('UTC', ts))::DATE AS day,
        count(*) AS events,
        count(*) FILTER (is_pageview(event_type)) AS pageviews,
        count(DISTINCT visitor_id) AS visitors,
        count(*) FILTER (is_known) AS duplicates
    FROM read_in
    GROUP BY day
),
ours AS (
    SELECT
        timezone($zone, timezone('UTC', ts))::DATE AS day,
        count(*) FILTER (is_pageview(event_type)) AS pageviews,
        count(DISTINCT visitor_id) AS visitors
    FROM raw_events
    WHERE site_id = $site_id AND bot_reason IS NULL
        AND ts >= $start::TIMESTAMP - INTERVAL 2 DAY AND ts <= $until::TIMESTAMP + INTERVAL 2 DAY
    GROUP BY day
)
SELECT
    day, theirs.events, theirs.duplicates, theirs.pageviews, theirs.visitors,
    coalesce(ours.pageviews, 0), coalesce(ours.visitors, 0)
FROM theirs
LEFT JOIN ours USING (day)
ORDER BY day;
