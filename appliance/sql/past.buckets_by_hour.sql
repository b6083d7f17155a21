-- Per hour whose facts are gone, what the points of a chart are made of.
SELECT
    hour, unique_visitors, total_visitors, bounces, page_time_ms, total_pageviews, loads, load_us, goals
FROM aggregated_metrics_hourly
WHERE site_id = $site_id AND hour >= $start AND hour < $end AND hour < $since;
