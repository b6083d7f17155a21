-- Of the days $made, a row for each of $day: on the others nothing happened.
DELETE FROM aggregated_metrics_daily WHERE site_id = $site_id AND day IN (SELECT unnest($made));

INSERT INTO aggregated_metrics_daily BY NAME
SELECT
    $site_id AS site_id,
    unnest($day) AS day,
    unnest($starts_at) AS starts_at,
    unnest($ends_at) AS ends_at,
    unnest($total_visitors) AS total_visitors,
    unnest($unique_visitors) AS unique_visitors,
    unnest($total_pageviews) AS total_pageviews,
    unnest($avg_time_spent_sec) AS avg_time_spent_sec,
    unnest($avg_load_ms) AS avg_load_ms,
    unnest($bounce_rate) AS bounce_rate,
    unnest($conversion_rate) AS conversion_rate,
    unnest($traffic_sources) AS traffic_sources,
    unnest($os_breakdown) AS os_breakdown,
    unnest($browsers) AS browsers,
    unnest($pages) AS pages,
    unnest($bounces) AS bounces,
    unnest($page_time_ms) AS page_time_ms,
    unnest($loads) AS loads,
    unnest($load_us) AS load_us,
    unnest($load_times) AS load_times,
    unnest($returning_visitors) AS returning_visitors,
    unnest($unrecognisable_visitors) AS unrecognisable_visitors,
    unnest($breakdowns) AS breakdowns,
    unnest($goals) AS goals;
