-- The UTC days on which an import has events, and how many are kept on each.
SELECT ts::DATE AS day, count(*) AS events
FROM raw_events
WHERE import_id = $import_id AND site_id = $site_id
GROUP BY day
ORDER BY day;
