-- Idle or old ones, and those that ended with their account's version.
DELETE FROM sessions
WHERE last_seen_at <= $idle_since
    OR created_at <= $begun_since
    OR NOT EXISTS (
        SELECT 1 FROM accounts
        WHERE accounts.account_id = sessions.account_id AND accounts.token_version = sessions.token_version
    )
RETURNING session_id;
