UPDATE sites
SET
    name = $name,
    timezone = $timezone,
    allowed_parameters = $allowed_parameters,
    allowed_hosts = $allowed_hosts,
    excluded_hosts = $excluded_hosts
WHERE site_id = $site_id AND owner_user_id = $owner_user_id;
