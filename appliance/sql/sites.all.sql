SELECT
    site_id, owner_user_id, name, url, site_key, key_version, created_at, timezone,
    allowed_parameters, allowed_hosts, excluded_hosts
FROM sites;
