UPDATE alarms
SET ended_at = $now
WHERE site_id = $site_id AND kind = $kind AND began_at = $began_at;
