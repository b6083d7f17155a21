SELECT count(*) FROM aggregated_metrics_daily WHERE site_id = $site_id;
