UPDATE sessions SET last_seen_at = seen.at
FROM (SELECT unnest($session_ids::VARCHAR[]) AS session_id, unnest($times::TIMESTAMP[]) AS at) AS seen
WHERE sessions.session_id = seen.session_id;
