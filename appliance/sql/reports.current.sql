-- Visitors with an event since then.
SELECT count(DISTINCT visitor_id) FROM visits WHERE site_id = $site_id AND ended_at >= $since;
