-- How many events and visits a site has in the range: what an export of them has to hold at most.
SELECT
    (SELECT count(*) FROM facts WHERE site_id = $site_id AND ts >= $start AND ts < $end) AS events,
    (SELECT count(*) FROM visits WHERE site_id = $site_id AND started_at >= $start AND started_at < $end) AS visits;
