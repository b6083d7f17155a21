-- Sites that were not looked at since $before, the longest ago first; a new one has its first day without.
SELECT site_id
FROM sites
LEFT JOIN probes USING (site_id)
WHERE coalesce(probed_at, created_at) <= $before
ORDER BY coalesce(probed_at, created_at), site_id;
