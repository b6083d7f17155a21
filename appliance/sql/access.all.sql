SELECT site_id, account_id, role FROM site_access;
