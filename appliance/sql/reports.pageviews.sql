SELECT count(*) AS pageviews, count(DISTINCT path) AS pages
FROM page_facts
WHERE site_id = $site_id AND ts >= $start AND ts < $end;
