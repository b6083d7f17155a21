-- As backups.sums, of raw_events: the hash of a VARIANT follows how it is stored, which a copy may change.
-- As JSON it is the same.
SELECT count(*), coalesce(sum(hash(kept)), 0)::VARCHAR
FROM (SELECT * REPLACE (payload::JSON::VARCHAR AS payload) FROM raw_events) AS kept;
