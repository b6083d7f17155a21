SELECT os, count(*) AS visits
FROM visits
WHERE site_id = $site_id AND started_at >= $start AND started_at < $end
GROUP BY os;
