INSERT INTO api_keys (key_id, account_id, name, scope, site_id, key_hash, created_at)
VALUES ($key_id, $account_id, $name, $scope, $site_id, $key_hash, $created_at);
