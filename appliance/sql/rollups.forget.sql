DELETE FROM visits USING reach
WHERE visits.site_id = reach.site_id AND visits.visitor_id = reach.visitor_id
    AND visits.started_at BETWEEN reach.since AND reach.until
    AND visits.started_at BETWEEN $since AND $until;

DELETE FROM page_facts USING reach
WHERE page_facts.site_id = reach.site_id AND page_facts.visitor_id = reach.visitor_id
    AND page_facts.ts BETWEEN reach.since AND reach.until
    AND page_facts.ts BETWEEN $since AND $until;
