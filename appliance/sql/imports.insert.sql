-- Events may be of imports that the database does not know: they waited in the journal while it went back to a backup.
INSERT INTO imports BY NAME
SELECT
    greatest(coalesce(max(import_id), 0), (SELECT coalesce(max(import_id), 0) FROM raw_events)) + 1 AS import_id,
    $site_id AS site_id, '' AS source, $file_name AS file_name, $begun_by AS begun_by, $now AS begun_at,
    'reading' AS state, 0 AS lines, 0 AS stored, 0 AS duplicates, 0 AS refused, '[]' AS refused_lines
FROM imports
RETURNING import_id;
