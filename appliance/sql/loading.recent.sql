-- What the live feed shows of a batch: the last things that somebody did on each site, latest first;
-- what is read in from a file is none of it.
SELECT site_id, ts, event_type, path, country, source
FROM incoming
WHERE bot_reason IS NULL
    AND NOT is_passive(event_type)
    AND import_id IS NULL
QUALIFY row_number() OVER (PARTITION BY site_id ORDER BY seq DESC) <= $limit
ORDER BY seq DESC;
