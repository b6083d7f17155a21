DELETE FROM site_access WHERE site_id = $site_id AND account_id = $account_id;
