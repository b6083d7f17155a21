INSERT INTO aggregated_metrics_daily BY NAME SELECT $site_id AS site_id, unnest($rows, recursive := true);
