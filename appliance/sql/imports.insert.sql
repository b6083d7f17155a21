INSERT INTO imports BY NAME
SELECT
    coalesce(max(import_id), 0) + 1 AS import_id,
    $site_id AS site_id, '' AS source, $file_name AS file_name, $begun_by AS begun_by, $now AS begun_at,
    'reading' AS state, 0 AS lines, 0 AS stored, 0 AS duplicates, 0 AS refused, '[]' AS refused_lines
FROM imports
RETURNING import_id;
