-- The numbers of each day that has ended, as the reports have them: days of the website's time zone.
SELECT
    day,
    unique_visitors AS visitors,
    total_visitors AS visits,
    total_pageviews AS pageviews,
    bounces,
    bounce_rate AS bounce_rate_percent,
    avg_time_spent_sec,
    if(loads > 0, avg_load_ms, NULL) AS avg_load_ms,
    conversion_rate AS conversion_rate_percent,
    returning_visitors,
    unrecognisable_visitors
FROM aggregated_metrics_daily
WHERE site_id = $site_id
ORDER BY day;
