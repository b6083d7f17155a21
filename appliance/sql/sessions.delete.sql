DELETE FROM sessions WHERE session_id = $session_id AND account_id = $account_id;
