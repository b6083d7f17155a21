-- The hours that begin from $start to before $end; none of them where nothing happened.
DELETE FROM aggregated_metrics_hourly WHERE site_id = $site_id AND hour >= $start AND hour < $end;

INSERT INTO aggregated_metrics_hourly BY NAME
SELECT
    $site_id AS site_id,
    unnest($hours) AS hour,
    unnest($unique_visitors) AS unique_visitors,
    unnest($total_visitors) AS total_visitors,
    unnest($bounces) AS bounces,
    unnest($page_time_ms) AS page_time_ms,
    unnest($total_pageviews) AS total_pageviews,
    unnest($loads) AS loads,
    unnest($load_us) AS load_us,
    unnest($goals) AS goals;
