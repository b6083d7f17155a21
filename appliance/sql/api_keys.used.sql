UPDATE api_keys SET last_used_at = used.at
FROM (SELECT unnest($key_ids::VARCHAR[]) AS key_id, unnest($times::TIMESTAMP[]) AS at) AS used
WHERE api_keys.key_id = used.key_id;
