DELETE FROM aggregated_metrics_daily WHERE site_id = $site_id AND day IN (SELECT unnest($made));
