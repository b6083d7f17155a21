-- Per day whose facts are gone, what the points of a chart are made of.
SELECT
    day, unique_visitors, total_visitors, bounces, page_time_ms, total_pageviews, loads, load_us, goals
FROM aggregated_metrics_daily
WHERE site_id = $site_id AND day >= $first AND day <= $last AND ends_at <= $since;
