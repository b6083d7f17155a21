-- Quarters of an hour from before $before of which there are facts, and that are not of a day whose facts are gone.
SELECT DISTINCT slot_of(ts) AS slot
FROM facts
WHERE site_id = $site_id AND ts < $before
    AND NOT EXISTS (
        SELECT 1
        FROM sealed_days AS gone
        WHERE gone.site_id = facts.site_id AND gone.facts_gone AND ts >= gone.starts_at AND ts < gone.ends_at
    )
ORDER BY slot;
