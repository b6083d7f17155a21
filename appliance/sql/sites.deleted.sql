SELECT site_id FROM deleted_sites WHERE deleted_at >= $since;
