SELECT host, port, security, username, password, sender FROM mail_server;
