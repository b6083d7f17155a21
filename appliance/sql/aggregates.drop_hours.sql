DELETE FROM aggregated_metrics_hourly WHERE site_id = $site_id AND hour >= $start AND hour < $end;
