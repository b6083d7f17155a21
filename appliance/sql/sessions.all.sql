SELECT session_id, account_id, token_version, created_at, last_seen_at, browser, os, place FROM sessions;
