-- How much from $start to before $end waits for rows.
SELECT count(*) FROM stale
WHERE site_id = $site_id AND slot >= slot_of($start::TIMESTAMP) AND slot < slot_of($end::TIMESTAMP);
