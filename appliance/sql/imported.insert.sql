INSERT INTO imported_days BY NAME
SELECT
    $import_id AS import_id,
    $site_id AS site_id,
    unnest($days::DATE[]) AS day,
    unnest($visitors::BIGINT[]) AS visitors,
    unnest($visits::BIGINT[]) AS visits,
    unnest($pageviews::BIGINT[]) AS pageviews,
    unnest($bounces::BIGINT[]) AS bounces,
    unnest($visit_seconds::BIGINT[]) AS visit_seconds;
