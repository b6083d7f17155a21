-- Beside it, $replaced go.
DELETE FROM sessions WHERE session_id IN (SELECT unnest($replaced::VARCHAR[]));
INSERT OR IGNORE INTO sessions (session_id, account_id, token_version, created_at, last_seen_at, browser, os, place)
VALUES ($session_id, $account_id, $token_version, $created_at, $last_seen_at, $browser, $os, $place);
