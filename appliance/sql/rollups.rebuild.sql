-- What raw events are there for goes, to be derived again from the first day on.
DELETE FROM visits WHERE visit_id IN (SELECT seq FROM raw_events);

DELETE FROM page_facts WHERE seq IN (SELECT seq FROM raw_events);

DELETE FROM event_facts WHERE seq IN (SELECT seq FROM raw_events);

DELETE FROM rebuild;

INSERT INTO rebuild SELECT min(ts)::DATE FROM raw_events HAVING count(*) > 0;
