INSERT INTO sites (site_id, owner_user_id, name, url, site_key, key_version, created_at, timezone)
VALUES ($site_id, $owner_user_id, $name, $url, $site_key, $key_version, $created_at, $timezone);
