UPDATE accounts SET role = $role WHERE account_id = $account_id;
