-- A site's imports, the latest first.
SELECT
    import_id, source, file_name, begun_by, begun_at, ended_at, state, problem,
    lines, stored, duplicates, refused, refused_lines, first_day, last_day
FROM imports
WHERE site_id = $site_id
ORDER BY import_id DESC;
