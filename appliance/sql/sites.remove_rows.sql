-- Everything that belongs to $site_ids, in every table that names a site.
DELETE FROM raw_events WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM visits WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM page_facts WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM event_facts WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM goals WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM readmissions WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM ledger WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM ledger_differences WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM aggregated_metrics_hourly WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM aggregated_metrics_daily WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM stale WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM fact_limits WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM arrivals WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM dash_summary WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM sealed_days WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM ledger_dropped WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
DELETE FROM shares WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[]));
