-- The first day of a site, in $timezone, of which there is a row or a visit; NULL without either.
SELECT least(
    (SELECT min(day) FROM aggregated_metrics_daily WHERE site_id = $site_id),
    timezone($timezone, timezone('UTC', least(
        (SELECT min(hour) FROM aggregated_metrics_hourly WHERE site_id = $site_id),
        (SELECT min(started_at) FROM visits WHERE site_id = $site_id)
    )))::DATE
);
