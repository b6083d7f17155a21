-- Visits that ended from $start to before $end go with all their facts; those that go on after it go with the next day.
CREATE OR REPLACE TEMP TABLE gone AS
SELECT visit_id FROM visits WHERE site_id = $site_id AND ended_at >= $start AND ended_at < $end;

DELETE FROM visits WHERE site_id = $site_id AND ended_at >= $start AND ended_at < $end;

DELETE FROM page_facts WHERE ts < $end AND visit_id IN (SELECT visit_id FROM gone);

DELETE FROM event_facts WHERE ts < $end AND visit_id IN (SELECT visit_id FROM gone);

INSERT INTO fact_limits VALUES ($site_id, $end)
ON CONFLICT DO UPDATE SET since = greatest(fact_limits.since, excluded.since);
