DELETE FROM sites WHERE site_id = $site_id;
INSERT INTO deleted_sites VALUES ($site_id, $now);
