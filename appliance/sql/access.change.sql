UPDATE site_access SET role = $role WHERE site_id = $site_id AND account_id = $account_id;
