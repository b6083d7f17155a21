UPDATE sites
SET
    site_key = $site_key,
    key_version = $key_version,
    previous_site_key = $previous_site_key,
    previous_key_until = $previous_key_until
WHERE site_id = $site_id;
