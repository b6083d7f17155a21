-- The last arrival of the raw events from $start to before $end; NULL without any.
SELECT max(received_at) FROM raw_events WHERE site_id = $site_id AND ts >= $start AND ts < $end;
