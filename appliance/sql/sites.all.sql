SELECT
    site_id, owner_user_id, name, url, site_key, key_version, previous_site_key, previous_key_until, created_at, timezone,
    allowed_parameters, allowed_hosts, excluded_hosts
FROM sites;
