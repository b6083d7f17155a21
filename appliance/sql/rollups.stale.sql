-- Whose numbers may have changed: the quarters of an hour in which the visits made anew have events (a visit pauses
-- for less than an hour, so it has one in every hour that it reaches), and later days on which their visitors were
-- here again: they may have been new there, and are returning now.
INSERT INTO stale
WITH changed AS (
    SELECT DISTINCT site_id, slot_of(ts) AS slot FROM visit_events
),
again AS (
    SELECT DISTINCT visits.site_id, slot_of(visits.started_at) AS slot
    FROM visits
    JOIN reach ON visits.site_id = reach.site_id AND visits.visitor_id = reach.visitor_id
    WHERE visits.started_at > reach.until AND visits.started_at > $first_until AND NOT visits.cookieless
)
SELECT site_id, tier, slot
FROM (
    SELECT site_id, unnest(['hour', 'day']) AS tier, slot FROM changed
    UNION
    SELECT site_id, 'day', slot FROM again
)
ANTI JOIN (
    SELECT * FROM stale WHERE slot >= slot_of($since::TIMESTAMP)
) AS known USING (site_id, tier, slot);
