-- The local days of a range on which the website counted something itself: those of its visits, and where these are gone,
-- those of its kept rows.
SELECT unnest(generate_series(
    timezone($zone, timezone('UTC', greatest(started_at, $start)))::DATE,
    timezone($zone, timezone('UTC', least(ended_at, $end - INTERVAL 1 MICROSECOND)))::DATE,
    INTERVAL 1 DAY
))::DATE AS day
FROM visits
WHERE site_id = $site_id AND started_at < $end AND ended_at >= $start
UNION
SELECT day
FROM aggregated_metrics_daily
WHERE site_id = $site_id AND day >= $first AND day <= $last
    AND ends_at <= (SELECT since FROM fact_limits WHERE site_id = $site_id);
