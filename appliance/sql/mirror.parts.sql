-- The files of the mirror, each with a number that changes with what belongs in it.
SELECT 'websites' AS what, NULL AS site_id, NULL::DATE AS day, sum(hash(site_id, name, url, timezone))::VARCHAR AS state
FROM sites
HAVING count(*) > 0

UNION ALL
SELECT 'days', site_id, NULL, sum(hash(site_id, "day", unique_visitors, total_visitors, total_pageviews, bounces,
    page_time_ms, loads, load_us, returning_visitors, unrecognisable_visitors, conversion_rate))::VARCHAR
FROM aggregated_metrics_daily
SEMI JOIN sites USING (site_id)
GROUP BY site_id

UNION ALL
SELECT 'visits', site_id, started_at::DATE AS day, sum(hash(visits))::VARCHAR
FROM visits
SEMI JOIN sites USING (site_id)
GROUP BY site_id, day

UNION ALL
SELECT 'events', f.site_id, f.ts::DATE AS day, sum(hash(f.seq, f.visit_id))::VARCHAR
FROM facts AS f
JOIN (SELECT seq, site_id FROM raw_events SEMI JOIN sites USING (site_id)) AS kept USING (seq, site_id)
GROUP BY f.site_id, day

ORDER BY what DESC, site_id, day;
