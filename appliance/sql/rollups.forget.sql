-- The visits in reach go, with their facts; they are inserted again. One whose first event is not among those read
-- again stays: its raw events were dropped.
CREATE OR REPLACE TEMP TABLE forgotten AS
SELECT visits.visit_id
FROM visits
JOIN reach ON visits.site_id = reach.site_id AND visits.visitor_id = reach.visitor_id
SEMI JOIN visit_events ON visit_events.seq = visits.visit_id
WHERE visits.started_at BETWEEN reach.since AND reach.until
    AND visits.started_at BETWEEN $since AND $until;

DELETE FROM visits WHERE visit_id IN (SELECT visit_id FROM forgotten) AND started_at BETWEEN $since AND $until;

DELETE FROM page_facts WHERE visit_id IN (SELECT visit_id FROM forgotten) AND ts BETWEEN $since AND $until;

DELETE FROM event_facts WHERE visit_id IN (SELECT visit_id FROM forgotten) AND ts BETWEEN $since AND $until;
