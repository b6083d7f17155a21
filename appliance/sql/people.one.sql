SELECT
    email,
    role,
    (SELECT count(*) FROM sites WHERE owner_user_id = $account_id),
    (SELECT count(*) FROM accounts WHERE role = 'owner' AND account_id <> $account_id)
FROM accounts
WHERE account_id = $account_id;
