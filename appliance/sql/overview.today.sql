-- The numbers on the cards of all of an account's sites, each over its own local day, in one query.
WITH site AS (
    SELECT unnest($site_ids) AS site_id, unnest($starts) AS start, unnest($ends) AS until
),
happened AS (
    SELECT
        site_id,
        count(DISTINCT visitor_id) FILTER (ts >= start AND ts < until) AS visitors,
        count(*) FILTER (ts >= start AND ts < until AND is_pageview(event_type)) AS pageviews,
        count(DISTINCT visitor_id) FILTER (ts >= $current_since AND ts <= $current_until) AS current_visitors
    FROM raw_events
    JOIN site USING (site_id)
    WHERE bot_reason IS NULL AND ts >= $earliest AND ts < $latest
    GROUP BY site_id
),
started AS (
    SELECT site_id, count(*) AS visits
    FROM visits
    JOIN site USING (site_id)
    WHERE started_at >= start AND started_at < until AND started_at >= $earliest
    GROUP BY site_id
)
SELECT
    site_id,
    coalesce(visitors, 0),
    coalesce(visits, 0),
    coalesce(pageviews, 0),
    coalesce(current_visitors, 0)
FROM site
LEFT JOIN happened USING (site_id)
LEFT JOIN started USING (site_id);
