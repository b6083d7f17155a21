-- The days of a site whose facts are gone, in order.
SELECT
    unique_visitors, unrecognisable_visitors, returning_visitors, total_visitors, bounces, page_time_ms,
    total_pageviews, loads, load_us, load_times, pages, breakdowns, goals
FROM aggregated_metrics_daily
WHERE site_id = $site_id AND day >= $first AND day <= $last AND ends_at <= $since
ORDER BY day;
