INSERT OR REPLACE INTO dash_summary BY NAME
SELECT
    unnest($site_ids) AS site_id,
    $now AS last_updated,
    unnest($visits) AS current_total_visitors,
    unnest($pageviews) AS current_pageviews,
    unnest($snapshots) AS snapshot,
    unnest($days) AS day;
