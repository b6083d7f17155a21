UPDATE alarms
SET told_at = $now
WHERE site_id = $site_id AND kind = $kind AND began_at = $began_at;
