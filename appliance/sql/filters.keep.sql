-- The visits that filters keep of those with an event in the range, in a table named in place of the mark.
CREATE TEMP TABLE kept /* table */ AS
SELECT visit_id
FROM main.visits
WHERE site_id = $site_id AND started_at < $end AND ended_at >= $start
    AND true /* filters */;
