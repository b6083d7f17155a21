-- Visits that began in each hour from $since on, of all sites.
SELECT site_id, hour, total_visitors FROM aggregated_metrics_hourly WHERE hour >= $since;
