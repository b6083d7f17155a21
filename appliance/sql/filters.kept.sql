-- What filters keep. Put in front of other queries, which then read these in place of the tables.
WITH visits AS (
    SELECT *
    FROM main.visits
    WHERE site_id = $site_id AND started_at < $end AND ended_at >= $start
        AND visit_id IN (SELECT visit_id FROM kept /* table */)
),
page_facts AS (
    SELECT * FROM main.page_facts WHERE site_id = $site_id AND visit_id IN (SELECT visit_id FROM kept /* table */)
),
event_facts AS (
    SELECT * FROM main.event_facts WHERE site_id = $site_id AND visit_id IN (SELECT visit_id FROM kept /* table */)
),
facts AS (
    SELECT * FROM main.facts WHERE site_id = $site_id AND visit_id IN (SELECT visit_id FROM kept /* table */)
)
SELECT count(*) FROM visits;
