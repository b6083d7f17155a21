-- The numbers of sites, each over its own local day and this moment, in one query. Only visits and pageviews from
-- $earliest on are looked at, so that it costs what today costs, however much lies behind it.
WITH site AS (
    SELECT unnest($site_ids) AS site_id, unnest($starts) AS start, unnest($ends) AS until
),
visited AS (
    SELECT
        site_id,
        count(DISTINCT visitor_id) FILTER (started_at < until AND ended_at >= start) AS visitors,
        count(DISTINCT visitor_id) FILTER (
            started_at <= $current_until AND ended_at >= $current_since
        ) AS current_visitors,
        count(*) FILTER (started_at >= start AND started_at < until) AS visits,
        count(*) FILTER (started_at >= start AND started_at < until AND bounced) AS bounces
    FROM visits
    JOIN site USING (site_id)
    WHERE ended_at >= $earliest AND started_at < $latest
    GROUP BY site_id
),
viewed AS (
    SELECT site_id, count(*) AS pageviews
    FROM page_facts
    JOIN site USING (site_id)
    WHERE ts >= start AND ts < until AND ts >= $earliest AND ts < $latest
    GROUP BY site_id
)
SELECT
    site_id,
    coalesce(visitors, 0),
    coalesce(visits, 0),
    coalesce(bounces, 0),
    coalesce(pageviews, 0),
    coalesce(current_visitors, 0),
    last_event_at
FROM site
LEFT JOIN visited USING (site_id)
LEFT JOIN viewed USING (site_id)
LEFT JOIN arrivals USING (site_id);
