INSERT INTO aggregated_metrics_hourly BY NAME SELECT $site_id AS site_id, unnest($rows, recursive := true);
