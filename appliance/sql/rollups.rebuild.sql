-- Everything is to be derived again from the first day on, in steps which each take away what they make anew. What no
-- step would find goes first: what stands of events that do not count, or at another time than its event.
DELETE FROM visits WHERE visit_id IN (
    SELECT seq FROM raw_events JOIN visits ON visit_id = seq WHERE bot_reason IS NOT NULL OR ts <> started_at
);

DELETE FROM page_facts WHERE seq IN (
    SELECT seq FROM raw_events JOIN page_facts USING (seq) WHERE bot_reason IS NOT NULL OR raw_events.ts <> page_facts.ts
);

DELETE FROM event_facts WHERE seq IN (
    SELECT seq FROM raw_events JOIN event_facts USING (seq) WHERE bot_reason IS NOT NULL OR raw_events.ts <> event_facts.ts
);

DELETE FROM rebuild;

INSERT INTO rebuild SELECT min(ts)::DATE FROM raw_events HAVING count(*) > 0;
