-- Visitors in the range who were seen on the site before it began, whatever visits are asked for. Cookieless ones
-- cannot be recognised on another day: they count as new.
SELECT count(DISTINCT visitor_id)
FROM main.visits
WHERE site_id = $site_id
    AND started_at < $start
    AND NOT cookieless
    AND visitor_id IN (
        SELECT visitor_id FROM visits WHERE site_id = $site_id AND started_at < $end AND ended_at >= $start
    );
