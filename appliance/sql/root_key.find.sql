SELECT encrypted FROM root_key;
