-- Those of before work no more.
DELETE FROM recovery_codes WHERE account_id = $account_id;
INSERT INTO recovery_codes (account_id, code_hash) SELECT $account_id, unnest($hashes::VARCHAR[]);
