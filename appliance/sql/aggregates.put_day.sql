DELETE FROM aggregated_metrics_daily WHERE site_id = $site_id AND day = $day;

INSERT INTO aggregated_metrics_daily BY NAME
SELECT
    $site_id AS site_id, $day AS day, $starts_at AS starts_at, $ends_at AS ends_at,
    $total_visitors AS total_visitors, $unique_visitors AS unique_visitors, $total_pageviews AS total_pageviews,
    $avg_time_spent_sec AS avg_time_spent_sec, $avg_load_ms AS avg_load_ms,
    $bounce_rate AS bounce_rate, $conversion_rate AS conversion_rate,
    $traffic_sources AS traffic_sources, $os_breakdown AS os_breakdown, $browsers AS browsers, $pages AS pages,
    $bounces AS bounces, $page_time_ms AS page_time_ms, $loads AS loads, $load_us AS load_us,
    $load_times AS load_times, $returning_visitors AS returning_visitors,
    $unrecognisable_visitors AS unrecognisable_visitors, $breakdowns AS breakdowns, $goals AS goals
WHERE $unique_visitors > 0;
