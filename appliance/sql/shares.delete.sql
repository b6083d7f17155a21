DELETE FROM shares WHERE site_id = $site_id AND share_id = $share_id;
