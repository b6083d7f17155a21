-- The websites, by the id that the other files have.
SELECT site_id, name, url, timezone FROM sites ORDER BY site_id;
