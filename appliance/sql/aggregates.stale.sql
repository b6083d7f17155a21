-- Quarters of an hour of a site that ended before $now and wait for rows of $tier.
SELECT DISTINCT slot FROM stale WHERE site_id = $site_id AND tier = $tier AND slot < slot_of($now::TIMESTAMP) ORDER BY slot;
