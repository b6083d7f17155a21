-- By local day, what a site counts now: from its visits, and where these are gone, from its kept rows.
SELECT
    timezone($zone, timezone('UTC', ts))::DATE AS day,
    count(*) FILTER (is_pageview) AS pageviews,
    count(DISTINCT visitor_id) AS visitors
FROM facts
JOIN visits USING (site_id, visit_id)
WHERE site_id = $site_id AND ts >= $start AND ts < $end
GROUP BY day
UNION ALL
SELECT day, total_pageviews, unique_visitors
FROM aggregated_metrics_daily
WHERE site_id = $site_id AND day >= $first AND day <= $last
    AND ends_at <= (SELECT since FROM fact_limits WHERE site_id = $site_id);
