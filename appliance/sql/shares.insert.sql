INSERT INTO shares (share_id, site_id, name, token_hash, password_hash, expires_at, embed_origins, created_at)
VALUES ($share_id, $site_id, $name, $token_hash, $password_hash, $expires_at, $embed_origins, $created_at);
