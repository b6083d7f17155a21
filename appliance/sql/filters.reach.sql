-- When the visits with an event in the range began and ended: what happened in them is looked for in this time.
SELECT min(started_at), max(ended_at)
FROM visits
WHERE site_id = $site_id AND started_at < $end AND ended_at >= $start;
