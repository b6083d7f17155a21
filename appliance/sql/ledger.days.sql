-- One site's ledger from $first to $last (UTC days, both included), the latest last.
SELECT
    coalesce(sum(events) FILTER (entry = 'received'), 0) AS received,
    coalesce(sum(events) FILTER (entry = 'stored'), 0),
    coalesce(sum(events) FILTER (entry = 'duplicate'), 0),
    coalesce(map_from_entries(list((reason, events) ORDER BY reason) FILTER (entry = 'ignored')), MAP {}),
    coalesce(sum(events) FILTER (entry = 'set_aside'), 0),
    coalesce(sum(events) FILTER (entry = 'rejected'), 0),
    received = coalesce(sum(events) FILTER (entry IN ('stored', 'duplicate', 'ignored', 'set_aside')), 0)
        AND day NOT IN (SELECT day FROM ledger_differences WHERE site_id = $site_id),
    day
FROM ledger
WHERE site_id = $site_id AND day BETWEEN $first AND $last
GROUP BY day
ORDER BY day;
