-- Widened to whole stretches: a run of events without a pause over 30 minutes is recomputed as one.
-- Stretches outside stay as they are: by definition more than 30 minutes lie between them and the new events.
CREATE OR REPLACE TEMP TABLE reach AS
SELECT
    touched.site_id,
    touched.visitor_id,
    least(touched.since, min(visits.stretch_started_at)) AS since,
    greatest(touched.until, max(visits.stretch_ended_at)) AS until
FROM touched
LEFT JOIN visits
    ON visits.site_id = touched.site_id
    AND visits.visitor_id = touched.visitor_id
    AND visits.stretch_ended_at >= touched.since
    AND visits.stretch_started_at <= touched.until
    AND visits.stretch_ended_at >= $since
    AND visits.stretch_started_at <= $until
GROUP BY touched.site_id, touched.visitor_id, touched.since, touched.until;

SELECT min(since), max(until), min(until) FROM reach;
