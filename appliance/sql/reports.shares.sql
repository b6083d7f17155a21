-- Visits that start in the range, by source, by operating system and by browser.
SELECT source, os, browser, count(*) AS visits
FROM visits
WHERE site_id = $site_id AND started_at >= $start AND started_at < $end
GROUP BY GROUPING SETS ((source), (os), (browser));
