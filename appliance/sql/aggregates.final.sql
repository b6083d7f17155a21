-- Days that overlap $start to $end and whose facts are gone: their rows stay as they are.
SELECT starts_at, ends_at
FROM sealed_days
WHERE site_id = $site_id AND facts_gone AND starts_at < $end AND ends_at > $start;
