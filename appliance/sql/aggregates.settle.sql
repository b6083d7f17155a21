-- Nothing from $start to before $end waits for rows of $tier any more, unless the site's days are not cut by $timezone
-- now; then nothing changes, and no row is returned.
DELETE FROM stale
WHERE site_id = $site_id AND tier = $tier
    AND slot >= slot_of($start::TIMESTAMP) AND slot < slot_of($end::TIMESTAMP)
    AND EXISTS (SELECT 1 FROM sites WHERE site_id = $site_id AND timezone = $timezone);

SELECT site_id FROM sites WHERE site_id = $site_id AND timezone = $timezone;
