-- What stands of the events read again goes: they are inserted again. A visit whose first event is not among them
-- stays: its raw events were dropped.
DELETE FROM visits WHERE visit_id IN (SELECT seq FROM visit_events) AND started_at BETWEEN $since AND $until;

DELETE FROM page_facts WHERE seq IN (SELECT seq FROM visit_events) AND ts BETWEEN $since AND $until;

DELETE FROM event_facts WHERE seq IN (SELECT seq FROM visit_events) AND ts BETWEEN $since AND $until;
